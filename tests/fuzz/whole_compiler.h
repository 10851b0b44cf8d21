// SPDX-License-Identifier: Apache-2.0
// What has to hold of any text that the compiler is given, in either surface.

#ifndef MCPLEXER_TESTS_FUZZ_WHOLE_COMPILER_H_
#define MCPLEXER_TESTS_FUZZ_WHOLE_COMPILER_H_

#include <string>

#include "tests/text/same_plan.h"

namespace mcplexer::fuzz {

// No crash; a diagnostic with a place in the file or a plan that loads; the same bytes the second
// time; and what the other surface can say means the same there.
void CheckCompilation(Surface surface, const std::string& text);

}  // namespace mcplexer::fuzz

#endif  // MCPLEXER_TESTS_FUZZ_WHOLE_COMPILER_H_
