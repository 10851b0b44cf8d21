// SPDX-License-Identifier: Apache-2.0
// S0607: an `approve` by whose `for` only approvers may ask, and none of them has enough others to
// reach the quorum, since nobody approves a call of their own. Where one of those who may ask can
// get an approval it is left alone: that who approves has others ask is a way to work. (A quorum
// that not even all approvers together reach is an error.)
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"

namespace mcplexer::analysis {
namespace {

std::vector<PrincipalId> ApproversOf(const model::Policy& policy, const model::Rule& rule) {
  std::vector<PrincipalId> members;
  for (size_t p = 0; p < policy.principals.size(); ++p) {
    if (std::ranges::find_first_of(policy.principals[p].groups, rule.approval.approvers) !=
        policy.principals[p].groups.end()) {
      members.emplace_back(p);
    }
  }
  return members;
}

}  // namespace

void CheckSelfApproval(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const model::Rule& rule = policy.rules[r];
    if (rule.effect != model::Effect::kApprove || rule.approval.approvers.empty()) continue;
    if (context.space().box(RuleId(r)).empty) continue;
    const std::vector<PrincipalId> members = ApproversOf(policy, rule);
    if (members.size() > rule.approval.quorum) continue;
    if (!std::ranges::includes(members, rule.principals)) continue;
    const Answer answer = FindLetThrough(context.search, RuleId(r));
    if (answer.kind != Answer::Kind::kFound) continue;
    const size_t others = members.size() - 1;
    const std::string& name = policy.principals[answer.call.principal.index()].name;
    ReportRule(
        diagnostics, source::Code::kSelfApproval, rule, rule.head_span,
        fmt::format("`{}` needs {} approval{}, and whoever may ask has {} other{} to give one",
                    rule.id, rule.approval.quorum, rule.approval.quorum == 1 ? "" : "s",
                    others == 0 ? "no" : fmt::format("only {}", others), others > 1 ? "s" : ""))
        .Mark(fmt::format("`{}` is one of the approvers, and nobody approves a call of their own",
                          name))
        .Example(DescribeCall(policy, answer.call, context.home_directory()) + " -> approve")
        .Help(
            "put somebody else into a group of `approvers`, or leave those who approve out of "
            "`for`");
  }
}

}  // namespace mcplexer::analysis
