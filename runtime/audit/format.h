// SPDX-License-Identifier: Apache-2.0
// The bytes of the audit log, version 1. docs/audit-format.md is the contract; these structures are
// that page in C++ on a little-endian machine.

#ifndef MCPLEXER_RUNTIME_AUDIT_FORMAT_H_
#define MCPLEXER_RUNTIME_AUDIT_FORMAT_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace mcplexer::audit {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::array<char, 8> kMagic = {'M', 'C', 'P', 'L', 'X', 'A', 'U', 'D'};
inline constexpr uint16_t kMajorVersion = 1;
inline constexpr uint16_t kMinorVersion = 0;
// Arguments are cut to 16 KiB and other texts to 4 KiB; escaped, all of them stay far below this.
inline constexpr uint32_t kMaxPayload = 1u << 20;

using Digest = std::array<uint8_t, 32>;  // SHA-256

struct SegmentHeader {
  std::array<char, 8> magic;
  uint16_t major_version;
  uint16_t minor_version;
  uint32_t header_size;
  uint64_t first_sequence;
  uint64_t created;  // nanoseconds since 1970 UTC
  std::array<uint8_t, 16> stream_id;
  Digest previous;  // chain hash of the last record of the segment before
  std::array<uint8_t, 40> reserved;
  uint64_t checksum;  // XXH64 of all before
};
static_assert(sizeof(SegmentHeader) == 128 && offsetof(SegmentHeader, checksum) == 120);

enum class RecordType : uint32_t {
  kOpened = 1,
  kIntent = 2,
  kOutcome = 3,
  kEvent = 4,
  kClosed = 5,
  kRecovered = 6,
};

struct RecordHead {
  uint32_t payload_size;
  RecordType type;
  uint64_t sequence;
  uint64_t time;  // nanoseconds since 1970 UTC
  Digest chain;
  uint64_t payload_checksum;  // XXH64
  uint64_t head_checksum;     // XXH64 of all before
};
static_assert(sizeof(RecordHead) == 72 && offsetof(RecordHead, chain) == 24 &&
              offsetof(RecordHead, head_checksum) == 64);
static_assert(std::is_trivially_copyable_v<SegmentHeader> &&
              std::is_trivially_copyable_v<RecordHead>);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_FORMAT_H_
