// SPDX-License-Identifier: Apache-2.0
// Counts what this program takes from the heap: allocations.cc replaces the global operator new.
// malloc from C code is not counted.

#ifndef MCPLEXER_TESTS_BENCH_ALLOCATIONS_H_
#define MCPLEXER_TESTS_BENCH_ALLOCATIONS_H_

#include <cstdint>

namespace mcplexer::bench {

// Calls of operator new since the program began. Programs here have one thread.
uint64_t Allocations();

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_ALLOCATIONS_H_
