// SPDX-License-Identifier: Apache-2.0
// Sets of Unicode code points, and UTF-8.

#ifndef MCPLEXER_COMPILER_AUTOMATA_CODE_POINTS_H_
#define MCPLEXER_COMPILER_AUTOMATA_CODE_POINTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::automata {

inline constexpr char32_t kMaxCodePoint = 0x10FFFF;

struct CodePointRange {
  char32_t low = 0;
  char32_t high = 0;  // inclusive
  bool operator==(const CodePointRange&) const = default;
};

// A set of code points as sorted, disjoint, non-adjacent ranges. A value; not thread-safe to
// mutate.
class CodePointSet {
 public:
  CodePointSet() = default;
  static CodePointSet Of(char32_t low, char32_t high);
  static CodePointSet All() { return Of(0, kMaxCodePoint); }

  // Adds low..high; a reversed range adds nothing. Amortised cheap when added in ascending order.
  void Add(char32_t low, char32_t high);
  void Add(const CodePointSet& other);

  CodePointSet Negated() const;  // relative to 0..10FFFF
  CodePointSet Minus(const CodePointSet& other) const;
  CodePointSet And(const CodePointSet& other) const;

  bool Contains(char32_t code_point) const;
  bool empty() const { return ranges_.empty(); }
  const std::vector<CodePointRange>& ranges() const { return ranges_; }
  bool operator==(const CodePointSet&) const = default;

 private:
  std::vector<CodePointRange> ranges_;
};

struct DecodedCodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes, 1..4
};

// The well-formed code point that begins at text[offset]; nullopt at the end and for ill-formed
// bytes (overlong forms, surrogates and values above 10FFFF are ill-formed, Unicode 15 table 3-7).
std::optional<DecodedCodePoint> DecodeUtf8(std::string_view text, std::size_t offset);

// The offset of the first byte that is not part of well-formed UTF-8, or npos.
std::size_t FindInvalidUtf8(std::string_view text);

// Appends the UTF-8 of a code point that is not a surrogate.
void AppendUtf8(char32_t code_point, std::string& out);

// 1 to 4 byte ranges in a row: the encodings of an interval of code points of one length.
struct Utf8Sequence {
  struct Bytes {
    std::uint8_t low = 0;
    std::uint8_t high = 0;
  };
  std::array<Bytes, 4> bytes{};
  std::size_t length = 0;
};

// The UTF-8 encodings of all code points in `set` but the surrogates, as sequences of byte ranges
// that are disjoint as languages.
std::vector<Utf8Sequence> Utf8Sequences(const CodePointSet& set);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_CODE_POINTS_H_
