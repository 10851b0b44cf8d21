// SPDX-License-Identifier: Apache-2.0
#include "compiler/reference/condition.h"

#include <algorithm>

#include "compiler/reference/regex.h"
#include "runtime/base/check.h"

namespace mcplexer::reference {
namespace {

using syntax::ExprNode;
using syntax::Operand;
using syntax::PathStep;
using syntax::Value;
using Type = JsonValue::Type;

Truth Of(bool value) { return value ? Truth::kTrue : Truth::kFalse; }
Truth Not(Truth a) { return a == Truth::kUnknown ? a : Of(a == Truth::kFalse); }
Truth And(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
}
Truth Or(Truth a, Truth b) { return Not(And(Not(a), Not(b))); }

// One value that an operand stands for, or why there is none.
struct Found {
  enum class State { kValue, kMissing, kUnknown };
  State state = State::kMissing;
  JsonValue value;
};

Found Have(JsonValue value) { return {Found::State::kValue, std::move(value)}; }
Found Unknown() { return {Found::State::kUnknown, {}}; }

JsonValue String(std::string text) {
  JsonValue value;
  value.type = Type::kString;
  value.text = std::move(text);
  return value;
}

JsonValue OfLiteral(const Value& literal) {
  JsonValue value;
  switch (literal.kind) {
    case Value::Kind::kNumber:
      value.type = Type::kNumber;
      value.text = literal.text;
      break;
    case Value::Kind::kBool:
      value.type = Type::kBool;
      value.boolean = literal.boolean;
      break;
    case Value::Kind::kNull:
      break;
    case Value::Kind::kList:
      value.type = Type::kArray;
      for (const Value& item : literal.items) value.items.push_back(OfLiteral(item));
      break;
    default:
      return String(literal.text);
  }
  return value;
}

// The values at the end of a path, one for each combination of elements that `[*]` goes through.
std::vector<Found> Walk(const JsonValue& arguments, const std::vector<PathStep>& path) {
  std::vector<Found> found = {Have(arguments)};
  for (const PathStep& step : path) {
    std::vector<Found> next;
    for (Found& here : found) {
      if (here.state != Found::State::kValue) {
        next.push_back(here);
      } else if (step.kind == PathStep::Kind::kEach) {
        if (here.value.type != Type::kArray) next.push_back(Unknown());
        if (here.value.type == Type::kArray) {
          for (JsonValue& item : here.value.items) next.push_back(Have(item));
        }
      } else if (step.kind == PathStep::Kind::kKey) {
        const JsonValue* member =
            here.value.type == Type::kObject ? here.value.Find(step.key) : nullptr;
        next.push_back(member != nullptr ? Have(*member) : Found{});
      } else {
        const bool there = here.value.type == Type::kArray && step.index < here.value.items.size();
        next.push_back(there ? Have(here.value.items[step.index]) : Found{});
      }
    }
    found = std::move(next);
  }
  return found;
}

Found Size(const Found& of) {
  if (of.state != Found::State::kValue) return of;
  JsonValue size;
  size.type = Type::kNumber;
  switch (of.value.type) {
    case Type::kString:
      size.text = std::to_string(CodePoints(of.value.text));
      return Have(size);
    case Type::kArray:
      size.text = std::to_string(of.value.items.size());
      return Have(size);
    case Type::kObject:
      size.text = std::to_string(of.value.members.size());
      return Have(size);
    default:
      return Unknown();
  }
}

std::vector<Found> ValuesOf(const Operand& operand, const Context& context) {
  switch (operand.kind) {
    case Operand::Kind::kArgument:
    case Operand::Kind::kSize: {
      if (!context.arguments) return {Unknown()};
      std::vector<Found> found = Walk(*context.arguments, operand.path);
      if (operand.kind == Operand::Kind::kSize) {
        for (Found& one : found) one = Size(one);
      }
      return found;
    }
    case Operand::Kind::kSessionClient:
      return {context.client.empty() ? Unknown() : Have(String(context.client))};
    case Operand::Kind::kSessionModel:
      return {context.model.empty() ? Unknown() : Have(String(context.model))};
    case Operand::Kind::kPrincipalName:
      return {context.principal.empty() ? Unknown() : Have(String(context.principal))};
    case Operand::Kind::kPrincipalGroups: {
      JsonValue groups;
      groups.type = Type::kArray;
      for (const std::string& group : context.groups) groups.items.push_back(String(group));
      return {Have(groups)};
    }
    case Operand::Kind::kWorkspaceTag: {
      const auto it =
          std::ranges::find(*context.tags, operand.key,
                            [](const auto& tag) -> const std::string& { return tag.first; });
      return {it == context.tags->end() ? Unknown() : Have(String(it->second))};
    }
    case Operand::Kind::kLiteral:
    case Operand::Kind::kList:
      return {Have(OfLiteral(operand.literal))};
  }
  return {Unknown()};
}

Truth Equal(const JsonValue& a, const JsonValue& b) {
  if (a.type != b.type) return Truth::kUnknown;
  switch (a.type) {
    case Type::kNull:
      return Truth::kTrue;
    case Type::kBool:
      return Of(a.boolean == b.boolean);
    case Type::kString:
      return Of(a.text == b.text);
    case Type::kNumber: {
      const auto order = CompareDecimals(a.text, b.text);
      return order ? Of(*order == 0) : Truth::kUnknown;
    }
    default:
      return Truth::kUnknown;
  }
}

Truth Ordered(ExprNode::Op op, const JsonValue& a, const JsonValue& b) {
  if (a.type != Type::kNumber || b.type != Type::kNumber) return Truth::kUnknown;
  const auto order = CompareDecimals(a.text, b.text);
  if (!order) return Truth::kUnknown;
  switch (op) {
    case ExprNode::Op::kLt:
      return Of(*order < 0);
    case ExprNode::Op::kLe:
      return Of(*order <= 0);
    case ExprNode::Op::kGt:
      return Of(*order > 0);
    default:
      return Of(*order >= 0);
  }
}

// A list as long as a policy may hold, without a copy of it.
Truth InLiterals(const JsonValue& value, const Value& list) {
  Truth any = Truth::kFalse;
  for (const Value& item : list.items) {
    any = Or(any, Equal(value, OfLiteral(item)));
    if (any == Truth::kTrue) break;
  }
  return any;
}

Truth In(const JsonValue& value, const JsonValue& list) {
  if (list.type != Type::kArray) return Truth::kUnknown;
  Truth any = Truth::kFalse;
  for (const JsonValue& item : list.items) any = Or(any, Equal(value, item));
  return any;
}

Truth Under(const std::string& value, const std::string& directory, const Context& context) {
  const auto path = NormalisePath(value, context.directory);
  const auto base = DirectoryOfUnder(directory, context);
  if (!path || !base) return Truth::kUnknown;
  return Of(*path == *base || path->starts_with(*base + "/"));
}

Truth CompareValues(const ExprNode& node, const JsonValue& a, const JsonValue& b,
                    const Context& context) {
  switch (node.op) {
    case ExprNode::Op::kEq:
      return Equal(a, b);
    case ExprNode::Op::kNe:
      return Not(Equal(a, b));
    case ExprNode::Op::kIn:
      return In(a, b);
    case ExprNode::Op::kLike:
      if (a.type != Type::kString) return Truth::kUnknown;
      return Of(Matches(RegexOfGlob(b.text, GlobKind::kText), a.text));
    case ExprNode::Op::kMatches:
      if (a.type != Type::kString) return Truth::kUnknown;
      return Of(Matches(b.text, a.text));
    case ExprNode::Op::kUnder:
      if (a.type != Type::kString) return Truth::kUnknown;
      return Under(a.text, b.text, context);
    default:
      return Ordered(node.op, a, b);
  }
}

Truth Compare(const ExprNode& node, const Context& context) {
  const bool literals = node.op == ExprNode::Op::kIn && node.rhs.kind == Operand::Kind::kList;
  const std::vector<Found> right =
      literals ? std::vector{Have(JsonValue())} : ValuesOf(node.rhs, context);
  MCPLEXER_CHECK(right.size() == 1);  // `[*]` stands on the left only
  const auto one = [&](const Found& left) {
    for (const auto& [operand, value] : {std::pair(&node.lhs, &left), {&node.rhs, &right[0]}}) {
      if (value->state == Found::State::kMissing && operand->optional) return Truth::kFalse;
    }
    if (left.state != Found::State::kValue || right[0].state != Found::State::kValue) {
      return Truth::kUnknown;
    }
    return literals ? InLiterals(left.value, node.rhs.literal)
                    : CompareValues(node, left.value, right[0].value, context);
  };
  const std::vector<Found> left = ValuesOf(node.lhs, context);
  const bool any = node.quantifier == ExprNode::Quantifier::kAny;
  Truth result = Of(!any);
  for (const Found& value : left) result = any ? Or(result, one(value)) : And(result, one(value));
  return result;
}

Truth Has(const ExprNode& node, const Context& context) {
  if (!context.arguments) return Truth::kUnknown;
  return Of(Walk(*context.arguments, node.lhs.path)[0].state == Found::State::kValue);
}

}  // namespace

std::optional<std::string> DirectoryOfUnder(const std::string& directory, const Context& context) {
  if (directory == "~") return context.home;
  if (directory.starts_with("~/")) return NormalisePath(context.home + directory.substr(1), "");
  return NormalisePath(directory, context.root);
}

std::optional<std::string> NormalisePath(const std::string& value,
                                         const std::optional<std::string>& base) {
  if (value.empty() || value[0] == '~' || value.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  if (value[0] != '/' && !base) return std::nullopt;
  const std::string whole = value[0] == '/' ? value : *base + "/" + value;
  std::vector<std::string> segments;
  for (size_t begin = 0; begin <= whole.size();) {
    const size_t end = std::min(whole.find('/', begin), whole.size());
    const std::string segment = whole.substr(begin, end - begin);
    begin = end + 1;
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.push_back(segment);
    } else {
      if (segments.empty()) return std::nullopt;
      segments.pop_back();
    }
  }
  std::string normal;
  for (const std::string& segment : segments) normal += "/" + segment;
  return normal;
}

Truth EvaluateCondition(const syntax::Expr& condition, const Context& context) {
  std::vector<Truth> values;
  for (const ExprNode& node : condition.nodes) {
    switch (node.kind) {
      case ExprNode::Kind::kAnd:
        values.push_back(And(values[node.left], values[node.right]));
        break;
      case ExprNode::Kind::kOr:
        values.push_back(Or(values[node.left], values[node.right]));
        break;
      case ExprNode::Kind::kNot:
        values.push_back(Not(values[node.left]));
        break;
      case ExprNode::Kind::kHas:
        values.push_back(Has(node, context));
        break;
      case ExprNode::Kind::kCompare:
        values.push_back(Compare(node, context));
        break;
    }
  }
  return values.back();
}

}  // namespace mcplexer::reference
