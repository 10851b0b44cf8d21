// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/invariants.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::InvariantClause;
using model::Rule;
using reference::Outcome;

// What lets calls of one clause through.
class ClauseProof {
 public:
  ClauseProof(const CallSearch& search, size_t invariant, size_t clause)
      : search_(search),
        policy_(search.policy()),
        clause_(policy_.invariants[invariant].clauses[clause]),
        violation_{invariant, clause, RuleId(), WorkspaceId(), 0, std::nullopt} {}

  std::optional<Violation> Run() {
    if (!BuildArea()) return violation_;
    for (size_t r = 0; r < policy_.rules.size(); ++r) ExamineRule(RuleId(r));
    for (size_t w = 0; w < policy_.workspaces.size(); ++w) {
      if (policy_.workspaces[w].default_allow) ExamineDefault(WorkspaceId(w));
    }
    if (!failed_) return std::nullopt;
    return std::move(violation_);
  }

 private:
  // False where the patterns cost more than the limits allow.
  bool BuildArea() {
    auto names = LanguagesOf(search_.space(), clause_.call_kind, clause_.server, clause_.names,
                             clause_.except);
    if (!names) return false;
    area_.names = *std::move(names);
    area_.principals = clause_.principals;
    if (clause_.directories.empty()) return true;
    auto directories = search_.territory().DirectoriesOf(clause_.directories);
    if (!directories) return false;
    area_.directories = *std::move(directories);
    return true;
  }

  void ExamineRule(RuleId id) {
    const Rule& rule = policy_.rules[id.index()];
    if (rule.effect == Effect::kDeny || rule.kind != clause_.call_kind) return;
    if (rule.effect == Effect::kApprove &&
        clause_.kind == InvariantClause::Kind::kNeverAllowWithoutApproval) {
      return;
    }
    Query query;
    query.matching = {id};
    query.goals = Goals();
    if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
    if (rule.require.valid()) query.goals.push_back({rule.require, Wanted::kTrue});
    query.spoils = [&](RuleId other) { return search_.Precedes(other, id); };
    query.area = &area_;
    Note(search_.Find(query), id, rule.workspace);
  }

  void ExamineDefault(WorkspaceId workspace) {
    Query query;
    query.area = &area_;
    query.goals = Goals();
    query.spoils = [](RuleId) { return true; };
    query.homes = {workspace};
    Note(search_.Find(query), RuleId(), workspace);
  }

  std::vector<Goal> Goals() const {
    if (!clause_.when.valid()) return {};
    return {{clause_.when, Wanted::kTrue}};
  }

  // Keeps the first that is settled; failing that, the first that is not.
  void Note(Answer answer, RuleId rule, WorkspaceId workspace) {
    if (answer.kind == Answer::Kind::kNone) return;
    const bool found = answer.kind == Answer::Kind::kFound;
    if (failed_ && (violation_.witness || !found)) {
      if (found) ++violation_.more;
      return;
    }
    failed_ = true;
    violation_.rule = rule;
    violation_.workspace = workspace;
    if (!found) return;
    const Outcome outcome = search_.interpreter().Decide(answer.call);
    MCPLEXER_CHECK(outcome.verdict != Outcome::Verdict::kDeny);
    violation_.witness = std::move(answer.call);
  }

  const CallSearch& search_;
  const model::Policy& policy_;
  const InvariantClause& clause_;
  Area area_;
  bool failed_ = false;
  Violation violation_;
};

}  // namespace

std::vector<Violation> FindViolations(const CallSearch& search) {
  std::vector<Violation> found;
  const auto& invariants = search.policy().invariants;
  for (size_t i = 0; i < invariants.size(); ++i) {
    for (size_t c = 0; c < invariants[i].clauses.size(); ++c) {
      if (auto violation = ClauseProof(search, i, c).Run()) found.push_back(*std::move(violation));
    }
  }
  return found;
}

void CheckInvariants(const CallSearch& search, source::Diagnostics& diagnostics) {
  const model::Policy& policy = search.policy();
  for (const Violation& violation : FindViolations(search)) {
    const model::Invariant& invariant = policy.invariants[violation.invariant];
    const InvariantClause& clause = invariant.clauses[violation.clause];
    if (!violation.witness) {
      auto& diagnostic = diagnostics.Report(
          source::Code::kUndecidedInvariant, clause.span,
          fmt::format("invariant `{}` could be neither proven nor refuted", invariant.name));
      if (violation.rule.valid()) {
        diagnostic.Also(policy.rules[violation.rule.index()].head_span,
                        "for what this rule lets through");
      }
      diagnostic.Help("make the conditions or patterns that meet here simpler");
      continue;
    }
    const bool by_rule = violation.rule.valid();
    const model::Workspace& workspace = policy.workspaces[violation.workspace.index()];
    const std::string what = by_rule ? fmt::format("`{}`", policy.rules[violation.rule.index()].id)
                                     : fmt::format("the default of workspace `{}`", workspace.name);
    const std::string more =
        violation.more == 0 ? " lets" : fmt::format(" and {} more let", violation.more);
    auto& diagnostic = diagnostics
                           .Report(source::Code::kInvariantViolated, clause.span,
                                   fmt::format("invariant `{}` does not hold: {}{} calls through",
                                               invariant.name, what, more))
                           .Mark("is claimed of every call");
    if (by_rule) {
      const Rule& rule = policy.rules[violation.rule.index()];
      diagnostic.Also(rule.head_span, OutcomeText(policy, rule));
    } else {
      diagnostic.Also(workspace.span, "has `default = allow`");
    }
    const bool approve = by_rule && policy.rules[violation.rule.index()].effect == Effect::kApprove;
    diagnostic
        .Example(DescribeCall(policy, *violation.witness, search.territory().home_directory()) +
                 (approve ? " -> approve" : " -> allow"))
        .Help("add a `deny` for these calls, or narrow what lets them through");
  }
}

}  // namespace mcplexer::analysis
