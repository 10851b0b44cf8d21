// SPDX-License-Identifier: Apache-2.0
// Changing the bytes of a plan.

#ifndef MCPLEXER_TESTS_UNIT_PLAN_PLAN_BYTES_H_
#define MCPLEXER_TESTS_UNIT_PLAN_PLAN_BYTES_H_

#include <cstddef>
#include <cstring>
#include <vector>

#include "runtime/plan/digest.h"
#include "runtime/plan/format.h"

namespace mcplexer::plan {

using Bytes = std::vector<std::byte>;

inline void SetHeader(Bytes& bytes, const Header& header) {
  std::memcpy(bytes.data(), &header, sizeof header);
}

inline Header HeaderOf(const Bytes& bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

// As if whoever changed the bytes had made the plan so.
inline void Reseal(Bytes& bytes) {
  Header header = HeaderOf(bytes);
  header.content_digest = ContentDigest(bytes);
  SetHeader(bytes, header);
}

}  // namespace mcplexer::plan

#endif  // MCPLEXER_TESTS_UNIT_PLAN_PLAN_BYTES_H_
