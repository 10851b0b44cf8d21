// SPDX-License-Identifier: Apache-2.0
// What content a plan has: its fingerprint.

#ifndef MCPLEXER_RUNTIME_PLAN_DIGEST_H_
#define MCPLEXER_RUNTIME_PLAN_DIGEST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "runtime/plan/format.h"

namespace mcplexer::plan {

// SHA-256 of a whole plan as format.h defines content_digest. `file` holds at least a header.
Digest ContentDigest(std::span<const std::byte> file);

// SHA-256 of some bytes.
Digest Sha256(std::span<const std::byte> bytes);

// Lower-case hexadecimal digits, two for each byte.
std::string Hex(std::span<const uint8_t> bytes);

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_DIGEST_H_
