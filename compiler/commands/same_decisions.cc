// SPDX-License-Identifier: Apache-2.0
//
// The quick way is to compare the plans, the long one to compare the policies over all calls.
//
// Sections of plans are compared as bytes, which is sound because everything in a plan is written
// in the order of ids, and ids are sorted by name. References to strings are offsets into one text,
// so the texts have to be equal, too; they hold the paths of files, which a fix does not change.

#include "compiler/commands/same_decisions.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "compiler/analysis/difference.h"
#include "compiler/model/dump.h"
#include "runtime/base/check.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

template <typename T>
bool Equal(std::span<const T> a, std::span<const T> b) {
  const auto x = std::as_bytes(a);
  const auto y = std::as_bytes(b);
  return std::equal(x.begin(), x.end(), y.begin(), y.end());
}

bool Equal(std::span<const plan::RuleOriginRecord> a, std::span<const plan::RuleOriginRecord> b) {
  const auto without_places = [](std::span<const plan::RuleOriginRecord> rules) {
    std::vector<plan::RuleOriginRecord> copy(rules.begin(), rules.end());
    for (plan::RuleOriginRecord& rule : copy) rule.file = rule.line = rule.column = 0;
    return copy;
  };
  const std::vector<plan::RuleOriginRecord> x = without_places(a);
  const std::vector<plan::RuleOriginRecord> y = without_places(b);
  return Equal<plan::RuleOriginRecord>(std::span(x), std::span(y));
}

// All but rules, and what only compilers read.
std::string Declarations(model::Policy policy) {
  policy.rules.clear();
  policy.conditions.clear();
  policy.rule_conditions = 0;
  policy.invariants.clear();
  policy.tests.clear();
  return model::Dump(policy);
}

}  // namespace

Sameness SameDecisions(const Compilation& before, const Compilation& after) {
  if (before.plan.empty() || after.plan.empty()) return Sameness::kDifferent;
  if (SamePlans(before.plan, after.plan)) return Sameness::kSame;
  if (Declarations(before.policy) != Declarations(after.policy)) return Sameness::kDifferent;
  const analysis::Comparison comparison = analysis::Compare(before.policy, after.policy);
  if (!comparison.differences.empty()) return Sameness::kDifferent;
  return comparison.complete() ? Sameness::kSame : Sameness::kUnknown;
}

bool SamePlans(const std::vector<std::byte>& before, const std::vector<std::byte>& after) {
  const Result<plan::Plan> a = plan::Plan::Load(before);
  const Result<plan::Plan> b = plan::Plan::Load(after);
  MCPLEXER_CHECK(a && b);
  const plan::Tables& x = a->tables();
  const plan::Tables& y = b->tables();
  bool same = x.strings == y.strings;
#define SECTION(id, name, record) same = same && Equal(x.name, y.name);
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"
  return same;
}

}  // namespace mcplexer::commands
