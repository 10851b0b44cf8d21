// SPDX-License-Identifier: Apache-2.0
// UniqueKeys: finds a key that an object has twice, in time that a hostile object cannot spoil.

#ifndef MCPLEXER_RUNTIME_JSON_UNIQUE_KEYS_H_
#define MCPLEXER_RUNTIME_JSON_UNIQUE_KEYS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/json/tape.h"

namespace mcplexer::json {

class UniqueKeys {
 public:
  // The first key node (in document order) that repeats an earlier key of the object, compared
  // unescaped; not valid() when all differ. O(k log k) comparisons for k keys. `object` is the
  // index of a finished object on the tape `nodes` of `text`. Keeps its memory between calls.
  NodeId FindRepeated(std::string_view text, const Node* nodes, uint32_t object);

  void Release();
  size_t MemoryBytes() const;

 private:
  struct Entry {
    uint64_t hash;
    uint32_t key;
  };

  NodeId FindAmongFew(std::string_view text, const Node* nodes, const uint32_t* keys,
                      uint32_t count);
  NodeId FindAmongMany(std::string_view text, const Node* nodes, uint32_t object);
  bool Equal(std::string_view text, const Node& a, const Node& b);

  std::vector<Entry> entries_;
  std::string left_;
  std::string right_;
};

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_UNIQUE_KEYS_H_
