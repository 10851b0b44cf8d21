// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/plan/plan_builder.h"

#include <algorithm>
#include <set>

#include "compiler/emit/tables.h"
#include "runtime/base/check.h"

namespace mcplexer::plan::testing {

namespace {

using emit::Size;

Operand Simple(OperandKind kind, std::string text = "") {
  Operand operand;
  operand.kind = kind;
  operand.text = std::move(text);
  return operand;
}

Operand Literal(LiteralType type, std::string text = "") {
  Operand operand = Simple(OperandKind::kLiteral, std::move(text));
  operand.type = type;
  return operand;
}

Condition Leaf(NodeKind kind, Op op, Quantifier quantifier, Operand lhs, Operand rhs) {
  return {{{kind, op, quantifier, std::move(lhs), std::move(rhs)}}};
}

Condition Join(Condition a, const Condition& b, NodeKind kind) {
  a.nodes.insert(a.nodes.end(), b.nodes.begin(), b.nodes.end());
  a.nodes.push_back({kind, Op::kEq, Quantifier::kSingle, {}, {}});
  return a;
}

}  // namespace

Operand Arg(std::string path) { return Simple(OperandKind::kArgument, std::move(path)); }
Operand OptionalArg(std::string path) {
  Operand operand = Arg(std::move(path));
  operand.optional = true;
  return operand;
}
Operand Size(std::string path) { return Simple(OperandKind::kSize, std::move(path)); }
Operand Client() { return Simple(OperandKind::kSessionClient); }
Operand Model() { return Simple(OperandKind::kSessionModel); }
Operand PrincipalName() { return Simple(OperandKind::kPrincipalName); }
Operand Groups() { return Simple(OperandKind::kPrincipalGroups); }
Operand Tag(std::string key) { return Simple(OperandKind::kWorkspaceTag, std::move(key)); }
Operand Str(std::string text) { return Literal(LiteralType::kString, std::move(text)); }
Operand Num(std::string text) { return Literal(LiteralType::kNumber, std::move(text)); }
Operand True() { return Literal(LiteralType::kTrue); }
Operand False() { return Literal(LiteralType::kFalse); }
Operand Null() { return Literal(LiteralType::kNull); }
Operand List(std::vector<Operand> items) {
  Operand operand = Simple(OperandKind::kList);
  operand.list = std::move(items);
  return operand;
}

Condition Compare(Operand lhs, Op op, Operand rhs) {
  return Leaf(NodeKind::kCompare, op, Quantifier::kSingle, std::move(lhs), std::move(rhs));
}
Condition All(Operand lhs, Op op, Operand rhs) {
  return Leaf(NodeKind::kCompare, op, Quantifier::kAll, std::move(lhs), std::move(rhs));
}
Condition Any(Operand lhs, Op op, Operand rhs) {
  return Leaf(NodeKind::kCompare, op, Quantifier::kAny, std::move(lhs), std::move(rhs));
}
Condition Has(std::string path) {
  return Leaf(NodeKind::kHas, Op::kEq, Quantifier::kSingle, Arg(std::move(path)), {});
}
Condition And(Condition a, Condition b) { return Join(std::move(a), b, NodeKind::kAnd); }
Condition Or(Condition a, Condition b) { return Join(std::move(a), b, NodeKind::kOr); }
Condition Not(Condition a) { return Join(std::move(a), {}, NodeKind::kNot); }

namespace {

// A glob of a set, and how much of it has been read.
struct Item {
  size_t set;
  size_t glob;
  size_t position;
  friend auto operator<=>(const Item&, const Item&) = default;
};
using Items = std::set<Item>;

class Subsets {
 public:
  explicit Subsets(const std::vector<GlobSet>& sets) : sets_(sets) {}

  Items Start() const {
    Items items;
    for (size_t s = 0; s < sets_.size(); ++s) {
      for (size_t g = 0; g < sets_[s].globs.size(); ++g) items.insert({s, g, 0});
    }
    return Close(items);
  }

  Items Next(const Items& items, char byte) const {
    Items next;
    for (const Item& item : items) {
      const std::string& glob = Glob(item);
      if (item.position == glob.size()) continue;
      const char want = glob[item.position];
      if (want == '*') next.insert(item);
      if (want == '?' || (want != '*' && want == byte)) {
        next.insert({item.set, item.glob, item.position + 1});
      }
    }
    return Close(next);
  }

  std::vector<uint32_t> Accepted(const Items& items) const {
    std::set<uint32_t> numbers;
    for (const Item& item : items) {
      if (item.position == Glob(item).size()) numbers.insert(sets_[item.set].number);
    }
    return {numbers.begin(), numbers.end()};
  }

 private:
  const std::string& Glob(const Item& item) const { return sets_[item.set].globs[item.glob]; }

  Items Close(Items items) const {
    std::vector<Item> todo(items.begin(), items.end());
    while (!todo.empty()) {
      Item item = todo.back();
      todo.pop_back();
      const std::string& glob = Glob(item);
      if (item.position < glob.size() && glob[item.position] == '*') {
        ++item.position;
        if (items.insert(item).second) todo.push_back(item);
      }
    }
    return items;
  }

  const std::vector<GlobSet>& sets_;
};

}  // namespace

uint32_t AddAutomaton(const std::vector<GlobSet>& sets, emit::PlanSections& out) {
  // Byte class 0 is "any byte that no glob names".
  std::vector<uint8_t> byte_map(256, 0);
  std::vector<char> representative = {'\x01'};
  for (const GlobSet& set : sets) {
    for (const std::string& glob : set.globs) {
      for (const char c : glob) {
        uint8_t& byte_class = byte_map[static_cast<uint8_t>(c)];
        if (c == '*' || c == '?' || byte_class != 0) continue;
        byte_class = static_cast<uint8_t>(representative.size());
        representative.push_back(c);
      }
    }
  }
  const Subsets subsets(sets);
  std::map<Items, uint32_t> numbers = {{Items{}, 0}};
  std::vector<Items> states = {Items{}};
  const auto number_of = [&](const Items& items) {
    const auto [at, added] = numbers.try_emplace(items, Size(states));
    if (added) states.push_back(items);
    return at->second;
  };
  std::map<std::vector<uint32_t>, uint32_t> labels = {{{}, 0}};
  automata::SetAutomaton automaton;
  automaton.class_offsets = {0, 0};
  std::copy(byte_map.begin(), byte_map.end(), automaton.table.byte_map.begin());
  automaton.table.num_byte_classes = Size(representative);
  automaton.table.start = number_of(subsets.Start());
  for (size_t s = 0; s < states.size(); ++s) {
    for (const char byte : representative) {
      automaton.table.next.push_back(number_of(subsets.Next(states[s], byte)));
    }
    const std::vector<uint32_t> accepted = subsets.Accepted(states[s]);
    const auto [at, added] = labels.try_emplace(accepted, Size(automaton.class_offsets) - 1);
    if (added) {
      automaton.class_sets.insert(automaton.class_sets.end(), accepted.begin(), accepted.end());
      automaton.class_offsets.push_back(Size(automaton.class_sets));
    }
    automaton.table.label.push_back(at->second);
  }
  out.automata.push_back(emit::PlaceAutomaton(
      automaton, automaton.table, [](uint32_t set) { return std::vector{set}; }, out));
  return Size(out.automata) - 1;
}

}  // namespace mcplexer::plan::testing
