// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/automaton.h"

namespace mcplexer::decide {
namespace {

// Of the states of one automaton, backwards: a chain is one edge and the chain behind it.
void FindChainsOf(const plan::AutomatonRecord& automaton, const plan::Tables& tables,
                  std::vector<uint8_t>& chains) {
  const plan::StateRecord* states = tables.states.data() + automaton.states_begin;
  uint8_t* lengths = chains.data() + automaton.states_begin;
  for (uint32_t state = automaton.states; state-- > 0;) {
    lengths[state] = 0;
    if (states[state].edges() != 1) continue;
    if (tables.edges[states[state].edges_begin].target() != state + 1) continue;
    // Where the next state has another `otherwise`, what does not match there leads elsewhere.
    const bool same = states[state + 1].otherwise() == states[state].otherwise();
    const uint8_t behind = same ? lengths[state + 1] : uint8_t{0};
    lengths[state] = static_cast<uint8_t>(std::min(behind + 1, 255));
  }
}

}  // namespace

std::vector<uint8_t> FindChains(const plan::Tables& tables) {
  std::vector<uint8_t> chains(tables.states.size());
  std::vector<bool> done(tables.states.size());
  for (const plan::AutomatonRecord& automaton : tables.automata) {
    // Automata share whole tables or nothing.
    if (done[automaton.states_begin]) continue;
    done[automaton.states_begin] = true;
    FindChainsOf(automaton, tables, chains);
  }
  return chains;
}

std::span<const uint32_t> SetsAlongChains(const plan::AutomatonRecord& automaton,
                                          std::string_view text, const plan::Tables& tables,
                                          std::span<const uint8_t> chains) {
  const uint8_t* byte_map = tables.byte_maps.data() + automaton.byte_map;
  const plan::StateRecord* states = tables.states.data() + automaton.states_begin;
  const uint8_t* lengths = chains.data() + automaton.states_begin;
  const auto class_at = [&](size_t i) { return byte_map[static_cast<uint8_t>(text[i])]; };
  uint32_t state = automaton.start;
  for (size_t i = 0; i < text.size();) {
    const plan::StateRecord& from = states[state];
    const uint32_t length = lengths[state];
    if (length == 0) {
      const uint32_t next = NextState(from, class_at(i++), tables.edges);
      if (next == 0) return {};                       // dead, and class 0 holds no set
      if (next == state && from.edges() == 0) break;  // never left: the rest of `a/**`
      state = next;
      continue;
    }
    // The states of a chain have one edge each, and share the edges out in order.
    const plan::EdgeRecord* edge = tables.edges.data() + from.edges_begin;
    const size_t end = std::min<size_t>(text.size(), i + length);
    const size_t begin = i;
    while (i < end && edge[i - begin].byte_class() == class_at(i)) ++i;
    if (i == end) {
      state += static_cast<uint32_t>(end - begin);
      continue;
    }
    state = from.otherwise();
    if (state == 0) return {};
    ++i;
  }
  return SetsIn(automaton, state, tables);
}

}  // namespace mcplexer::decide
