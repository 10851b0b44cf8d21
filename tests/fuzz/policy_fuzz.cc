// SPDX-License-Identifier: Apache-2.0
// Any bytes as a policy in .plex, through the whole compiler.

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/whole_compiler.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Long inputs find what short ones find, slower.
  if (size > 4096) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  mcplexer::fuzz::CheckCompilation(mcplexer::Surface::kPlex, text);
  return 0;
}
