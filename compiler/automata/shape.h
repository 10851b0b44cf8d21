// SPDX-License-Identifier: Apache-2.0
// How a language will behave beside others in one automaton. Internal to the library.
//
// Run side by side, k automata reach a product of their states. Where each has a long-lived state
// with something left to wait for (the loop of `*x*` before the x), the product has all 2^k
// combinations. Where what loops accepts everything from there on (`x*`), nothing multiplies: the
// set of sinks reached is decided by the string's beginning, which at most one branch of a trie
// follows.

#ifndef MCPLEXER_COMPILER_AUTOMATA_SHAPE_H_
#define MCPLEXER_COMPILER_AUTOMATA_SHAPE_H_

#include <cstdint>

#include "compiler/automata/dfa.h"

namespace mcplexer::automata {

enum class Shape {
  kAnchored,         // no loop but "everything from here on": literals, `x*`, `src/**`
  kSegmentWildcard,  // also loops over one path segment: `src/*/x`
  kSuffix,           // one loop that holds all states: `*_x`, `**/Makefile`
  kFloating,         // any other: `*x*`, `**/x/**`, `a*b*c`
};

struct ShapeOf {
  Shape shape = Shape::kAnchored;
  std::uint32_t waiting_states =
      0;  // states on or between loops in which something is left to wait for
};

// Of a language that lies within `universe`.
ShapeOf ClassifyShape(const Dfa& dfa, const Dfa& universe);

// A cheap sufficient test on the NFA: false says nothing.
bool IsPlainlyAnchored(const Nfa& nfa, const Dfa& universe);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_SHAPE_H_
