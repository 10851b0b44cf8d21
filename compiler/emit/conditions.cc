// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/conditions.h"

#include "compiler/automata/pattern.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/emit/tables.h"
#include "runtime/base/check.h"

namespace mcplexer::emit {
namespace {

using syntax::ExprNode;
using syntax::Operand;
using syntax::Value;

plan::LiteralType TypeOf(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kNumber:
      return plan::LiteralType::kNumber;
    case Value::Kind::kBool:
      return value.boolean ? plan::LiteralType::kTrue : plan::LiteralType::kFalse;
    case Value::Kind::kNull:
      return plan::LiteralType::kNull;
    default:
      return plan::LiteralType::kString;  // strings and regular expressions
  }
}

bool HasText(plan::LiteralType type) {
  return type == plan::LiteralType::kString || type == plan::LiteralType::kNumber;
}

// The two enumerations are the same list; this says so in one place.
template <typename To, typename From>
To Same(From value) {
  return static_cast<To>(static_cast<uint8_t>(value));
}
static_assert(static_cast<int>(plan::OperandKind::kList) == static_cast<int>(Operand::Kind::kList));
static_assert(static_cast<int>(plan::Op::kUnder) == static_cast<int>(ExprNode::Op::kUnder));
static_assert(static_cast<int>(plan::NodeKind::kCompare) ==
              static_cast<int>(ExprNode::Kind::kCompare));
static_assert(static_cast<int>(plan::StepKind::kEach) ==
              static_cast<int>(syntax::PathStep::Kind::kEach));
static_assert(static_cast<int>(plan::Quantifier::kAny) ==
              static_cast<int>(ExprNode::Quantifier::kAny));

plan::OperandRecord EmitOperand(const Operand& operand, PlanSections& sections) {
  plan::OperandRecord record;
  record.kind = Same<plan::OperandKind>(operand.kind);
  record.optional = operand.optional ? 1 : 0;
  record.steps = {Size(sections.path_steps), Size(operand.path)};
  for (const syntax::PathStep& step : operand.path) {
    plan::PathStepRecord out;
    out.kind = Same<plan::StepKind>(step.kind);
    out.index = step.index;
    out.key = sections.Intern(step.key);
    sections.path_steps.push_back(out);
  }
  switch (operand.kind) {
    case Operand::Kind::kWorkspaceTag:
      record.text = sections.Intern(operand.key);
      break;
    case Operand::Kind::kLiteral:
      record.literal_type = TypeOf(operand.literal);
      if (HasText(record.literal_type)) record.text = sections.Intern(operand.literal.text);
      break;
    case Operand::Kind::kList:
      record.list = {Size(sections.literals), Size(operand.literal.items)};
      for (const Value& item : operand.literal.items) {
        plan::LiteralRecord literal;
        literal.type = TypeOf(item);
        if (HasText(literal.type)) literal.text = sections.Intern(item.text);
        sections.literals.push_back(literal);
      }
      break;
    default:
      break;
  }
  return record;
}

uint32_t EmitLike(const Operand& pattern, PlanSections& sections,
                  source::Diagnostics& diagnostics) {
  const auto nfa = automata::ParseTextGlob(pattern.literal.text);
  MCPLEXER_CHECK(nfa.has_value());  // the model accepts well-formed patterns only
  const automata::Nfa* sets[] = {&*nfa};
  const auto automaton = automata::BuildSetAutomaton(sets, nullptr);
  if (!automaton) {
    diagnostics.Report(source::Code::kAutomatonTooLarge, pattern.span, automaton.error().message);
    return plan::kNone;
  }
  return EmitAutomaton(*automaton, [](uint32_t set) { return std::vector{set}; }, sections);
}

}  // namespace

void EmitConditions(const model::Policy& policy, PlanSections& sections,
                    source::Diagnostics& diagnostics) {
  for (size_t c = 0; c < policy.rule_conditions; ++c) {
    const model::Condition& condition = policy.conditions[c];
    const auto& nodes = condition.expr.nodes;
    sections.conditions.push_back({{Size(sections.condition_nodes), Size(nodes)}});
    for (const ExprNode& node : nodes) {
      plan::ConditionNode record;
      record.kind = Same<plan::NodeKind>(node.kind);
      record.left = node.left;
      record.right = node.right;
      if (node.kind == ExprNode::Kind::kHas || node.kind == ExprNode::Kind::kCompare) {
        record.lhs = EmitOperand(node.lhs, sections);
      }
      if (node.kind == ExprNode::Kind::kCompare) {
        record.op = Same<plan::Op>(node.op);
        record.quantifier = Same<plan::Quantifier>(node.quantifier);
        record.rhs = EmitOperand(node.rhs, sections);
        if (node.op == ExprNode::Op::kLike) {
          record.rhs.automaton = EmitLike(node.rhs, sections, diagnostics);
        }
      }
      sections.condition_nodes.push_back(record);
    }
  }
}

}  // namespace mcplexer::emit
