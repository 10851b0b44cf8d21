// SPDX-License-Identifier: Apache-2.0
// Any bytes as a plan. The digest is put right first, so that the records behind it are reached; a
// plan that loads then decides calls, which must neither touch memory it does not own nor disagree
// with its own explanation.

#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/plan/digest.h"
#include "runtime/plan/plan.h"
#include "tests/unit/plan/exercise.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using mcplexer::plan::Header;
  using mcplexer::plan::Plan;
  std::vector<std::byte> bytes(size);
  if (size > 0) std::memcpy(bytes.data(), data, size);
  if (size >= sizeof(Header)) {
    Header header;
    std::memcpy(&header, data, sizeof header);
    header.file_size = size;
    header.signer = {};
    header.signature = {};
    std::memcpy(bytes.data(), &header, sizeof header);
    header.content_digest = mcplexer::plan::ContentDigest(bytes);
    std::memcpy(bytes.data(), &header, sizeof header);
  }
  auto plan = Plan::Load(std::move(bytes));
  if (plan) mcplexer::plan::testing::Exercise(std::move(*plan));
  return 0;
}
