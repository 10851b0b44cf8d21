// SPDX-License-Identifier: Apache-2.0
// Running a plan's automaton over some bytes. The tables were verified when the plan was loaded, so
// the walk checks nothing.
//
// Nearly all states have one or two edges, and looking through these costs less than the cache
// lines that a table over all bytes would take: a name met for the first time is one whose states
// are in no near cache.
//
// Most of a name is a chain: states with one edge each, to the state with the next number. Their
// edges lie in one piece, so where chains are known (FindChains) such a state's record need not be
// read, and no byte waits for the one before.

#ifndef MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
#define MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/plan/tables.h"

namespace mcplexer::decide {

inline uint32_t NextState(const plan::StateRecord& state, uint32_t byte_class,
                          std::span<const plan::EdgeRecord> all) {
  const plan::EdgeRecord* edge = all.data() + state.edges_begin;
  const plan::EdgeRecord* const end = edge + state.edges();
  // Where patterns fan out a bisection saves more than it costs.
  constexpr uint32_t kMostLookedThrough = 8;
  if (state.edges() > kMostLookedThrough) {
    edge = std::lower_bound(edge, end, byte_class, [](const plan::EdgeRecord& e, uint32_t sought) {
      return e.byte_class() < sought;
    });
    return edge != end && edge->byte_class() == byte_class ? edge->target() : state.otherwise();
  }
  for (; edge != end; ++edge) {
    if (edge->byte_class() == byte_class) return edge->target();
  }
  return state.otherwise();
}

// The sets that hold a text which ends in `state`, ascending.
inline std::span<const uint32_t> SetsIn(const plan::AutomatonRecord& automaton, uint32_t state,
                                        const plan::Tables& tables) {
  const uint32_t number = tables.state_classes[automaton.state_classes + state];
  return plan::Slice(tables.class_sets, tables.classes[automaton.classes.begin + number].sets);
}

// The sets that hold `text`, ascending.
inline std::span<const uint32_t> SetsOf(const plan::AutomatonRecord& automaton,
                                        std::string_view text, const plan::Tables& tables) {
  const uint8_t* byte_map = tables.byte_maps.data() + automaton.byte_map;
  const plan::StateRecord* states = tables.states.data() + automaton.states_begin;
  uint32_t state = automaton.start;
  for (const char c : text) {
    state = NextState(states[state], byte_map[static_cast<uint8_t>(c)], tables.edges);
    if (state == 0) return {};  // dead, and class 0 holds no set
  }
  return SetsIn(automaton, state, tables);
}

// For each state of the section how many edges can be followed from it, one after the other, that
// lead to the next number and are their states' only ones, all of which have one `otherwise`. At
// most 255.
std::vector<uint8_t> FindChains(const plan::Tables& tables);

// The same as SetsOf. `chains` are those of FindChains.
std::span<const uint32_t> SetsAlongChains(const plan::AutomatonRecord& automaton,
                                          std::string_view text, const plan::Tables& tables,
                                          std::span<const uint8_t> chains);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
