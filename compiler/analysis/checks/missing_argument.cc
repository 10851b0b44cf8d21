// SPDX-License-Identifier: Apache-2.0
// S0601: a call that nobody is asked about only because it leaves an argument out. A condition that
// cannot be evaluated is true for a deny and false for a `require`, so these fail closed; a call
// from outside of all workspaces, or without a name, is denied. What is left is `approve .. when
// arg.x == ..` before a broader allow or `default = allow`: without the argument the rule is not
// there. `arg.x?` says that this is meant.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/input_schema.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/reference/condition.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;
using reference::Truth;
using syntax::ExprNode;
using syntax::Operand;

bool IsArgument(const Operand& operand) {
  return operand.kind == Operand::Kind::kArgument || operand.kind == Operand::Kind::kSize;
}

class Check {
 public:
  Check(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), policy_(context.policy()), diagnostics_(diagnostics) {}

  void Run() {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      if (rule.effect == Effect::kApprove && rule.when.valid() &&
          context_.reach()[r].kind == Reach::Kind::kDecides) {
        Look(RuleId(r));
      }
    }
  }

 private:
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  void Look(RuleId id) {
    for (WorkspaceId home : context_.search.territory().Within(Get(id).workspace)) {
      const model::Workspace& workspace = policy_.workspaces[home.index()];
      if (!workspace.default_allow) continue;
      Query query = Unevaluated(id);
      query.spoils = [id](RuleId other) { return other != id; };
      query.homes = {home};
      if (Try(id, query, workspace.span, fmt::format("`{}` allows by default", workspace.name))) {
        return;
      }
    }
    for (size_t a = 0; a < policy_.rules.size(); ++a) {
      const Rule& allow = policy_.rules[a];
      if (allow.effect != Effect::kAllow || !MayMeet(context_.space(), id, RuleId(a)) ||
          !context_.search.Precedes(id, RuleId(a))) {
        continue;
      }
      Query query = Unevaluated(id);
      query.matching.push_back(RuleId(a));
      for (const ConditionId condition : {allow.when, allow.require}) {
        if (condition.valid()) query.goals.push_back({condition, Wanted::kTrue});
      }
      query.spoils = [&](RuleId other) {
        return other != id && context_.search.Precedes(other, RuleId(a));
      };
      if (Try(id, query, allow.head_span, fmt::format("`{}` allows it", allow.id))) return;
    }
  }

  Query Unevaluated(RuleId id) const {
    Query query;
    query.matching = {id};
    query.goals = {{Get(id).when, Wanted::kNotTrue}, {Get(id).when, Wanted::kNotFalse}};
    return query;
  }

  bool Try(RuleId id, const Query& query, source::Span allowed_at, const std::string& allowed) {
    const Answer answer = context_.search.Find(query);
    if (answer.kind != Answer::Kind::kFound) return false;
    const std::vector<Operand> missing = Missing(id, answer);
    if (missing.empty()) return false;
    const Operand& operand = missing.front();
    const size_t steps = StepsToEach(operand);
    const std::string path = ArgumentText(operand.path, steps);
    ReportRule(diagnostics_, source::Code::kFailOpen, Get(id), operand.span,
               fmt::format("calls without `{}` avoid the approval by `{}`", path, Get(id).id))
        .Mark("cannot be evaluated there, so the rule does not apply")
        .Also(allowed_at, allowed)
        .Example(DescribeCall(policy_, answer.call, context_.home_directory()) + " -> allow")
        .Help(
            steps == operand.path.size()
                ? fmt::format("to ask for these as well write `not has {} or ..`, or `{}?` if they "
                              "may go unasked",
                              path, path)
                : fmt::format("to ask for these as well write `not has {} or ..`, or `has {} and "
                              "..` if they may go unasked",
                              path, path));
    return true;
  }

  // The arguments that the call leaves out and but for which the condition could be evaluated;
  // those left aside that every tool in question demands.
  std::vector<Operand> Missing(RuleId id, const Answer& answer) {
    syntax::Expr expr = policy_.conditions[Get(id).when.index()].expr;
    const reference::Context seen =
        context_.search.interpreter().ContextOf(answer.call, answer.home);
    std::vector<Operand> missing;
    for (ExprNode& node : expr.nodes) {
      if (node.kind != ExprNode::Kind::kCompare) continue;
      for (Operand* operand : {&node.lhs, &node.rhs}) {
        if (!IsArgument(*operand) || operand->optional || !IsLeftOut(*operand, seen)) continue;
        if (!IsDemanded(id, *operand)) missing.push_back(*operand);
        operand->optional = true;
      }
    }
    if (reference::EvaluateCondition(expr, seen) == Truth::kUnknown) missing.clear();
    return missing;
  }

  // `has` goes no further than to a `[*]`.
  static size_t StepsToEach(const Operand& operand) {
    const auto each =
        std::ranges::find(operand.path, syntax::PathStep::Kind::kEach, &syntax::PathStep::kind);
    return static_cast<size_t>(each - operand.path.begin());
  }

  static bool IsLeftOut(const Operand& operand, const reference::Context& seen) {
    syntax::Expr has;
    has.nodes.emplace_back();
    has.nodes.back().kind = ExprNode::Kind::kHas;
    has.nodes.back().lhs = operand;
    has.nodes.back().lhs.path.resize(StepsToEach(operand));
    return reference::EvaluateCondition(has, seen) == Truth::kFalse;
  }

  bool IsDemanded(RuleId id, const Operand& operand) {
    if (!context_.tools().KnowsAllOf(id)) return false;
    const auto& matched = context_.tools().MatchedBy(id);
    return !matched.empty() && std::ranges::all_of(matched, [&](const KnownTool* tool) {
      const auto [at, added] = schemas_.try_emplace(tool->item, *tool->item);
      const Argument argument = at->second.Find(operand.path);
      return argument.kind == Argument::Kind::kDeclared && argument.required;
    });
  }

  const LintContext& context_;
  const model::Policy& policy_;
  source::Diagnostics& diagnostics_;
  std::map<const inventory::Item*, InputSchema> schemas_;
};

}  // namespace

void CheckMissingArguments(const LintContext& context, source::Diagnostics& diagnostics) {
  Check(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
