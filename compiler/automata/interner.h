// SPDX-License-Identifier: Apache-2.0
// Numbers sequences of integers, and single integers: equal ones get equal ids, 0, 1, 2, .. in
// order of appearance. The heart of subset constructions and products, so: one pool, one
// open-addressing table, no node allocations.

#ifndef MCPLEXER_COMPILER_AUTOMATA_INTERNER_H_
#define MCPLEXER_COMPILER_AUTOMATA_INTERNER_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace mcplexer::automata {

// Not thread-safe.
class SequenceInterner {
 public:
  SequenceInterner() : slots_(64, kEmptySlot) {}

  // The id of this sequence; size() grows by one if it is new. `sequence` must not point into the
  // pool (copy what Get returned first).
  std::uint32_t Intern(std::span<const std::uint32_t> sequence) {
    const std::uint64_t hash = Hash(sequence);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != kEmptySlot) {
      const std::uint32_t id = slots_[slot];
      if (hashes_[id] == hash && Equal(Get(id), sequence)) return id;
      slot = (slot + 1) & (slots_.size() - 1);
    }
    const auto id = static_cast<std::uint32_t>(hashes_.size());
    slots_[slot] = id;
    hashes_.push_back(hash);
    pool_.insert(pool_.end(), sequence.begin(), sequence.end());
    offsets_.push_back(pool_.size());
    if (hashes_.size() * 2 > slots_.size()) Grow();
    return id;
  }

  // Valid until the next Intern.
  std::span<const std::uint32_t> Get(std::uint32_t id) const {
    return std::span(pool_).subspan(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(hashes_.size()); }
  std::uint64_t num_elements() const { return pool_.size(); }

 private:
  static constexpr std::uint32_t kEmptySlot = UINT32_MAX;

  // Most are so short that calling a function to compare them costs more than that.
  static bool Equal(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    if (a.size() != b.size()) return false;
    if (a.size() > 8) return std::ranges::equal(a, b);
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }

  static std::uint64_t Hash(std::span<const std::uint32_t> sequence) {
    std::uint64_t hash = 0x9E3779B97F4A7C15u + sequence.size();
    for (std::uint32_t value : sequence) {
      hash = (hash ^ value) * 0xFF51AFD7ED558CCDu;
      hash ^= hash >> 32;
    }
    return hash;
  }

  void Grow() {
    std::vector<std::uint32_t> bigger(slots_.size() * 2, kEmptySlot);
    for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
      std::size_t slot = hashes_[id] & (bigger.size() - 1);
      while (bigger[slot] != kEmptySlot) slot = (slot + 1) & (bigger.size() - 1);
      bigger[slot] = id;
    }
    slots_ = std::move(bigger);
  }

  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint64_t> offsets_ = {0};
  std::vector<std::uint32_t> pool_;
};

// Pairs of states are so many and so short that hashing them as sequences would be a good part of
// a product's time. Not thread-safe.
class PairInterner {
 public:
  struct Pair {
    std::uint32_t first;
    std::uint32_t second;
  };

  PairInterner() : slots_(64, kEmptySlot) {}

  std::uint32_t Intern(Pair pair) {
    std::size_t slot = SlotOf(pair);
    while (slots_[slot] != kEmptySlot) {
      const Pair& known = pairs_[slots_[slot]];
      if (known.first == pair.first && known.second == pair.second) return slots_[slot];
      slot = (slot + 1) & (slots_.size() - 1);
    }
    const std::uint32_t id = size();
    slots_[slot] = id;
    pairs_.push_back(pair);
    if (pairs_.size() * 2 > slots_.size()) Grow();
    return id;
  }

  Pair Get(std::uint32_t id) const { return pairs_[id]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(pairs_.size()); }

 private:
  static constexpr std::uint32_t kEmptySlot = UINT32_MAX;

  std::size_t SlotOf(Pair pair) const {
    const std::uint64_t hash =
        (std::uint64_t{pair.first} << 32 | pair.second) * 0x9E3779B97F4A7C15u;
    return (hash ^ hash >> 32) & (slots_.size() - 1);
  }

  void Grow() {
    slots_.assign(slots_.size() * 2, kEmptySlot);
    for (std::uint32_t id = 0; id < pairs_.size(); ++id) {
      std::size_t slot = SlotOf(pairs_[id]);
      while (slots_[slot] != kEmptySlot) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = id;
    }
  }

  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
  std::vector<Pair> pairs_;
};

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_INTERNER_H_
