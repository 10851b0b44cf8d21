// SPDX-License-Identifier: Apache-2.0
// Hashes of keys. Equal keys have equal hashes; nothing else is promised, and nothing relies on
// more: whoever makes keys collide only brings on the comparison of bytes.

#ifndef MCPLEXER_RUNTIME_JSON_KEY_HASH_H_
#define MCPLEXER_RUNTIME_JSON_KEY_HASH_H_

#include <bit>
#include <cstdint>
#include <string_view>

#include "runtime/json/bytes.h"

namespace mcplexer::json {

// For every key while scanning, hence cheap: of the length and the first and last eight bytes. The
// top 24 bits are the best mixed. `end` bounds what may be read beyond the key.
inline uint64_t QuickKeyHash(const char* key, size_t length, const char* end) {
  const size_t prefix = length < 8 ? length : 8;
  const uint64_t first = LoadPrefix(key, prefix, end);
  const uint64_t last = LoadPrefix(key + length - prefix, prefix, end);
  return ((first + length) * 0x9E3779B97F4A7C15u ^ std::rotl(last, 29)) * 0xD6E8FEB86659FD93u;
}

// Of all bytes, for objects with many keys, where the quick hash of keys that differ in their
// middle only would not part them.
inline uint64_t FullKeyHash(std::string_view key) {
  const char* p = key.data();
  const char* end = p + key.size();
  uint64_t hash = key.size();
  while (p != end) {
    const size_t step = end - p < 8 ? static_cast<size_t>(end - p) : 8;
    hash = (std::rotl(hash, 23) ^ LoadPrefix(p, step, end)) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    p += step;
  }
  return hash;
}

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_KEY_HASH_H_
