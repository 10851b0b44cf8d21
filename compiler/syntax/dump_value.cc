// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "compiler/source/printable.h"
#include "compiler/syntax/dump.h"

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

// What is still to be written of a nested structure, last first.
struct Piece {
  std::string text;                // or, if empty:
  const Value* value = nullptr;    // a value, in Dump(Value)
  const ExprNode* node = nullptr;  // a node, in Dump(Expr)
};

void PushItems(const Value& value, std::vector<Piece>& todo) {
  for (size_t i = value.items.size(); i-- > 0;) {
    todo.push_back({"", &value.items[i]});
    if (i > 0) todo.push_back({", "});
  }
}

}  // namespace

std::string Dump(const Value& root) {
  std::string out;
  std::vector<Piece> todo = {{"", &root}};
  while (!todo.empty()) {
    const Piece piece = std::move(todo.back());
    todo.pop_back();
    out += piece.text;
    if (piece.value == nullptr) continue;
    const Value& value = *piece.value;
    switch (value.kind) {
      case Value::Kind::kString:
        out += Quote(value.text);
        break;
      case Value::Kind::kRegex:
        out += "re" + Quote(value.text);
        break;
      case Value::Kind::kDuration:
        out += fmt::format("{}ms", value.number);
        break;
      case Value::Kind::kBool:
        out += value.boolean ? "true" : "false";
        break;
      case Value::Kind::kNull:
        out += "null";
        break;
      case Value::Kind::kNumber:
        out += value.text;
        break;
      case Value::Kind::kWord:
        out += "word " + source::Printable(value.text);
        break;
      case Value::Kind::kList:
        out += "[";
        todo.push_back({"]"});
        PushItems(value, todo);
        break;
      case Value::Kind::kCall:
        out += "call " + source::Printable(value.text) + "(";
        todo.push_back({")"});
        PushItems(value, todo);
        break;
      case Value::Kind::kMap:
        out += "{";
        todo.push_back({"}"});
        for (size_t i = value.entries.size(); i-- > 0;) {
          todo.push_back({"", &value.entries[i].value});
          todo.push_back({(i > 0 ? ", " : "") + Quote(value.entries[i].key.text) + ": "});
        }
        break;
    }
  }
  return out;
}

std::string Dump(const Expr& expr) {
  std::string out;
  if (expr.nodes.empty()) return out;
  std::vector<Piece> todo = {{"", nullptr, &expr.nodes.back()}};
  while (!todo.empty()) {
    const Piece piece = std::move(todo.back());
    todo.pop_back();
    out += piece.text;
    if (piece.node == nullptr) continue;
    const ExprNode& node = *piece.node;
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
      case ExprNode::Kind::kOr:
        out += "(";
        todo.push_back({")"});
        todo.push_back({"", nullptr, &expr.nodes[node.right]});
        todo.push_back({node.kind == ExprNode::Kind::kAnd ? " and " : " or "});
        todo.push_back({"", nullptr, &expr.nodes[node.left]});
        break;
      case ExprNode::Kind::kNot:
        out += "not ";
        todo.push_back({"", nullptr, &expr.nodes[node.left]});
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
