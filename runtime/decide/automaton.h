// SPDX-License-Identifier: Apache-2.0
// Running a plan's automaton over some bytes. The tables were verified when the plan was loaded, so
// the walk checks nothing.

#ifndef MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
#define MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/plan/tables.h"

namespace mcplexer::decide {

// The sets that hold `text`, ascending.
inline std::span<const uint32_t> SetsOf(const plan::AutomatonRecord& automaton,
                                        std::string_view text, const plan::Tables& tables) {
  const uint8_t* byte_map = tables.byte_maps.data() + automaton.byte_map;
  const uint32_t* transitions = tables.transitions.data() + automaton.transitions;
  const size_t width = automaton.byte_classes;
  size_t state = automaton.start;
  for (const char c : text) {
    state = transitions[state * width + byte_map[static_cast<uint8_t>(c)]];
    if (state == 0) return {};  // dead, and class 0 holds no set
  }
  const uint32_t number = tables.state_classes[automaton.state_classes + state];
  return plan::Slice(tables.class_sets, tables.classes[automaton.classes.begin + number].sets);
}

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
