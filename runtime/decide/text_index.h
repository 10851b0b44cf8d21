// SPDX-License-Identifier: Apache-2.0
// TextIndex: text -> its number, for finding which of some texts another one begins with: the hash
// of a beginning is the hash of one that is shorter and one byte more, so all beginnings are hashed
// in one pass.
//
// The texts are a policy's, not a client's, so no one gains by making them collide.

#ifndef MCPLEXER_RUNTIME_DECIDE_TEXT_INDEX_H_
#define MCPLEXER_RUNTIME_DECIDE_TEXT_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace mcplexer::decide {

class TextIndex {
 public:
  static constexpr uint32_t kNotFound = 0xFFFFFFFFu;

  // FNV-1a of the bytes added so far.
  class Hash {
   public:
    void Add(char c) { value_ = (value_ ^ static_cast<uint8_t>(c)) * 0x100000001B3u; }
    uint32_t place() const { return static_cast<uint32_t>(value_ ^ value_ >> 29); }
    uint32_t tag() const { return static_cast<uint32_t>(value_ >> 32); }

   private:
    uint64_t value_ = 0xCBF29CE484222325u;
  };

  TextIndex() : TextIndex(std::vector<std::string_view>()) {}
  // A text's number is its place. The views must stay valid.
  explicit TextIndex(std::vector<std::string_view> texts)
      : texts_(std::move(texts)), slots_(std::bit_ceil(2 * texts_.size() + 1)) {
    const size_t mask = slots_.size() - 1;
    for (uint32_t number = 0; number < texts_.size(); ++number) {
      Hash hash;
      for (const char c : texts_[number]) hash.Add(c);
      size_t at = hash.place() & mask;
      while (slots_[at].number != kNotFound) at = (at + 1) & mask;
      slots_[at] = {hash.tag(), number};
      longest_ = std::max(longest_, texts_[number].size());
    }
  }

  // `hash` is that of `text`.
  uint32_t Find(const Hash& hash, std::string_view text) const {
    const size_t mask = slots_.size() - 1;
    for (size_t at = hash.place() & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.number == kNotFound) return kNotFound;
      if (slot.tag == hash.tag() && texts_[slot.number] == text) return slot.number;
    }
  }

  // Bytes of the longest text: no longer one is found.
  size_t longest() const { return longest_; }

 private:
  struct Slot {
    uint32_t tag = 0;
    uint32_t number = kNotFound;
  };

  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // a power of two, at most half full
  size_t longest_ = 0;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_TEXT_INDEX_H_
