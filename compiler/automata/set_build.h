// SPDX-License-Identifier: Apache-2.0
// The two halves of building a set automaton, for code that tries several groupings and wants
// witnesses for the final ones only. Internal to the library; users want set_automaton.h.

#ifndef MCPLEXER_COMPILER_AUTOMATA_SET_BUILD_H_
#define MCPLEXER_COMPILER_AUTOMATA_SET_BUILD_H_

#include <span>
#include <tl/expected.hpp>

#include "compiler/automata/set_automaton.h"

namespace mcplexer::automata {

// All but the witnesses; a limit error names no culprits. `ids` as in BuildSetAutomaton.
tl::expected<SetAutomaton, LimitError> BuildClasses(std::span<const Nfa* const> sets,
                                                    const Dfa* universe, const Limits& limits,
                                                    std::span<const std::uint32_t> ids);

// Fills in the witnesses. `universe` as it was given to BuildClasses.
void FindClassWitnesses(SetAutomaton& automaton, const Dfa* universe);

// The positions in `sets` of those that are likely to cost most states beside the others, costliest
// first; at most five, found with at most eight constructions.
std::vector<std::uint32_t> FindCulprits(std::span<const Nfa* const> sets, const Dfa* universe,
                                        const Limits& limits);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_SET_BUILD_H_
