// SPDX-License-Identifier: Apache-2.0
// What an automaton says outside of its universe is never asked, so it may say anything there, and
// says what makes it small.

#ifndef MCPLEXER_COMPILER_AUTOMATA_SIMPLIFY_H_
#define MCPLEXER_COMPILER_AUTOMATA_SIMPLIFY_H_

#include "compiler/automata/dfa.h"

namespace mcplexer::automata {

// A minimal automaton in canonical form (as of Minimize, as `table` is) with the same label for
// every member of `universe`, and not larger. For other strings its label is any of those of
// `table`, or 0.
DfaTable SimplifyWithin(const DfaTable& table, const Dfa& universe);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_SIMPLIFY_H_
