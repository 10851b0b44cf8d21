// SPDX-License-Identifier: Apache-2.0
// W0702: a call that matches so many rules that its first decision takes long, since each of them
// is looked at. `compile --stats` prints a bound on that number; where it is over the budget, one
// call of each rule is tried, which finds what nested and common patterns come to, and what is
// reported is a call.
#include <fmt/format.h>

#include <map>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/cost.h"
#include "compiler/analysis/describe.h"

namespace mcplexer::analysis {
namespace {

struct Worst {
  size_t rules = 0;
  size_t of_outer = 0;  // that are of workspaces around
  reference::Call call;
};

bool MayBeOver(const LintContext& context) {
  const model::Policy& policy = context.policy();
  if (policy.rules.size() <= kMostRulesForOneCall) return false;
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    uint32_t most = 0;
    for (const WorkspaceId around : policy.Chain(WorkspaceId(w))) {
      most += MostCandidates(context.space(), around);
    }
    if (most > kMostRulesForOneCall) return true;
  }
  return false;
}

// Of one call of the rule.
void Count(const LintContext& context, const RuleIndex& index, RuleId rule,
           std::map<WorkspaceId, Worst>& worst) {
  const Space& space = context.space();
  if (space.box(rule).empty) return;
  Query query;
  query.matching = {rule};
  const Answer answer = context.search.Find(query);
  if (answer.kind != Answer::Kind::kFound) return;
  const Territory& territory = context.search.territory();
  const reference::Call& call = answer.call;
  const auto& parts = space.name_sets()[space.box(rule).names].parts;
  const FieldId field = parts.front().first;
  const model::Server& server = context.policy().servers[space.name_fields()[field].server.index()];
  const std::string prefix =
      call.kind == model::CallKind::kResource ? std::string() : NamePrefix(server);
  if (!call.name.starts_with(prefix)) return;
  const std::string& root = territory.root(answer.home);
  const std::string subpath =
      call.directory.size() > root.size() + 1 ? call.directory.substr(root.size() + 1) : "";
  Worst here;
  here.call = call;
  for (const WorkspaceId around : context.policy().Chain(answer.home)) {
    const size_t count =
        index
            .Matching(around, field, call.name.substr(prefix.size()),
                      territory.SubpathFrom(around, answer.home, subpath), call.principal)
            .size();
    here.rules += count;
    if (around != answer.home) here.of_outer += count;
  }
  Worst& known = worst[answer.home];
  if (here.rules > known.rules) known = std::move(here);
}

}  // namespace

void CheckCostlyDecisions(const LintContext& context, source::Diagnostics& diagnostics) {
  if (!MayBeOver(context)) return;
  const model::Policy& policy = context.policy();
  const RuleIndex index(context.space());
  std::map<WorkspaceId, Worst> worst;
  for (size_t r = 0; r < policy.rules.size(); ++r) Count(context, index, RuleId(r), worst);
  for (const auto& [home, found] : worst) {
    // Said of the workspace that brings it over the budget, not of all within it.
    if (found.rules <= kMostRulesForOneCall || found.of_outer > kMostRulesForOneCall) continue;
    const model::Workspace& workspace = policy.workspaces[home.index()];
    diagnostics
        .Report(source::Code::kCostlyDecision, workspace.span,
                fmt::format("one call in `{}` matches {} rules", workspace.name, found.rules))
        .Mark(fmt::format("more than {}, and each of them is looked at", kMostRulesForOneCall))
        .Example(DescribeCall(policy, found.call, context.home_directory()))
        .Help(
            "put patterns that have the same outcome into one rule, or rules into the workspaces "
            "that they are for");
  }
}

}  // namespace mcplexer::analysis
