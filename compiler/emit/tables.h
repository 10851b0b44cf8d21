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
// with others that have the same.
uint32_t EmitAutomaton(const automata::SetAutomaton& automaton, const SetsOfLanguage& sets,
                       PlanSections& sections);

// The record of an automaton whose tables are appended unless there are some like them. `states`
// are its own, or say the same wherever they will be asked.
plan::AutomatonRecord PlaceAutomaton(const automata::SetAutomaton& automaton,
                                     const automata::DfaTable& states, const SetsOfLanguage& sets,
                                     PlanSections& sections);

// All automata of a field, next to each other; those of an earlier field where they are the same.
// They will be asked about members of `universe` only.
plan::Range EmitField(const analysis::Field& field, const automata::Dfa& universe,
                      const SetsOfLanguage& sets, PlanSections& sections);

// Path automata, buckets and entries of every workspace; the workspace records are
// there already.
void EmitWorkspaceTables(const analysis::Space& space, PlanSections& sections);

// Bounds on what one decision can meet, for plan::Meta.
void EmitBounds(const analysis::Space& space, PlanSections& sections);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_TABLES_H_
