// SPDX-License-Identifier: Apache-2.0
// Arguments of calls, made up in the shapes that tools are really given.

#ifndef MCPLEXER_TESTS_BENCH_SAMPLE_ARGUMENTS_H_
#define MCPLEXER_TESTS_BENCH_SAMPLE_ARGUMENTS_H_

#include <cstddef>
#include <string>

namespace mcplexer::bench {

// JSON objects of about (at most) `bytes` bytes, the same on every platform, whose last member is
// `"last":"end"`.

// A list of small records: names, numbers, truth values, short lists.
std::string ArgumentsOfObjects(size_t bytes);
// Files of source text, of at least 1000 bytes in all: four long strings with
// escapes and some characters beyond ASCII.
std::string ArgumentsOfStrings(size_t bytes);

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_SAMPLE_ARGUMENTS_H_
