// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/utf8.h"

#include <simdjson.h>

#include <cstdint>

namespace mcplexer::json {
namespace {

bool InRange(uint8_t byte, uint8_t low, uint8_t high) { return byte >= low && byte <= high; }

// The length of the well-formed sequence at the beginning of `bytes` (not empty), or 0. The table
// of Unicode 15 section 3.9 (well-formed UTF-8 byte sequences): only the second byte's range
// varies.
size_t SequenceLength(std::string_view bytes) {
  const auto byte = [bytes](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  size_t length = 0;
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
  if (InRange(lead, 0xC2, 0xDF)) {
    length = 2;
  } else if (InRange(lead, 0xE0, 0xEF)) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (InRange(lead, 0xF0, 0xF4)) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (bytes.size() < length || !InRange(byte(1), low, high)) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (!InRange(byte(i), 0x80, 0xBF)) return 0;
  }
  return length;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  return bytes.empty() || simdjson::validate_utf8(bytes.data(), bytes.size());
}

size_t Utf8PrefixLength(std::string_view bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    const size_t length = SequenceLength(bytes.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

}  // namespace mcplexer::json
