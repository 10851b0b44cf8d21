// SPDX-License-Identifier: Apache-2.0
// The tables that a decision walks: automata, and per workspace the buckets of rules.

#ifndef MCPLEXER_COMPILER_EMIT_TABLES_H_
#define MCPLEXER_COMPILER_EMIT_TABLES_H_

#include <functional>
#include <span>
#include <vector>

#include "compiler/analysis/space.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/emit/plan_writer.h"

namespace mcplexer::emit {

// The sets that one of an automaton's languages stands for, ascending.
using SetsOfLanguage = std::function<std::vector<uint32_t>(uint32_t language)>;

// The index of the automaton, which is appended unless there is one like it; its tables are shared
// with others that have the same. In a plan state 0 is dead and class 0 holds nothing, so states
// are renumbered.
uint32_t EmitAutomaton(const automata::SetAutomaton& automaton, const SetsOfLanguage& sets,
                       PlanSections& sections);

// All automata of a field, next to each other; those of an earlier field with the same `sets_end`
// where they are the same. They will be asked about members of `universe` only. `sets_end`: what a
// reader is told that all of their sets are below.
plan::Range EmitField(const analysis::Field& field, const automata::Dfa& universe,
                      const SetsOfLanguage& sets, uint32_t sets_end, PlanSections& sections);

// Path automata, path sets, buckets and entries of every workspace; the workspace records are
// there already.
void EmitWorkspaceTables(const analysis::Space& space, PlanSections& sections);

// Bounds on what one decision can meet, for plan::Meta.
void EmitBounds(const analysis::Space& space, PlanSections& sections);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_TABLES_H_
