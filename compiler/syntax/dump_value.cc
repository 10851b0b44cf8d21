// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "compiler/source/printable.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/value_text.h"

namespace mcplexer::syntax {
namespace {

std::string Quote(const std::string& text) {
  return fmt::format("\"{}\"", source::Printable(text));
}

std::string DumpOperand(const Operand& operand) {
  const auto path = [&] {
    std::string text = "arg";
    for (const PathStep& step : operand.path) {
      switch (step.kind) {
        case PathStep::Kind::kKey:
          text += fmt::format("[{}]", Quote(step.key));
          break;
        case PathStep::Kind::kIndex:
          text += fmt::format("[{}]", step.index);
          break;
        case PathStep::Kind::kEach:
          text += "[*]";
          break;
      }
    }
    return text + (operand.optional ? "?" : "");
  };
  switch (operand.kind) {
    case Operand::Kind::kArgument:
      return path();
    case Operand::Kind::kSize:
      return fmt::format("size({})", path());
    case Operand::Kind::kSessionClient:
      return "session.client";
    case Operand::Kind::kSessionModel:
      return "session.model";
    case Operand::Kind::kPrincipalName:
      return "principal.name";
    case Operand::Kind::kPrincipalGroups:
      return "principal.groups";
    case Operand::Kind::kWorkspaceTag:
      return fmt::format("workspace.tags[{}]", Quote(operand.key));
    case Operand::Kind::kLiteral:
    case Operand::Kind::kList:
      break;
  }
  return Dump(operand.literal);
}

const char* OpText(ExprNode::Op op) {
  switch (op) {
    case ExprNode::Op::kEq:
      return "==";
    case ExprNode::Op::kNe:
      return "!=";
    case ExprNode::Op::kLt:
      return "<";
    case ExprNode::Op::kLe:
      return "<=";
    case ExprNode::Op::kGt:
      return ">";
    case ExprNode::Op::kGe:
      return ">=";
    case ExprNode::Op::kIn:
      return "in";
    case ExprNode::Op::kLike:
      return "like";
    case ExprNode::Op::kMatches:
      return "matches";
    case ExprNode::Op::kUnder:
      return "under";
  }
  return "?";
}

std::string DumpCompare(const ExprNode& node) {
  const char* quantifier = node.quantifier == ExprNode::Quantifier::kAll   ? "all "
                           : node.quantifier == ExprNode::Quantifier::kAny ? "any "
                                                                           : "";
  return fmt::format("{}{} {} {}", quantifier, DumpOperand(node.lhs), OpText(node.op),
                     DumpOperand(node.rhs));
}

std::string DumpScalar(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kString:
      return Quote(value.text);
    case Value::Kind::kRegex:
      return "re" + Quote(value.text);
    case Value::Kind::kDuration:
      return fmt::format("{}ms", value.number);
    case Value::Kind::kBool:
      return value.boolean ? "true" : "false";
    case Value::Kind::kNull:
      return "null";
    case Value::Kind::kWord:
      return "word " + source::Printable(value.text);
    case Value::Kind::kCall:
      return "call " + source::Printable(value.text);
    default:
      return value.text;
  }
}

// What is still to be written of a condition, last first.
struct ExprPiece {
  std::string text;  // or, if there is one:
  const ExprNode* node = nullptr;
};

}  // namespace

std::string Dump(const Value& value) { return ValueText(value, {DumpScalar, Quote}); }

std::string Dump(const Expr& expr) {
  std::string out;
  if (expr.nodes.empty()) return out;
  std::vector<ExprPiece> todo = {{"", &expr.nodes.back()}};
  while (!todo.empty()) {
    const ExprPiece piece = std::move(todo.back());
    todo.pop_back();
    out += piece.text;
    if (piece.node == nullptr) continue;
    const ExprNode& node = *piece.node;
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
      case ExprNode::Kind::kOr:
        out += "(";
        todo.push_back({")"});
        todo.push_back({"", &expr.nodes[node.right]});
        todo.push_back({node.kind == ExprNode::Kind::kAnd ? " and " : " or "});
        todo.push_back({"", &expr.nodes[node.left]});
        break;
      case ExprNode::Kind::kNot:
        out += "not ";
        todo.push_back({"", &expr.nodes[node.left]});
        break;
      case ExprNode::Kind::kHas:
        out += "has " + DumpOperand(node.lhs);
        break;
      case ExprNode::Kind::kCompare:
        out += DumpCompare(node);
        break;
    }
  }
  return out;
}

}  // namespace mcplexer::syntax
