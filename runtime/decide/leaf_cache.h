// SPDX-License-Identifier: Apache-2.0
// LeafCache: name -> leaf, for one session.
//
// Open addressing over hashes, the entries themselves in a vector, so that growing moves eight
// bytes an entry. Names are a client's to choose, so everything is bounded: past a bound a name is
// decided without being kept, which takes about ten times as long and decides the same. A probe
// ends after kMaxProbes, so that names made to collide cost no more than names that are not kept.

#ifndef MCPLEXER_RUNTIME_DECIDE_LEAF_CACHE_H_
#define MCPLEXER_RUNTIME_DECIDE_LEAF_CACHE_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/decide/leaf.h"

namespace mcplexer::decide {

class LeafCache {
 public:
  // Twice the tools of the largest catalogues that clients cope with; 0.6 MiB with its names.
  static constexpr size_t kMaxEntries = 4096;
  static constexpr size_t kMaxNameBytes = 256;          // longer names are not kept
  static constexpr size_t kMaxRules = size_t{1} << 16;  // of all conditional leaves together
  static constexpr size_t kMaxProbes = 16;

  LeafCache();

  static uint64_t Hash(const Call& call);

  // `hash` is the call's. Null when the name is not kept. The leaf is valid until the next Insert.
  const Leaf* Find(const Call& call, uint64_t hash) const;
  // Copies the leaf and its rules, unless a bound is reached.
  void Insert(const Call& call, uint64_t hash, const Leaf& leaf);
  // Drops all leaves, and keeps memory for some.
  void Clear();
  // Whether it never grew.
  bool IsSmall() const;

 private:
  struct Entry {
    uint64_t hash;
    plan::CallKind kind;
    ServerId server;
    std::string_view name;  // in names_
    Leaf leaf;              // rules in rules_
  };
  struct Slot {
    uint32_t hash = 0;  // the upper half
    uint32_t entry = kFree;
  };
  static constexpr uint32_t kFree = 0xFFFFFFFFu;

  bool Place(uint64_t hash, uint32_t entry);
  bool Grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<Entry> entries_;
  // Memory for names and rules, in blocks so that what is handed out stays where it is.
  std::vector<std::unique_ptr<char[]>> names_;
  size_t name_block_left_ = 0;
  std::vector<std::unique_ptr<uint32_t[]>> rules_;
  size_t rules_kept_ = 0;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_LEAF_CACHE_H_
