// SPDX-License-Identifier: Apache-2.0
// What one compilation may cost. Policies come from repositories that other people write to, so
// each dimension an author controls has a bound; past one the finding is E0105 (states: E0706), it
// names the limit, and nothing is silently cut short.

#ifndef MCPLEXER_COMPILER_SOURCE_LIMITS_H_
#define MCPLEXER_COMPILER_SOURCE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace mcplexer::source {

struct Limits {
  // Bytes of one source file. 100,000 rules take about 8 MB.
  size_t file_bytes = size_t{16} << 20;
  // Brackets inside brackets, parentheses and `not`s: the only recursion in the syntax, and so what
  // bounds the stack.
  uint32_t nesting = 200;
  // Files that one compilation pulls in.
  size_t imports = 1'000;
  // Rules of one compilation, after templates are expanded.
  size_t rules = 1'000'000;
  // Bytes of one glob or regular expression.
  size_t pattern_bytes = 1'024;
  // States of each automaton.
  size_t automaton_states = 200'000;
  // Tokens of one rule, attribute or other statement: they are held in memory together, about 600
  // bytes each with their part of the parse tree.
  size_t statement_tokens = 1'000'000;
  // Errors reported for one file; what follows is not read. Nobody reads more, and a binary file
  // given by mistake would have millions.
  size_t errors_per_file = 1'000;
};

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_LIMITS_H_
