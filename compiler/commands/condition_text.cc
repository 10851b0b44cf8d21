// SPDX-License-Identifier: Apache-2.0
// A plan's condition, written back in the policy language.
#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "compiler/commands/dump_json.h"
#include "runtime/json/writer.h"

namespace mcplexer::commands {
namespace {

using plan::Op;
using plan::OperandKind;

std::string Quoted(std::string_view text) { return json::EscapeString(text); }

std::string LiteralText(const plan::Plan& plan, plan::LiteralType type, plan::StringRef text) {
  switch (type) {
    case plan::LiteralType::kString:
      return Quoted(plan.text(text));
    case plan::LiteralType::kNumber:
      return std::string(plan.text(text));
    case plan::LiteralType::kTrue:
      return "true";
    case plan::LiteralType::kFalse:
      return "false";
    case plan::LiteralType::kNull:
      return "null";
  }
  return "null";
}

std::string ArgumentText(const plan::Plan& plan, const plan::OperandRecord& operand) {
  std::string text = "arg";
  for (const auto& step : plan.path_steps().subspan(operand.steps.begin, operand.steps.count)) {
    switch (step.kind) {
      case plan::StepKind::kKey:
        text += fmt::format("[{}]", Quoted(plan.text(step.key)));
        break;
      case plan::StepKind::kIndex:
        text += fmt::format("[{}]", step.index);
        break;
      case plan::StepKind::kEach:
        text += "[*]";
        break;
    }
  }
  return operand.optional != 0 ? text + "?" : text;
}

std::string OperandText(const plan::Plan& plan, const plan::OperandRecord& operand) {
  switch (operand.kind) {
    case OperandKind::kArgument:
      return ArgumentText(plan, operand);
    case OperandKind::kSize:
      return fmt::format("size({})", ArgumentText(plan, operand));
    case OperandKind::kSessionClient:
      return "session.client";
    case OperandKind::kSessionModel:
      return "session.model";
    case OperandKind::kPrincipalName:
      return "principal.name";
    case OperandKind::kPrincipalGroups:
      return "principal.groups";
    case OperandKind::kWorkspaceTag:
      return fmt::format("workspace.tags[{}]", Quoted(plan.text(operand.text)));
    case OperandKind::kLiteral:
      return LiteralText(plan, operand.literal_type, operand.text);
    case OperandKind::kList: {
      std::string text = "[";
      for (const auto& item : plan.literals().subspan(operand.list.begin, operand.list.count)) {
        if (text.size() > 1) text += ", ";
        text += LiteralText(plan, item.type, item.text);
      }
      return text + "]";
    }
  }
  return "";
}

std::string_view OperatorText(Op op) {
  static constexpr std::array<std::string_view, 10> kTexts = {
      "==", "!=", "<", "<=", ">", ">=", "in", "like", "matches", "under"};
  return kTexts[static_cast<size_t>(op)];
}

std::string ComparisonText(const plan::Plan& plan, const plan::ConditionNode& node) {
  std::string_view quantifier = node.quantifier == plan::Quantifier::kAll   ? "all "
                                : node.quantifier == plan::Quantifier::kAny ? "any "
                                                                            : "";
  return fmt::format("{}{} {} {}", quantifier, OperandText(plan, node.lhs), OperatorText(node.op),
                     OperandText(plan, node.rhs));
}

}  // namespace

std::string ConditionText(const plan::Plan& plan, uint32_t condition) {
  const plan::Range range = plan.conditions()[condition].nodes;
  std::vector<std::string> texts;
  for (const auto& node : plan.condition_nodes().subspan(range.begin, range.count)) {
    switch (node.kind) {
      case plan::NodeKind::kAnd:
        texts.push_back(fmt::format("({} and {})", texts[node.left], texts[node.right]));
        break;
      case plan::NodeKind::kOr:
        texts.push_back(fmt::format("({} or {})", texts[node.left], texts[node.right]));
        break;
      case plan::NodeKind::kNot:
        texts.push_back(fmt::format("not {}", texts[node.left]));
        break;
      case plan::NodeKind::kHas:
        texts.push_back(fmt::format("has {}", ArgumentText(plan, node.lhs)));
        break;
      case plan::NodeKind::kCompare:
        texts.push_back(ComparisonText(plan, node));
        break;
    }
    // Operands are used once; letting go of them keeps a chain of 100,000 linear in memory.
    if (node.kind == plan::NodeKind::kAnd || node.kind == plan::NodeKind::kOr ||
        node.kind == plan::NodeKind::kNot) {
      texts[node.left].clear();
      if (node.kind != plan::NodeKind::kNot) texts[node.right].clear();
    }
  }
  return texts.back();
}

}  // namespace mcplexer::commands
