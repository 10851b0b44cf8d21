// SPDX-License-Identifier: Apache-2.0
// TextIndex: text -> its number, for finding which of some paths another one begins with: the hash
// of a beginning is the hash of one that is shorter and one segment more, so all beginnings are
// hashed in one pass, eight bytes at a time.
//
// The texts are a policy's, not a client's, so no one gains by making them collide.

#ifndef MCPLEXER_RUNTIME_DECIDE_TEXT_INDEX_H_
#define MCPLEXER_RUNTIME_DECIDE_TEXT_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace mcplexer::decide {

class TextIndex {
 public:
  static constexpr uint32_t kNotFound = 0xFFFFFFFFu;

  // Of the pieces added so far. A text's pieces begin at its slashes: `/srv`, `/work`.
  class Hash {
   public:
    void Add(std::string_view piece) {
      value_ += piece.size();
      while (piece.size() > sizeof(uint64_t)) {
        Mix(Load<uint64_t>(piece.data()));
        piece.remove_prefix(sizeof(uint64_t));
      }
      Mix(LoadUpTo8(piece));
    }
    uint32_t place() const { return static_cast<uint32_t>(value_); }
    uint32_t tag() const { return static_cast<uint32_t>(value_ >> 32); }

   private:
    template <typename T>
    static uint64_t Load(const char* from) {
      T word;
      std::memcpy(&word, from, sizeof word);
      return word;
    }
    // Different for different bytes, as many as there are.
    static uint64_t LoadUpTo8(std::string_view bytes) {
      const size_t n = bytes.size();
      if (n >= 4) return Load<uint32_t>(bytes.data()) << 32 | Load<uint32_t>(bytes.data() + n - 4);
      if (n == 0) return 0;
      return Load<uint8_t>(bytes.data()) << 16 | Load<uint8_t>(bytes.data() + n / 2) << 8 |
             Load<uint8_t>(bytes.data() + n - 1);
    }
    void Mix(uint64_t word) {
      value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
      value_ ^= value_ >> 32;
    }

    uint64_t value_ = 0xCBF29CE484222325u;
  };

  TextIndex() : TextIndex(std::vector<std::string_view>()) {}
  // A text's number is its place. The views must stay valid.
  explicit TextIndex(std::vector<std::string_view> texts)
      : texts_(std::move(texts)), slots_(std::bit_ceil(2 * texts_.size() + 1)) {
    const size_t mask = slots_.size() - 1;
    for (uint32_t number = 0; number < texts_.size(); ++number) {
      const Hash hash = HashOf(texts_[number]);
      size_t at = hash.place() & mask;
      while (slots_[at].number != kNotFound) at = (at + 1) & mask;
      slots_[at] = {hash.tag(), number};
      longest_ = std::max(longest_, texts_[number].size());
    }
  }

  static Hash HashOf(std::string_view text) {
    Hash hash;
    while (!text.empty()) {
      const std::string_view piece = text.substr(0, text.find('/', 1));
      hash.Add(piece);
      text.remove_prefix(piece.size());
    }
    return hash;
  }

  // `hash` is that of `text`.
  uint32_t Find(const Hash& hash, std::string_view text) const {
    return FindWhere(hash, [&](uint32_t number) { return texts_[number] == text; });
  }

  // The same, where the caller can tell whether the text of a number is the one sought.
  template <typename Is>
  uint32_t FindWhere(const Hash& hash, Is is) const {
    const size_t mask = slots_.size() - 1;
    for (size_t at = hash.place() & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.number == kNotFound) return kNotFound;
      if (slot.tag == hash.tag() && is(slot.number)) return slot.number;
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
