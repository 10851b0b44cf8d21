// SPDX-License-Identifier: Apache-2.0
// The limits of the automata library and the two ways in which it says no.

#ifndef MCPLEXER_COMPILER_AUTOMATA_LIMITS_H_
#define MCPLEXER_COMPILER_AUTOMATA_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mcplexer::automata {

// Bounds on what a pattern, or many together, may cost. Patterns come from policy sources, which
// may be hostile; every construction stops with an error at the first bound it meets.
struct Limits {
  // The longest pattern text. Exposed names are 64 to 128 bytes in practice; a pattern of a
  // kilobyte is generated, and generated patterns belong in a set of several.
  std::size_t max_pattern_bytes = 1024;
  // States and transitions of one pattern's NFA: counted repetitions and Unicode classes multiply
  // (`\pL` alone is some 400 states). About 16 MiB at most.
  std::uint32_t max_nfa_states = 100'000;
  std::uint32_t max_nfa_edges = 1'000'000;
  // States of one minimal DFA. At 80 byte classes 200,000 states are 64 MB while the compiler runs.
  std::uint32_t max_dfa_states = 200'000;
  // States of a DFA before it is minimised: twice the above, because minimising often halves it.
  std::uint32_t max_subset_states = 400'000;
  // NFA states held over all subsets of one construction (4 bytes each): bounds memory and time
  // when few subsets are huge.
  std::uint64_t max_subset_elements = 32'000'000;
};

// A pattern that is not one. `message` is a line for a person (lower case, no full stop) that says
// what to write instead where that is known; the bytes [offset, offset + length) of the pattern's
// text are to blame (length 0: the place between two bytes, or the end).
struct PatternError {
  std::string message;
  std::size_t offset = 0;
  std::size_t length = 0;
};

// A construction met a limit. `message` names the limit.
struct LimitError {
  std::string message;
  // For sets built together: the indexes of the sets that cost most, costliest first; else empty.
  std::vector<std::uint32_t> culprits;
};

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_LIMITS_H_
