// SPDX-License-Identifier: Apache-2.0
// The subset construction over many NFAs at once, and minimisation. Internal to the library; users
// want ToDfa and BuildSetAutomaton.

#ifndef MCPLEXER_COMPILER_AUTOMATA_DETERMINIZE_H_
#define MCPLEXER_COMPILER_AUTOMATA_DETERMINIZE_H_

#include <cstdint>
#include <span>
#include <tl/expected.hpp>

#include "compiler/automata/dfa.h"
#include "compiler/automata/interner.h"

namespace mcplexer::automata {

struct LabelledSubsets {
  DfaTable table;          // not minimal; labels are ids in `lists`
  SequenceInterner lists;  // ascending set indexes; id 0 is the empty list
};

// Runs all NFAs side by side. With a universe, strings outside it get label 0. Only the states that
// are live are carried, so patterns that have died cost nothing from there on.
tl::expected<LabelledSubsets, LimitError> DeterminizeSets(std::span<const Nfa* const> sets,
                                                          const Nfa* universe,
                                                          const Limits& limits);

// The minimal automaton with the same label for every string, in canonical form: start is state 0,
// states in breadth-first order over byte classes, byte classes in order of their first byte.
DfaTable Minimize(const DfaTable& table);

// That form of what a table without two equivalent states is from `start` on.
DfaTable Canonical(const DfaTable& table, std::uint32_t start);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_DETERMINIZE_H_
