// SPDX-License-Identifier: Apache-2.0
// Many sets spread over several automata, so that those that multiply are kept apart.

#ifndef MCPLEXER_COMPILER_AUTOMATA_PARTITION_H_
#define MCPLEXER_COMPILER_AUTOMATA_PARTITION_H_

#include <cstdint>
#include <span>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/automata/set_automaton.h"

namespace mcplexer::automata {

struct PartitionOptions {
  Limits limits;
  // The most states of an automaton that holds suffix or floating sets. 4,096 states of 40 byte
  // classes are 640 KB, and some ten `*x*` fit; more would not stay in a second-level cache.
  std::uint32_t max_packed_states = 4096;
};

struct PartitionedSets {
  struct Part {
    std::vector<std::uint32_t> sets;  // ascending indexes of the sets in this part
    SetAutomaton automaton;           // its lists hold the same indexes
  };
  std::vector<Part> parts;
  // set -> the part that holds it
  std::vector<std::uint32_t> part_of;
};

// Puts every set into exactly one automaton: those anchored at the front together, suffixes (`*_x`)
// and floating ones (`*x*`, `**/x/**`) packed in order under max_packed_states (one that is larger
// alone gets an automaton of its own). All cut down to `universe` (null: all byte strings).
// Deterministic. A limit error names the culprits by set index.
tl::expected<PartitionedSets, LimitError> PartitionSets(std::span<const Nfa* const> sets,
                                                        const Dfa* universe,
                                                        const PartitionOptions& options = {});

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_PARTITION_H_
