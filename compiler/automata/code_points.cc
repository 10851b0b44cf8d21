// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/code_points.h"

#include <algorithm>

namespace mcplexer::automata {
namespace {

constexpr char32_t kSurrogateFirst = 0xD800;
constexpr char32_t kSurrogateLast = 0xDFFF;

bool IsContinuation(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
}

// Splits low..high, all of one encoded length, until each piece is a product of byte ranges: a
// piece may vary in a byte only if all bytes after it run over everything.
void SplitByContinuation(char32_t low, char32_t high, std::vector<Utf8Sequence>& out) {
  std::vector<CodePointRange> work = {{low, high}};
  while (!work.empty()) {
    const CodePointRange range = work.back();
    work.pop_back();
    bool split = false;
    for (int bytes = 1; bytes < 4 && !split; ++bytes) {
      const char32_t mask = (char32_t{1} << (6 * bytes)) - 1;
      if ((range.low & ~mask) == (range.high & ~mask)) continue;
      // Pushed high part first, so that sequences come out in ascending order.
      if ((range.low & mask) != 0) {
        work.push_back({(range.low | mask) + 1, range.high});
        work.push_back({range.low, range.low | mask});
        split = true;
      } else if ((range.high & mask) != mask) {
        work.push_back({range.high & ~mask, range.high});
        work.push_back({range.low, (range.high & ~mask) - 1});
        split = true;
      }
    }
    if (split) continue;
    std::string low_bytes;
    std::string high_bytes;
    AppendUtf8(range.low, low_bytes);
    AppendUtf8(range.high, high_bytes);
    Utf8Sequence sequence;
    sequence.length = low_bytes.size();
    for (std::size_t i = 0; i < sequence.length; ++i) {
      sequence.bytes[i] = {static_cast<std::uint8_t>(low_bytes[i]),
                           static_cast<std::uint8_t>(high_bytes[i])};
    }
    out.push_back(sequence);
  }
}

}  // namespace

CodePointSet CodePointSet::Of(char32_t low, char32_t high) {
  CodePointSet set;
  set.Add(low, high);
  return set;
}

void CodePointSet::Add(char32_t low, char32_t high) {
  if (low > high) return;
  auto first = std::lower_bound(
      ranges_.begin(), ranges_.end(), low,
      [](const CodePointRange& range, char32_t value) { return range.high + 1 < value; });
  auto last = first;
  while (last != ranges_.end() && last->low <= high + 1) {
    low = std::min(low, last->low);
    high = std::max(high, last->high);
    ++last;
  }
  if (first == last) {
    ranges_.insert(first, {low, high});
    return;
  }
  *first = {low, high};
  ranges_.erase(first + 1, last);
}

void CodePointSet::Add(const CodePointSet& other) {
  for (const CodePointRange& range : other.ranges_) Add(range.low, range.high);
}

CodePointSet CodePointSet::Negated() const {
  CodePointSet result;
  char32_t next = 0;
  for (const CodePointRange& range : ranges_) {
    if (range.low > next) result.ranges_.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= kMaxCodePoint) result.ranges_.push_back({next, kMaxCodePoint});
  return result;
}

CodePointSet CodePointSet::And(const CodePointSet& other) const {
  CodePointSet result;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < ranges_.size() && j < other.ranges_.size()) {
    const char32_t low = std::max(ranges_[i].low, other.ranges_[j].low);
    const char32_t high = std::min(ranges_[i].high, other.ranges_[j].high);
    if (low <= high) result.ranges_.push_back({low, high});
    if (ranges_[i].high < other.ranges_[j].high) {
      ++i;
    } else {
      ++j;
    }
  }
  return result;
}

CodePointSet CodePointSet::Minus(const CodePointSet& other) const { return And(other.Negated()); }

bool CodePointSet::Contains(char32_t code_point) const {
  auto found = std::lower_bound(
      ranges_.begin(), ranges_.end(), code_point,
      [](const CodePointRange& range, char32_t value) { return range.high < value; });
  return found != ranges_.end() && found->low <= code_point;
}

std::optional<DecodedCodePoint> DecodeUtf8(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return std::nullopt;
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[offset + i]));
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return DecodedCodePoint{lead, 1};
  if (lead < 0xC2 || lead > 0xF4 || !IsContinuation(text, offset + 1)) return std::nullopt;
  if (lead < 0xE0) return DecodedCodePoint{(lead & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (!IsContinuation(text, offset + 2)) return std::nullopt;
  if (lead < 0xF0) {
    const char32_t value = (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (value < 0x800 || (value >= kSurrogateFirst && value <= kSurrogateLast)) return std::nullopt;
    return DecodedCodePoint{value, 3};
  }
  if (!IsContinuation(text, offset + 3)) return std::nullopt;
  const char32_t value =
      (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
  if (value < 0x10000 || value > kMaxCodePoint) return std::nullopt;
  return DecodedCodePoint{value, 4};
}

std::size_t FindInvalidUtf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const auto decoded = DecodeUtf8(text, offset);
    if (!decoded) return offset;
    offset += decoded->length;
  }
  return std::string_view::npos;
}

void AppendUtf8(char32_t code_point, std::string& out) {
  const auto push = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0 | code_point >> 6);
    push(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    push(0xE0 | code_point >> 12);
    push(0x80 | (code_point >> 6 & 0x3F));
    push(0x80 | (code_point & 0x3F));
  } else {
    push(0xF0 | code_point >> 18);
    push(0x80 | (code_point >> 12 & 0x3F));
    push(0x80 | (code_point >> 6 & 0x3F));
    push(0x80 | (code_point & 0x3F));
  }
}

std::vector<Utf8Sequence> Utf8Sequences(const CodePointSet& set) {
  // The intervals of one encoded length, surrogates left out.
  static constexpr CodePointRange kLengths[] = {{0, 0x7F},
                                                {0x80, 0x7FF},
                                                {0x800, kSurrogateFirst - 1},
                                                {kSurrogateLast + 1, 0xFFFF},
                                                {0x10000, kMaxCodePoint}};
  std::vector<Utf8Sequence> result;
  for (const CodePointRange& range : set.ranges()) {
    for (const CodePointRange& length : kLengths) {
      const char32_t low = std::max(range.low, length.low);
      const char32_t high = std::min(range.high, length.high);
      if (low <= high) SplitByContinuation(low, high, result);
    }
  }
  return result;
}

}  // namespace mcplexer::automata
