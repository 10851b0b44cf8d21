// SPDX-License-Identifier: Apache-2.0
// What a measurement has to say about where it was made.

#ifndef MCPLEXER_TESTS_BENCH_MACHINE_H_
#define MCPLEXER_TESTS_BENCH_MACHINE_H_

#include <string>

namespace mcplexer::bench {

// Processor, cores, load and, where the environment names it in MCPLEXER_REVISION (scripts/bench
// does), the revision that was built: a line each.
std::string DescribeMachine();

// The three load averages, as the kernel writes them.
std::string LoadAverage();

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_MACHINE_H_
