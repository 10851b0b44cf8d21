// SPDX-License-Identifier: Apache-2.0
// How a fuzz target says that something is wrong.

#ifndef MCPLEXER_TESTS_FUZZ_REQUIRE_H_
#define MCPLEXER_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

namespace mcplexer::fuzz {

// Ends the program, which libFuzzer takes for a crash, unless the condition holds. `what` is what
// was observed.
inline void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "required: %s\n", what);
  std::abort();
}

}  // namespace mcplexer::fuzz

#endif  // MCPLEXER_TESTS_FUZZ_REQUIRE_H_
