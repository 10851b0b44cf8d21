// SPDX-License-Identifier: Apache-2.0
// S0606: a rule sends a scope to tools that another rule calls with one that is strictly narrower:
// fewer of the same secrets, or fewer OAuth scopes of the same provider. So less is enough. Off by
// default: each scope has a process of its own, and to have one instead of two is a reason.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"

namespace mcplexer::analysis {
namespace {

using model::Rule;
using model::Scope;

// What a scope gives, one by one; and what has to be the same for two to be compared at all.
struct Grants {
  std::set<std::string> each;
  std::vector<std::string> frame;
};

Grants GrantsOf(const Scope& scope) {
  Grants grants;
  grants.frame = {fmt::format("{} {}", static_cast<int>(scope.type), scope.provider.value)};
  for (const model::Injection& injection : scope.injections) {
    std::string text = injection.key;
    for (const model::TemplatePart& part : injection.parts) {
      text += part.secret.valid() ? fmt::format("\n{}", part.secret.value) : "\n=" + part.literal;
    }
    grants.each.insert(std::move(text));
  }
  for (const auto& [key, value] : scope.attributes) {
    if (key != "scopes") {
      grants.frame.push_back(fmt::format("{}={}", key, value));
      continue;
    }
    std::istringstream words(value);
    for (std::string word; words >> word;) grants.each.insert(word);
  }
  return grants;
}

bool IsNarrower(const Grants& a, const Grants& b) {
  return a.frame == b.frame && !a.each.empty() && a.each.size() < b.each.size() &&
         std::ranges::includes(b.each, a.each);
}

}  // namespace

void CheckWideScopes(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  const Space& space = context.space();
  std::vector<Grants> grants;
  for (const Scope& scope : policy.scopes) grants.push_back(GrantsOf(scope));
  const auto grants_of = [&](RuleId id) -> const Grants& {
    return grants[policy.rules[id.index()].scope.index()];
  };
  std::vector<RuleId> granting;
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    if (policy.rules[r].scope.valid() && !space.box(RuleId(r)).empty) granting.emplace_back(r);
  }
  for (const RuleId wide : granting) {
    for (const RuleId narrow : granting) {
      if (!IsNarrower(grants_of(narrow), grants_of(wide)) ||
          !space.NamesSubset(space.box(wide).names, space.box(narrow).names)) {
        continue;
      }
      const Answer called = FindLetThrough(context.search, wide);
      const Answer enough = FindLetThrough(context.search, narrow);
      if (called.kind != Answer::Kind::kFound || enough.kind != Answer::Kind::kFound) continue;
      const Rule& rule = policy.rules[wide.index()];
      const Rule& other = policy.rules[narrow.index()];
      const auto name = [&](const Rule& r) { return policy.scopes[r.scope.index()].name; };
      ReportRule(diagnostics, source::Code::kWideScope, rule, rule.head_span,
                 fmt::format("`{}` calls with `{}` what `{}` calls with the narrower `{}`", rule.id,
                             name(rule), other.id, name(other)))
          .Also(other.head_span, fmt::format("`{}` is enough here", name(other)))
          .Example(DescribeCall(policy, called.call, context.home_directory()))
          .Help(fmt::format("write `using {}`", name(other)));
      break;
    }
  }
}

}  // namespace mcplexer::analysis
