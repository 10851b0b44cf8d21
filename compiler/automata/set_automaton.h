// SPDX-License-Identifier: Apache-2.0
// One automaton for many languages at once: a walk over a string tells which of them it is in.

#ifndef MCPLEXER_COMPILER_AUTOMATA_SET_AUTOMATON_H_
#define MCPLEXER_COMPILER_AUTOMATA_SET_AUTOMATON_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/automata/dfa.h"
#include "compiler/automata/nfa.h"

namespace mcplexer::automata {

// The minimal automaton over sets S_0 .. S_n-1, whose state says in which of them a string is. The
// distinct answers are its classes: they partition the universe, and each set is a union of
// classes. Class 0 is the empty list (also for what lies outside the universe); the others follow
// in lexicographic order of their lists. Equal input gives equal values. Plain data.
struct SetAutomaton {
  // labels are class numbers; minimal and canonical like a Dfa's (start is state 0)
  DfaTable table;
  // class -> the sets it lies in, ascending: class_sets[class_offsets[c] .. class_offsets[c + 1])
  std::vector<std::uint32_t> class_offsets;
  std::vector<std::uint32_t> class_sets;
  // class -> a shortest member (see witness.h). Only class 0 can have none: nullopt when the sets
  // cover the universe.
  std::vector<std::optional<std::string>> witnesses;

  std::uint32_t num_classes() const { return static_cast<std::uint32_t>(class_offsets.size()) - 1; }
  std::uint32_t ClassOf(std::string_view text) const { return table.label[table.Walk(text)]; }
  std::span<const std::uint32_t> SetsOf(std::uint32_t class_id) const {
    return std::span(class_sets)
        .subspan(class_offsets[class_id], class_offsets[class_id + 1] - class_offsets[class_id]);
  }
};

// Builds the automaton of sets[i], all cut down to `universe` (null: all byte strings). `ids` are
// the indexes under which the sets appear in the result and in errors (empty: 0, 1, ..); ascending.
// On a limit error `culprits` holds ids.
tl::expected<SetAutomaton, LimitError> BuildSetAutomaton(std::span<const Nfa* const> sets,
                                                         const Dfa* universe,
                                                         const Limits& limits = {},
                                                         std::span<const std::uint32_t> ids = {});

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_SET_AUTOMATON_H_
