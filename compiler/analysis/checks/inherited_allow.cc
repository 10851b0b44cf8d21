// SPDX-License-Identifier: Apache-2.0
// S0610: a workspace that says `default = deny` in which a call goes through, with credentials, by
// an allow of a workspace around it and without any rule of its own about the call. The default
// applies to what no rule matches, rules of outer workspaces included, which is not what everybody
// expects of it. Without credentials it is the normal use of nesting and not reported.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;

// A call of `home` that this rule of an outer workspace decides while no rule of `home` matches.
Answer Inherited(const LintContext& context, WorkspaceId home, RuleId id) {
  const auto& rules = context.policy().rules;
  const Rule& rule = rules[id.index()];
  Query query;
  query.matching = {id};
  if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
  if (rule.require.valid()) query.goals.push_back({rule.require, Wanted::kTrue});
  query.spoils = [&](RuleId other) {
    return rules[other.index()].workspace == home || context.search.Precedes(other, id);
  };
  query.homes = {home};
  return context.search.Find(query);
}

}  // namespace

void CheckInheritedAllows(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    const model::Workspace& workspace = policy.workspaces[w];
    if (workspace.default_allow || !workspace.parent.valid()) continue;
    const auto outer = policy.Chain(WorkspaceId(w));
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const Rule& rule = policy.rules[r];
      if (rule.effect != Effect::kAllow || !rule.scope.valid()) continue;
      if (rule.workspace == WorkspaceId(w) || !std::ranges::count(outer, rule.workspace)) continue;
      if (context.reach()[r].kind != Reach::Kind::kDecides) continue;
      const Answer answer = Inherited(context, WorkspaceId(w), RuleId(r));
      if (answer.kind != Answer::Kind::kFound) continue;
      diagnostics
          .Report(
              source::Code::kInheritedAllow, workspace.span,
              fmt::format("`{}` denies by default, but `{}` of `{}` reaches into it",
                          workspace.name, rule.id, policy.workspaces[rule.workspace.index()].name))
          .Mark("no rule of its own says anything of such calls")
          .Also(rule.head_span, OutcomeText(policy, rule))
          .Example(DescribeCall(policy, answer.call, context.home_directory()) + " -> allow")
          .Help("a `deny` here keeps them out; to accept them, allow them here as well");
      break;  // one is enough to make the point
    }
  }
}

}  // namespace mcplexer::analysis
