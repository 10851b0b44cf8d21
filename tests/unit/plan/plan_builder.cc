// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/plan/plan_builder.h"

#include <algorithm>
#include <set>

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
  std::map<std::vector<uint32_t>, uint32_t> class_numbers = {{{}, 0}};
  std::vector<std::vector<uint32_t>> classes = {{}};

  AutomatonRecord record;
  record.byte_map = Size(out.byte_maps);
  record.byte_classes = Size(representative);
  record.start = number_of(subsets.Start());
  record.states_begin = Size(out.states);
  record.state_classes = Size(out.state_classes);
  out.byte_maps.insert(out.byte_maps.end(), byte_map.begin(), byte_map.end());
  for (size_t s = 0; s < states.size(); ++s) {
    StateRecord state;
    state.edges_begin = Size(out.edges);
    const uint32_t otherwise = number_of(subsets.Next(states[s], representative[0]));
    for (uint32_t c = 1; c < representative.size(); ++c) {
      const uint32_t next = number_of(subsets.Next(states[s], representative[c]));
      if (next != otherwise) out.edges.push_back({PackState(next, c)});
    }
    state.otherwise_and_edges = PackState(otherwise, Size(out.edges) - state.edges_begin);
    out.states.push_back(state);
    const std::vector<uint32_t> accepted = subsets.Accepted(states[s]);
    const auto [at, added] = class_numbers.try_emplace(accepted, Size(classes));
    if (added) classes.push_back(accepted);
    out.state_classes.push_back(at->second);
  }
  record.states = Size(states);
  record.classes = {Size(out.classes), Size(classes)};
  for (const std::vector<uint32_t>& members : classes) {
    out.classes.push_back({{Size(out.class_sets), Size(members)}});
    out.class_sets.insert(out.class_sets.end(), members.begin(), members.end());
  }
  out.automata.push_back(record);
  return Size(out.automata) - 1;
}

}  // namespace mcplexer::plan::testing
