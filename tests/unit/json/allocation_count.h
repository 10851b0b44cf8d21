// SPDX-License-Identifier: Apache-2.0
// How often this program has called operator new, for tests that promise not to.

#ifndef MCPLEXER_TESTS_UNIT_JSON_ALLOCATION_COUNT_H_
#define MCPLEXER_TESTS_UNIT_JSON_ALLOCATION_COUNT_H_

#include <cstddef>

namespace mcplexer::json {

size_t AllocationCount();

}  // namespace mcplexer::json

#endif  // MCPLEXER_TESTS_UNIT_JSON_ALLOCATION_COUNT_H_
