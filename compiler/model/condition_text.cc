// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "compiler/model/conditions.h"
#include "compiler/model/names.h"
#include "compiler/syntax/value_text.h"
#include "compiler/syntax/word.h"

namespace mcplexer::model {
namespace {

using syntax::ExprNode;
using syntax::Operand;
using syntax::PathStep;

bool IsPlainKey(std::string_view key) {
  return IsName(key) && !(key.front() >= '0' && key.front() <= '9');
}

std::string Key(std::string_view key) {
  return IsPlainKey(key) ? fmt::format(".{}", key) : fmt::format("[{}]", syntax::QuoteString(key));
}

std::string OperandText(const Operand& operand) {
  std::string path = "arg";
  for (const PathStep& step : operand.path) {
    switch (step.kind) {
      case PathStep::Kind::kKey:
        path += Key(step.key);
        break;
      case PathStep::Kind::kIndex:
        path += fmt::format("[{}]", step.index);
        break;
      case PathStep::Kind::kEach:
        path += "[*]";
        break;
    }
  }
  switch (operand.kind) {
    case Operand::Kind::kArgument:
      return path + (operand.optional ? "?" : "");
    case Operand::Kind::kSize:
      return fmt::format("size({}{})", path, operand.optional ? "?" : "");
    case Operand::Kind::kSessionClient:
      return "session.client";
    case Operand::Kind::kSessionModel:
      return "session.model";
    case Operand::Kind::kPrincipalName:
      return "principal.name";
    case Operand::Kind::kPrincipalGroups:
      return "principal.groups";
    case Operand::Kind::kWorkspaceTag:
      return "workspace.tags" + Key(operand.key);
    case Operand::Kind::kLiteral:
    case Operand::Kind::kList:
      return syntax::PlexValue(operand.literal);
  }
  return "";
}

std::string_view OpText(ExprNode::Op op) {
  constexpr std::string_view kTexts[] = {"==", "!=", "<",    "<=",      ">",
                                         ">=", "in", "like", "matches", "under"};
  return kTexts[static_cast<size_t>(op)];
}

std::string CompareText(const ExprNode& node) {
  constexpr std::string_view kQuantifiers[] = {"", "all ", "any "};
  return fmt::format("{}{} {} {}", kQuantifiers[static_cast<size_t>(node.quantifier)],
                     OperandText(node.lhs), OpText(node.op), OperandText(node.rhs));
}

// How strongly a node binds; an operand that binds less needs parentheses.
int Strength(ExprNode::Kind kind) {
  switch (kind) {
    case ExprNode::Kind::kOr:
      return 0;
    case ExprNode::Kind::kAnd:
      return 1;
    case ExprNode::Kind::kNot:
      return 2;
    case ExprNode::Kind::kHas:
    case ExprNode::Kind::kCompare:
      return 3;
  }
  return 3;
}

}  // namespace

std::string ConditionText(const syntax::Expr& expr, Grouping grouping) {
  // Postfix: an operand's text is moved out by the one node that uses it.
  std::vector<std::string> texts(expr.nodes.size());
  const auto take = [&](uint32_t operand, int strength) {
    std::string text = std::move(texts[operand]);
    if (Strength(expr.nodes[operand].kind) >= strength) return text;
    return "(" + text + ")";
  };
  for (size_t i = 0; i < expr.nodes.size(); ++i) {
    const ExprNode& node = expr.nodes[i];
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
      case ExprNode::Kind::kOr: {
        // Without parentheses operands are grouped from the left.
        const int strength = Strength(node.kind);
        std::string text = take(node.left, strength);
        text += node.kind == ExprNode::Kind::kAnd ? " and " : " or ";
        text += take(node.right, grouping == Grouping::kTree ? strength + 1 : strength);
        texts[i] = std::move(text);
        break;
      }
      case ExprNode::Kind::kNot:
        texts[i] = "not " + take(node.left, Strength(node.kind));
        break;
      case ExprNode::Kind::kHas:
        texts[i] = "has " + OperandText(node.lhs);
        break;
      case ExprNode::Kind::kCompare:
        texts[i] = CompareText(node);
        break;
    }
  }
  return texts.empty() ? "" : std::move(texts.back());
}

}  // namespace mcplexer::model
