// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/conditions.h"

#include <span>
#include <string>

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

plan::ConditionNode EmitNode(const ExprNode& node, PlanSections& sections,
                             source::Diagnostics& diagnostics) {
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
  return record;
}

// The sections that a condition's parts go to, as they were before it.
class Mark {
 public:
  explicit Mark(PlanSections& sections)
      : sections_(sections),
        nodes_(Size(sections.condition_nodes)),
        steps_(Size(sections.path_steps)),
        literals_(Size(sections.literals)) {}

  plan::Range nodes() const { return {nodes_, Size(sections_.condition_nodes) - nodes_}; }

  // What was appended since, wherever it lies.
  std::string Content() const {
    std::vector<plan::ConditionNode> nodes(sections_.condition_nodes.begin() + nodes_,
                                           sections_.condition_nodes.end());
    for (plan::ConditionNode& node : nodes) {
      for (plan::OperandRecord* operand : {&node.lhs, &node.rhs}) {
        Shift(steps_, &operand->steps);
        Shift(literals_, &operand->list);
      }
    }
    const uint32_t count = Size(nodes);
    return ContentOf<uint32_t>({&count, 1}) + ContentOf<plan::ConditionNode>(nodes) +
           ContentOf(std::span<const plan::PathStepRecord>(sections_.path_steps).subspan(steps_)) +
           ContentOf(std::span<const plan::LiteralRecord>(sections_.literals).subspan(literals_));
  }

  // Texts stay: they are there already when all else is.
  void TakeBack() {
    sections_.condition_nodes.resize(nodes_);
    sections_.path_steps.resize(steps_);
    sections_.literals.resize(literals_);
  }

 private:
  static void Shift(uint32_t by, plan::Range* range) {
    range->begin = range->count == 0 ? 0 : range->begin - by;
  }

  PlanSections& sections_;
  const uint32_t nodes_;
  const uint32_t steps_;
  const uint32_t literals_;
};

}  // namespace

std::vector<uint32_t> EmitConditions(const model::Policy& policy, PlanSections& sections,
                                     source::Diagnostics& diagnostics) {
  std::vector<uint32_t> places;
  for (size_t c = 0; c < policy.rule_conditions; ++c) {
    Mark before(sections);
    for (const ExprNode& node : policy.conditions[c].expr.nodes) {
      sections.condition_nodes.push_back(EmitNode(node, sections, diagnostics));
    }
    const uint32_t end = Size(sections.conditions);
    places.push_back(sections.Share(plan::SectionId::kConditions, before.Content(), end));
    if (places.back() == end) {
      sections.conditions.push_back({before.nodes()});
    } else {
      before.TakeBack();
    }
  }
  return places;
}

}  // namespace mcplexer::emit
