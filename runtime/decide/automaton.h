// SPDX-License-Identifier: Apache-2.0
// Running a plan's automaton over some bytes. The tables were verified when the plan was loaded, so
// the walk checks nothing.
//
// A name met for the first time is one whose nodes are in no near cache, so what counts is how many
// cache lines a walk reads. A node has all of a state in one place, and all of the chain of states
// that most of a name is; looking through the few edges behind it costs less than the lines that a
// table over all bytes would take.

#ifndef MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
#define MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/plan/tables.h"

namespace mcplexer::decide {

// Where the last state of the node at `node` leads for a byte class: to the node of that number.
uint32_t NextNode(const uint32_t* node, uint32_t byte_class);

// The sets that hold `text`, ascending.
std::span<const uint32_t> SetsOf(const plan::AutomatonRecord& automaton, std::string_view text,
                                 const plan::Tables& tables);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_AUTOMATON_H_
