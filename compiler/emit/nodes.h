// SPDX-License-Identifier: Apache-2.0
// An automaton's states as a plan's nodes (docs/plan-format.md, "Node").

#ifndef MCPLEXER_COMPILER_EMIT_NODES_H_
#define MCPLEXER_COMPILER_EMIT_NODES_H_

#include <cstdint>
#include <vector>

#include "compiler/automata/dfa.h"

namespace mcplexer::emit {

struct Nodes {
  std::vector<uint32_t> words;
  uint32_t start = 0;   // a word
  uint32_t states = 0;  // that the nodes hold
  // Of each label its class. Numbered as the nodes first have them, after 0 for label 0: where the
  // same states mean other sets, they have the same classes nevertheless.
  std::vector<uint32_t> class_of_label;
};

// All states of `table` are reached from its start, and its labels are below `labels`.
Nodes MakeNodes(const automata::DfaTable& table, uint32_t labels);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_NODES_H_
