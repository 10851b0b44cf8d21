// SPDX-License-Identifier: Apache-2.0
// Conditions: a tree of bounded depth but unbounded width (100,000 operands of one `and`) becomes
// nodes in postfix order. The stack below holds what is still to do, last first; the operands of a
// chain join from the left, so each `and` or `or` stands right behind its right operand.

#include "compiler/syntax/builder.h"
#include "runtime/base/check.h"

namespace mcplexer::syntax {
namespace {

using Parser = grammar::PlexParser;

struct Task {
  antlr4::ParserRuleContext* visit = nullptr;  // or, if null, emit a node:
  ExprNode::Kind emit = ExprNode::Kind::kNot;
  antlr4::Token* negation = nullptr;  // kNot: the `not`
};

ExprNode::Op OperatorOf(size_t type) {
  switch (type) {
    case Parser::EQUAL:
      return ExprNode::Op::kEq;
    case Parser::NOT_EQUAL:
      return ExprNode::Op::kNe;
    case Parser::LESS:
      return ExprNode::Op::kLt;
    case Parser::LESS_EQUAL:
      return ExprNode::Op::kLe;
    case Parser::GREATER:
      return ExprNode::Op::kGt;
    case Parser::GREATER_EQUAL:
      return ExprNode::Op::kGe;
    case Parser::IN:
      return ExprNode::Op::kIn;
    case Parser::LIKE:
      return ExprNode::Op::kLike;
    case Parser::MATCHES:
      return ExprNode::Op::kMatches;
    default:
      return ExprNode::Op::kUnder;
  }
}

// Schedules `operands` joined by `kind`.
template <typename Context>
void ScheduleChain(const std::vector<Context*>& operands, ExprNode::Kind kind,
                   std::vector<Task>& tasks) {
  for (size_t i = operands.size(); i-- > 0;) {
    if (i > 0) tasks.push_back({nullptr, kind, nullptr});
    tasks.push_back({operands[i], {}, nullptr});
  }
}

// Schedules what a condition, conjunction or negation consists of. Null for these; otherwise the
// primary, which is read on the spot.
Parser::PrimaryContext* Schedule(antlr4::ParserRuleContext* tree, std::vector<Task>& tasks) {
  switch (tree->getRuleIndex()) {
    case Parser::RuleCondition:
      ScheduleChain(static_cast<Parser::ConditionContext*>(tree)->conjunction(),
                    ExprNode::Kind::kOr, tasks);
      return nullptr;
    case Parser::RuleConjunction:
      ScheduleChain(static_cast<Parser::ConjunctionContext*>(tree)->negation(),
                    ExprNode::Kind::kAnd, tasks);
      return nullptr;
    case Parser::RuleNegation: {
      auto* negation = static_cast<Parser::NegationContext*>(tree);
      for (antlr4::tree::TerminalNode* one : negation->NOT()) {
        tasks.push_back({nullptr, ExprNode::Kind::kNot, one->getSymbol()});
      }
      tasks.push_back({negation->primary(), {}, nullptr});
      return nullptr;
    }
    default:
      break;
  }
  auto* primary = static_cast<Parser::PrimaryContext*>(tree);
  if (primary->condition() == nullptr) return primary;
  tasks.push_back({primary->condition(), {}, nullptr});
  return nullptr;
}

}  // namespace

Expr Builder::ReadCondition(Parser::ConditionContext& condition) {
  Expr expr;
  expr.span = SpanOf(condition);
  std::vector<uint32_t> operands;
  std::vector<Task> tasks = {{&condition, {}, nullptr}};
  while (!tasks.empty()) {
    const Task task = tasks.back();
    tasks.pop_back();
    ExprNode node;
    if (task.visit != nullptr) {
      Parser::PrimaryContext* primary = Schedule(task.visit, tasks);
      if (primary == nullptr) continue;
      node = ReadPrimary(*primary);
    } else if (task.emit == ExprNode::Kind::kNot) {
      node.kind = ExprNode::Kind::kNot;
      node.left = operands.back();
      node.span = SpanOf(*task.negation);
      node.span.end = expr.nodes[node.left].span.end;
      operands.pop_back();
    } else {
      node.kind = task.emit;
      node.right = operands.back();
      operands.pop_back();
      node.left = operands.back();
      operands.pop_back();
      node.span = expr.nodes[node.left].span;
      node.span.end = expr.nodes[node.right].span.end;
    }
    operands.push_back(static_cast<uint32_t>(expr.nodes.size()));
    expr.nodes.push_back(std::move(node));
  }
  MCPLEXER_CHECK(operands.size() == 1 && operands[0] + 1 == expr.nodes.size());
  return expr;
}

ExprNode Builder::ReadPrimary(Parser::PrimaryContext& primary) {
  ExprNode node;
  node.span = SpanOf(primary);
  if (primary.ARGUMENT() != nullptr) {
    node.lhs = ArgumentOperand(*primary.ARGUMENT()->getSymbol());
    if (primary.HAS() != nullptr) {
      node.kind = ExprNode::Kind::kHas;
      return node;
    }
    node.quantifier =
        primary.ALL() != nullptr ? ExprNode::Quantifier::kAll : ExprNode::Quantifier::kAny;
  } else {
    node.lhs = ReadOperand(*primary.operand());
  }
  ReadComparison(*primary.comparison(), node);
  return node;
}

void Builder::ReadComparison(Parser::ComparisonContext& comparison, ExprNode& node) {
  node.op = OperatorOf(comparison.getStart()->getType());
  if (comparison.operand() != nullptr) {
    node.rhs = ReadOperand(*comparison.operand());
  } else if (comparison.literals() != nullptr) {
    node.rhs = ReadLiterals(*comparison.literals());
  } else {
    antlr4::Token& text = *comparison.getStop();
    node.rhs.literal = text.getType() == Parser::REGEX ? RegexValue(text) : StringValue(text);
    node.rhs.span = node.rhs.literal.span;
  }
}

Operand Builder::ArgumentOperand(antlr4::Token& token) {
  Operand operand;
  operand.kind = Operand::Kind::kArgument;
  operand.span = SpanOf(token);
  ArgumentPath path = ReadArgument(Text(operand.span), operand.span, diagnostics_);
  operand.path = std::move(path.steps);
  operand.optional = path.optional;
  return operand;
}

Operand Builder::ReadOperand(Parser::OperandContext& tree) {
  if (tree.ARGUMENT() != nullptr) {
    Operand operand = ArgumentOperand(*tree.ARGUMENT()->getSymbol());
    if (tree.SIZE() != nullptr) operand.kind = Operand::Kind::kSize;
    operand.span = SpanOf(tree);
    return operand;
  }
  Operand operand;
  operand.span = SpanOf(tree);
  switch (tree.getStart()->getType()) {
    case Parser::SESSION_CLIENT:
      operand.kind = Operand::Kind::kSessionClient;
      break;
    case Parser::SESSION_MODEL:
      operand.kind = Operand::Kind::kSessionModel;
      break;
    case Parser::PRINCIPAL_NAME:
      operand.kind = Operand::Kind::kPrincipalName;
      break;
    case Parser::PRINCIPAL_GROUPS:
      operand.kind = Operand::Kind::kPrincipalGroups;
      break;
    case Parser::TAG:
      operand.kind = Operand::Kind::kWorkspaceTag;
      operand.key = ReadTag(Text(operand.span), operand.span, diagnostics_);
      break;
    default:
      operand.literal = ReadLiteral(*tree.literal());
      break;
  }
  return operand;
}

Value Builder::ReadLiteral(Parser::LiteralContext& literal) {
  antlr4::Token& token = *literal.getStart();
  switch (token.getType()) {
    case Parser::STRING:
      return StringValue(token);
    case Parser::NUMBER:
      return NumberValue(token);
    default:
      return KeywordValue(token);
  }
}

Operand Builder::ReadLiterals(Parser::LiteralsContext& literals) {
  Operand operand;
  operand.kind = Operand::Kind::kList;
  operand.span = SpanOf(literals);
  operand.literal.kind = Value::Kind::kList;
  operand.literal.span = operand.span;
  for (Parser::LiteralContext* literal : literals.literal()) {
    operand.literal.items.push_back(ReadLiteral(*literal));
  }
  return operand;
}

}  // namespace mcplexer::syntax
