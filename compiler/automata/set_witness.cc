// SPDX-License-Identifier: Apache-2.0
// A shortest member of every class, by one breadth-first walk over the automaton beside that of
// UTF-8: the first state of a class that the walk meets where a code point ends gives its witness.
// Classes that hold no valid UTF-8 get theirs from a second walk without it, and class 0 from walks
// beside the universe, because its states also stand for what lies outside.
#include <algorithm>
#include <vector>

#include "compiler/automata/interner.h"
#include "compiler/automata/set_build.h"
#include "compiler/automata/universe.h"
#include "compiler/automata/witness.h"

namespace mcplexer::automata {
namespace {

Dfa Everything() {
  DfaTable table;
  table.next = {0};
  table.label = {1};
  return Dfa::FromTable(std::move(table));
}

class ClassWalk {
 public:
  explicit ClassWalk(SetAutomaton& automaton) : automaton_(automaton) {}

  // Finds the missing witnesses of classes first..last among the strings of `companion`.
  void Run(const Dfa& companion, std::uint32_t first, std::uint32_t last) {
    std::uint32_t missing = 0;
    for (std::uint32_t c = first; c <= last && c < automaton_.num_classes(); ++c) {
      missing += automaton_.witnesses[c].has_value() ? 0 : 1;
    }
    if (missing == 0) return;
    const DfaTable& table = automaton_.table;
    const std::vector<std::uint8_t> bytes = Representatives(companion);
    const std::uint32_t width = companion.num_states();
    std::vector<bool> visited(std::size_t{table.num_states()} * width, false);
    nodes_.clear();
    const auto visit = [&](Node node) {
      if (node.companion == companion.dead_state()) return;
      const std::size_t index = std::size_t{node.state} * width + node.companion;
      if (visited[index]) return;
      visited[index] = true;
      nodes_.push_back(node);
    };
    visit({.state = table.start, .companion = companion.table().start, .from = 0, .byte = 0});
    for (std::uint32_t id = 0; id < nodes_.size() && missing > 0; ++id) {
      const Node node = nodes_[id];
      const std::uint32_t class_id = table.label[node.state];
      if (class_id >= first && class_id <= last && companion.accepting(node.companion) &&
          !automaton_.witnesses[class_id]) {
        automaton_.witnesses[class_id] = StringOf(id);
        --missing;
      }
      for (std::uint8_t byte : bytes) {
        visit({.state = table.Step(node.state, byte),
               .companion = companion.table().Step(node.companion, byte),
               .from = id,
               .byte = byte});
      }
    }
  }

 private:
  struct Node {
    std::uint32_t state;
    std::uint32_t companion;
    std::uint32_t from;
    std::uint8_t byte;
  };

  // One byte for each pair of classes.
  std::vector<std::uint8_t> Representatives(const Dfa& companion) const {
    std::vector<std::uint8_t> result;
    SequenceInterner pairs;
    for (std::uint8_t byte : PreferredBytes()) {
      const std::uint32_t pair[] = {automaton_.table.byte_map[byte],
                                    companion.table().byte_map[byte]};
      pairs.Intern(pair);
      if (pairs.size() > result.size()) result.push_back(byte);
    }
    return result;
  }

  std::string StringOf(std::uint32_t id) const {
    std::string text;
    for (; id != 0; id = nodes_[id].from) text.push_back(static_cast<char>(nodes_[id].byte));
    std::ranges::reverse(text);
    return text;
  }

  SetAutomaton& automaton_;
  std::vector<Node> nodes_;
};

}  // namespace

void FindClassWitnesses(SetAutomaton& automaton, const Dfa* universe) {
  automaton.witnesses.assign(automaton.num_classes(), std::nullopt);
  const Dfa everything = Everything();
  const Dfa& outer = universe == nullptr ? everything : *universe;
  ClassWalk walk(automaton);
  walk.Run(Utf8Universe(), 1, UINT32_MAX);
  walk.Run(everything, 1, UINT32_MAX);
  // A universe is small, so its product with UTF-8 is far below any limit.
  if (const auto readable = Intersection(outer, Utf8Universe())) walk.Run(*readable, 0, 0);
  walk.Run(outer, 0, 0);
}

}  // namespace mcplexer::automata
