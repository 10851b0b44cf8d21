// SPDX-License-Identifier: Apache-2.0
// S0607: somebody whom an `approve` names may ask, but there are not enough others among the
// approvers, since nobody approves a call of their own. Rules that whoever is not recognised falls
// under as well are not meant: there the approvers are among those who ask only because everybody
// is. (A quorum that not even all approvers together reach is an error.)
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

constexpr PrincipalId kAnonymous(0u);

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
    if (std::ranges::binary_search(rule.principals, kAnonymous)) continue;
    const std::vector<PrincipalId> members = ApproversOf(policy, rule);
    if (members.size() > rule.approval.quorum || context.space().box(RuleId(r)).empty) continue;
    for (const PrincipalId asking : rule.principals) {
      if (!std::ranges::binary_search(members, asking)) continue;
      Area area = AreaOf(context.space(), RuleId(r));
      area.principals = {asking};
      const Answer answer = FindLetThrough(context.search, RuleId(r), &area);
      if (answer.kind != Answer::Kind::kFound) continue;
      const size_t others = members.size() - 1;
      const std::string& name = policy.principals[asking.index()].name;
      ReportRule(
          diagnostics, source::Code::kSelfApproval, rule, rule.head_span,
          others == 0
              ? fmt::format("nobody else can approve what `{}` asks for by `{}`", name, rule.id)
              : fmt::format("what `{}` asks for by `{}` can get only {} of {} approvals", name,
                            rule.id, others, rule.approval.quorum))
          .Mark(fmt::format("`{}` is one of the approvers", name))
          .Example(DescribeCall(policy, answer.call, context.home_directory()) + " -> approve")
          .Help(
              "put somebody else into a group of `approvers`, or leave those who approve out of "
              "`for`");
      break;
    }
  }
}

}  // namespace mcplexer::analysis
