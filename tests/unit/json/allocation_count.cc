// SPDX-License-Identifier: Apache-2.0
// A file of its own: where the compiler can inline these it takes the pair for a mistake.
#include "tests/unit/json/allocation_count.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<size_t> allocation_count = 0;
}  // namespace

void* operator new(size_t size) {
  allocation_count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace mcplexer::json {

size_t AllocationCount() { return allocation_count.load(std::memory_order_relaxed); }

}  // namespace mcplexer::json
