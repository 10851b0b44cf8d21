// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/outcome.h"

#include <fmt/format.h>

#include <algorithm>

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Policy;
using model::Rule;

bool SameValue(const syntax::Value& a, const syntax::Value& b) {
  return a.kind == b.kind && a.text == b.text && a.boolean == b.boolean &&
         std::ranges::equal(a.items, b.items, [](const syntax::Value& x, const syntax::Value& y) {
           return x.kind == y.kind && x.text == y.text && x.boolean == y.boolean;
         });
}

bool SameOperand(const syntax::Operand& a, const syntax::Operand& b) {
  return a.kind == b.kind && a.optional == b.optional && a.key == b.key &&
         SameValue(a.literal, b.literal) &&
         std::ranges::equal(a.path, b.path, [](const auto& x, const auto& y) {
           return x.kind == y.kind && x.key == y.key && x.index == y.index;
         });
}

bool SameRequirement(const Policy& policy, const Rule& a, const Rule& b) {
  if (a.require == b.require) return true;
  if (!a.require.valid() || !b.require.valid()) return false;
  // The text has no more parentheses than it needs, so grouping that changes nothing is not seen.
  return policy.conditions[a.require.index()].text == policy.conditions[b.require.index()].text;
}

bool SameApproval(const Rule& a, const Rule& b) {
  return a.effect != Effect::kApprove || a.approval == b.approval;
}

}  // namespace

bool SameCondition(const syntax::Expr& a, const syntax::Expr& b) {
  return std::ranges::equal(a.nodes, b.nodes, [](const auto& x, const auto& y) {
    if (x.kind != y.kind) return false;
    switch (x.kind) {
      case syntax::ExprNode::Kind::kAnd:
      case syntax::ExprNode::Kind::kOr:
        return x.left == y.left && x.right == y.right;
      case syntax::ExprNode::Kind::kNot:
        return x.left == y.left;
      case syntax::ExprNode::Kind::kHas:
        return SameOperand(x.lhs, y.lhs);
      case syntax::ExprNode::Kind::kCompare:
        return x.op == y.op && x.quantifier == y.quantifier && SameOperand(x.lhs, y.lhs) &&
               SameOperand(x.rhs, y.rhs);
    }
    return false;
  });
}

bool SameOutcome(const Policy& policy, const Rule& a, const Rule& b) {
  return a.effect == b.effect && a.scope == b.scope && SameApproval(a, b) &&
         SameRequirement(policy, a, b);
}

std::vector<std::vector<Goal>> WaysToDiffer(const Policy& policy, const Rule& a, const Rule* b,
                                            bool default_allow) {
  // Either does something only where it does not deny: where its requirement is met.
  const auto effective = [](const Rule& rule) -> std::vector<Goal> {
    if (!rule.require.valid()) return {};
    return {{rule.require, Wanted::kTrue}};
  };
  const bool a_denies = a.effect == Effect::kDeny;
  const bool b_denies = b != nullptr ? b->effect == Effect::kDeny : !default_allow;
  if (a_denies && b_denies) return {};
  if (b_denies) return {effective(a)};
  if (a_denies) return {b != nullptr ? effective(*b) : std::vector<Goal>()};
  const ScopeId scope = b != nullptr ? b->scope : ScopeId();
  const bool alike = a.effect == (b != nullptr ? b->effect : Effect::kAllow) && a.scope == scope &&
                     (b == nullptr || SameApproval(a, *b));
  if (!alike) {
    std::vector<std::vector<Goal>> ways = {effective(a)};
    if (a.require.valid()) ways.push_back(b != nullptr ? effective(*b) : std::vector<Goal>());
    return ways;
  }
  if (b != nullptr ? SameRequirement(policy, a, *b) : !a.require.valid()) return {};
  std::vector<std::vector<Goal>> ways;
  const auto only = [&](const std::vector<Goal>& met, const Rule* unmet) {
    if (unmet == nullptr || !unmet->require.valid()) return;
    ways.push_back(met);
    ways.back().push_back({unmet->require, Wanted::kNotTrue});
  };
  only(effective(a), b);
  only(b != nullptr ? effective(*b) : std::vector<Goal>(), &a);
  return ways;
}

std::string DifferenceText(const Policy& policy, const Rule& a, const Rule& b) {
  if (a.effect != b.effect) return "one allows, the other asks for approval";
  if (a.scope != b.scope) return "with different credentials";
  if (!SameApproval(a, b)) return "with different terms of approval";
  return SameRequirement(policy, a, b) ? "with the same outcome" : "with different requirements";
}

std::string OutcomeText(const Policy& policy, const Rule& rule) {
  std::string text = rule.effect == Effect::kAllow     ? "allows"
                     : rule.effect == Effect::kApprove ? "asks for approval"
                                                       : "denies";
  if (rule.effect == Effect::kDeny) return text;
  text += rule.scope.valid() ? fmt::format(" with `{}`", policy.scopes[rule.scope.index()].name)
                             : std::string(" without credentials");
  if (rule.require.valid()) {
    text += fmt::format(", requires {}", policy.conditions[rule.require.index()].text);
  }
  return text;
}

}  // namespace mcplexer::analysis
