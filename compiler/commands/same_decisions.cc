// SPDX-License-Identifier: Apache-2.0
//
// Sections are compared as bytes, which is sound because everything in a plan is written in the
// order of ids, and ids are sorted by name. References to strings are offsets into one text, so the
// texts have to be equal, too; they hold the paths of files, which a fix does not change.

#include "compiler/commands/same_decisions.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

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

bool Equal(std::span<const plan::RuleRecord> a, std::span<const plan::RuleRecord> b) {
  const auto without_places = [](std::span<const plan::RuleRecord> rules) {
    std::vector<plan::RuleRecord> copy(rules.begin(), rules.end());
    for (plan::RuleRecord& rule : copy) rule.file = rule.line = rule.column = 0;
    return copy;
  };
  const std::vector<plan::RuleRecord> x = without_places(a);
  const std::vector<plan::RuleRecord> y = without_places(b);
  return Equal<plan::RuleRecord>(std::span(x), std::span(y));
}

}  // namespace

bool SameDecisions(const Compilation& before, const Compilation& after) {
  if (before.plan.empty() || after.plan.empty()) return false;
  const Result<plan::Plan> a = plan::Plan::Load(before.plan);
  const Result<plan::Plan> b = plan::Plan::Load(after.plan);
  MCPLEXER_CHECK(a && b);
  const plan::Tables& x = a->tables();
  const plan::Tables& y = b->tables();
  bool same = x.strings == y.strings;
#define SECTION(id, name, record) same = same && Equal(x.name, y.name);
#include "runtime/plan/sections.def"
  return same;
}

}  // namespace mcplexer::commands
