// SPDX-License-Identifier: Apache-2.0
// Every text of a rule in which `${parameter}` may stand: the one list that substituting and
// checking go by.

#ifndef MCPLEXER_COMPILER_MODEL_RULE_TEXTS_H_
#define MCPLEXER_COMPILER_MODEL_RULE_TEXTS_H_

#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// Calls visit(text, span) for the texts of `value`; lists are at most one deep here.
template <typename ValueT, typename Visit>
void ForEachLiteralText(ValueT& value, const Visit& visit) {
  using Kind = syntax::Value::Kind;
  if (value.kind == Kind::kString || value.kind == Kind::kRegex) visit(value.text, value.span);
  for (auto& item : value.items) {
    if (item.kind == Kind::kString) visit(item.text, item.span);
  }
}

template <typename OperandT, typename Visit>
void ForEachOperandText(OperandT& operand, const Visit& visit) {
  for (auto& step : operand.path) visit(step.key, operand.span);
  visit(operand.key, operand.span);
  ForEachLiteralText(operand.literal, visit);
}

// `RuleT` is syntax::Rule, const or not.
template <typename RuleT, typename Visit>
void ForEachText(RuleT& rule, const Visit& visit) {
  for (auto* patterns : {&rule.patterns, &rule.except}) {
    for (auto& pattern : *patterns) visit(pattern.text, pattern.span);
  }
  for (auto* names : {&rule.principals, &rule.paths, &rule.approvers}) {
    for (auto& name : *names) visit(name.text, name.span);
  }
  for (auto* name :
       {&rule.resource_server, &rule.scope, &rule.via, &rule.log, &rule.because, &rule.id}) {
    if (*name) visit((*name)->text, (*name)->span);
  }
  for (auto* condition : {&rule.when, &rule.require}) {
    if (!*condition) continue;
    for (auto& node : (*condition)->nodes) {
      ForEachOperandText(node.lhs, visit);
      ForEachOperandText(node.rhs, visit);
    }
  }
}

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_RULE_TEXTS_H_
