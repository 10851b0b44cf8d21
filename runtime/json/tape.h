// SPDX-License-Identifier: Apache-2.0
// The tape: a JSON text as a flat array of nodes in document order, each a span of the text's
// bytes.
//
//   {"a":[1,2]}   0 object [0,11) next 5
//                 1 string [1,4)  next 2      a key is a string node, its value follows it
//                 2 array  [5,10) next 5      `next` is the index after the node's whole subtree
//                 3 number [6,7)  next 4
//                 4 number [8,9)  next 5
//
// Nothing is copied or converted: what the gateway forwards are these very bytes, and what a policy
// looks at is read out of them on demand.

#ifndef MCPLEXER_RUNTIME_JSON_TAPE_H_
#define MCPLEXER_RUNTIME_JSON_TAPE_H_

#include <cstdint>

#include "runtime/base/id.h"

namespace mcplexer::json {

// A node of one Document, until that Document parses again. Not valid() means "there is none".
using NodeId = Id<struct JsonNodeTag>;

enum class Type : uint8_t { kNull, kTrue, kFalse, kNumber, kString, kObject, kArray };

// A range of bytes of the text, end exclusive.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
};

struct Node {
  uint32_t begin;
  uint32_t end;
  uint32_t next;
  // Bits 0-3 the type, bit 4 "the string holds an escape", bits 8-31 a hash of the unescaped bytes
  // where the node is a key.
  uint32_t info;

  static constexpr uint32_t kEscaped = 1u << 4;
  static constexpr uint32_t kHashShift = 8;

  constexpr Type type() const { return static_cast<Type>(info & 0xF); }
  constexpr bool escaped() const { return (info & kEscaped) != 0; }
  constexpr uint32_t key_hash() const { return info >> kHashShift; }
};

static_assert(sizeof(Node) == 16, "four nodes share a cache line");

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_TAPE_H_
