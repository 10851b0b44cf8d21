// SPDX-License-Identifier: Apache-2.0
// Conditions: each is one tree in postfix order, checked by the stack machine that could run it,
// and every operand has the shape its place demands.

#include <algorithm>
#include <cstring>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

bool IsUnused(const OperandRecord& o) {
  static constexpr OperandRecord kUnused{};
  return std::memcmp(&o, &kUnused, sizeof o) == 0;
}

// What members an operand of a kind may fill. All others hold the default.
struct Shape {
  bool literal_type = false;
  bool optional = false;
  bool steps = false;
  bool text = false;
  bool list = false;
};

Shape ShapeOf(const OperandRecord& o) {
  switch (o.kind) {
    case OperandKind::kArgument:
    case OperandKind::kSize:
      return {.optional = true, .steps = true};
    case OperandKind::kWorkspaceTag:
      return {.text = true};
    case OperandKind::kLiteral:
      return {
          .literal_type = true,
          .text = o.literal_type == LiteralType::kString || o.literal_type == LiteralType::kNumber};
    case OperandKind::kList:
      return {.list = true};
    default:
      return {};
  }
}

Fault CheckOperand(const OperandRecord& o, const Tables& t) {
  if (!IsEnum(o.kind, OperandKind::kList) || !IsEnum(o.literal_type, LiteralType::kNull)) {
    return "unknown enumerator in an operand";
  }
  if (o.optional > 1 || o.reserved != 0) return "flag is not 0 or 1, or reserved byte is not 0";
  if (!IsText(o.text, t) || !InRange(o.steps, t.path_steps) || !InRange(o.list, t.literals)) {
    return "operand out of bounds";
  }
  const Shape shape = ShapeOf(o);
  if ((!shape.literal_type && o.literal_type != LiteralType::kString) ||
      (!shape.optional && o.optional != 0) || shape.steps != (o.steps.count > 0) ||
      (!shape.text && o.text.size != 0) || (!shape.list && o.list.count != 0)) {
    return "operand holds what its kind does not have, or lacks what it has";
  }
  return nullptr;
}

bool IsStringLiteral(const OperandRecord& o) {
  return o.kind == OperandKind::kLiteral && o.literal_type == LiteralType::kString;
}

// {none, {0}}: class 1 is "matches".
bool IsPatternAutomaton(uint32_t index, const Tables& t) {
  if (!IsIndex(index, t.automata)) return false;
  const auto classes = Slice(t.classes, t.automata[index].classes);
  return classes.size() == 2 && classes[1].sets.count == 1 &&
         t.class_sets[classes[1].sets.begin] == 0;
}

Fault CheckCompare(const ConditionNode& n, const BadCount& each_steps, const Tables& t) {
  for (const OperandRecord* o : {&n.lhs, &n.rhs}) {
    if (const Fault fault = CheckOperand(*o, t); fault != nullptr) return fault;
  }
  if (n.lhs.kind == OperandKind::kList || n.lhs.automaton != kNone) {
    return "left operand is a list or has an automaton";
  }
  if ((n.rhs.kind == OperandKind::kList) && n.op != Op::kIn) return "a list not right of `in`";
  if (n.op == Op::kIn && n.rhs.kind == OperandKind::kLiteral) return "a literal right of `in`";
  if ((n.op == Op::kLike || n.op == Op::kMatches || n.op == Op::kUnder) &&
      !IsStringLiteral(n.rhs)) {
    return "right operand is not a literal string";
  }
  if (n.op == Op::kLike ? !IsPatternAutomaton(n.rhs.automaton, t) : n.rhs.automaton != kNone) {
    return "`like` without its automaton, or another operator with one";
  }
  if (each_steps.NoneIn(n.lhs.steps) != (n.quantifier == Quantifier::kSingle)) {
    return "a quantifier without `[*]`, or the reverse";
  }
  if (!each_steps.NoneIn(n.rhs.steps)) return "`[*]` on the right";
  return nullptr;
}

Fault CheckHas(const ConditionNode& n, const BadCount& each_steps, const Tables& t) {
  if (const Fault fault = CheckOperand(n.lhs, t); fault != nullptr) return fault;
  if (n.lhs.kind != OperandKind::kArgument || n.lhs.optional != 0 || n.lhs.automaton != kNone) {
    return "`has` of something else than an argument";
  }
  if (!each_steps.NoneIn(n.lhs.steps)) return "`has` with `[*]`";
  return IsUnused(n.rhs) ? nullptr : "`has` with a right operand";
}

Fault CheckLeaf(const ConditionNode& n, const BadCount& each_steps, const Tables& t) {
  if (n.left != 0 || n.right != 0) return "a leaf with operands of an operator";
  if (n.kind == NodeKind::kCompare) return CheckCompare(n, each_steps, t);
  if (n.op != Op::kEq || n.quantifier != Quantifier::kSingle) return "`has` with an operator";
  return CheckHas(n, each_steps, t);
}

// `stack` holds the numbers of the nodes that no operator has consumed yet.
Fault Reduce(const ConditionNode& n, std::vector<uint32_t>& stack) {
  if (n.op != Op::kEq || n.quantifier != Quantifier::kSingle || !IsUnused(n.lhs) ||
      !IsUnused(n.rhs)) {
    return "an operator with operands of a comparison";
  }
  if (n.kind == NodeKind::kNot) {
    if (n.right != 0) return "`not` with two operands";
  } else {
    if (stack.empty() || stack.back() != n.right) return "not in postfix order";
    stack.pop_back();
  }
  if (stack.empty() || stack.back() != n.left) return "not in postfix order";
  stack.pop_back();
  return nullptr;
}

class ConditionCheck {
 public:
  explicit ConditionCheck(const Tables& tables)
      : tables_(tables),
        nodes_(tables.condition_nodes),
        each_steps_(tables.path_steps.size(),
                    [&](size_t i) { return tables.path_steps[i].kind == StepKind::kEach; }) {}

  Fault operator()(const ConditionRecord& condition) {
    if (condition.nodes.count == 0) return "no nodes";
    if (!nodes_.Next(condition.nodes)) return "conditions do not share out the nodes in order";
    stack_.clear();
    uint32_t number = 0;
    for (const ConditionNode& n : Slice(tables_.condition_nodes, condition.nodes)) {
      if (const Fault fault = CheckNode(n); fault != nullptr) return fault;
      stack_.push_back(number++);
    }
    return stack_.size() == 1 ? nullptr : "more than one root";
  }

  bool Full() const { return nodes_.Full(); }

 private:
  Fault CheckNode(const ConditionNode& n) {
    if (!IsEnum(n.kind, NodeKind::kCompare) || !IsEnum(n.op, Op::kUnder) ||
        !IsEnum(n.quantifier, Quantifier::kAny)) {
      return "unknown enumerator";
    }
    if (n.reserved != 0) return "reserved byte is not 0";
    if (n.kind == NodeKind::kHas || n.kind == NodeKind::kCompare) {
      return CheckLeaf(n, each_steps_, tables_);
    }
    return Reduce(n, stack_);
  }

  const Tables& tables_;
  Partition<ConditionNode> nodes_;
  BadCount each_steps_;
  std::vector<uint32_t> stack_;
};

Fault CheckStep(const PathStepRecord& s, const Tables& t) {
  if (!IsEnum(s.kind, StepKind::kEach)) return "unknown kind";
  if (!IsText(s.key, t)) return "text out of bounds";
  if ((s.kind != StepKind::kKey && s.key.size != 0) ||
      (s.kind != StepKind::kIndex && s.index != 0)) {
    return "holds what its kind does not have";
  }
  return nullptr;
}

Fault CheckLiteral(const LiteralRecord& l, const Tables& t) {
  if (!IsEnum(l.type, LiteralType::kNull)) return "unknown type";
  if (l.reserved[0] != 0 || l.reserved[1] != 0 || l.reserved[2] != 0)
    return "reserved byte is not 0";
  if (!IsText(l.text, t)) return "text out of bounds";
  const bool has_text = l.type == LiteralType::kString || l.type == LiteralType::kNumber;
  return has_text || l.text.size == 0 ? nullptr : "a text that its type does not have";
}

}  // namespace

Status VerifyConditions(const Tables& t) {
  Status steps =
      Each("path_steps", t.path_steps, [&](const PathStepRecord& s) { return CheckStep(s, t); });
  if (!steps) return steps;
  Status literals =
      Each("literals", t.literals, [&](const LiteralRecord& l) { return CheckLiteral(l, t); });
  if (!literals) return literals;
  ConditionCheck check(t);
  Status conditions = Each("conditions", t.conditions, std::ref(check));
  if (!conditions) return conditions;
  if (!check.Full()) return Fail("plan: a condition node belongs to no condition");
  return {};
}

}  // namespace mcplexer::plan::verify
