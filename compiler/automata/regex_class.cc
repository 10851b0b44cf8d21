// SPDX-License-Identifier: Apache-2.0
// Plain classes are read here; for the rest RE2 is asked. RE2's headers do not give its tables
// away, but `(?:CLASS)+` run over one text of all code points in order finds the class's ranges as
// matches.
#include "compiler/automata/regex_class.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <mutex>
#include <unordered_map>

#include "runtime/base/check.h"

namespace mcplexer::automata {
namespace {

constexpr std::size_t kMaxCachedClasses = 256;

const std::string& AllCodePoints() {
  static const std::string text = [] {
    std::string all;
    for (char32_t c = 0; c <= kMaxCodePoint; ++c) {
      if (c < 0xD800 || c > 0xDFFF) AppendUtf8(c, all);
    }
    return all;
  }();
  return text;
}

CodePointSet Ask(std::string_view item) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 expression(fmt::format("(?:{})+", item), options);
  CodePointSet result;
  if (!expression.ok()) return result;
  const std::string& text = AllCodePoints();
  re2::StringPiece match;
  std::size_t at = 0;
  while (expression.Match(text, at, text.size(), RE2::UNANCHORED, &match, 1)) {
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    const std::size_t end = begin + match.size();
    std::size_t last = end - 1;
    while ((static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    // A match across the surrogates gives a range that holds them; no UTF-8 is made for those.
    result.Add(DecodeUtf8(text, begin)->value, DecodeUtf8(text, last)->value);
    at = end;
  }
  return result;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

CodePointSet Ranges(std::initializer_list<CodePointRange> ranges) {
  CodePointSet set;
  for (const CodePointRange& range : ranges) set.Add(range.low, range.high);
  return set;
}

std::optional<CodePointSet> PosixClass(std::string_view name) {
  const bool negated = name.starts_with('^');
  if (negated) name.remove_prefix(1);
  static const std::unordered_map<std::string_view, CodePointSet> classes = {
      {"alnum", Ranges({{'0', '9'}, {'A', 'Z'}, {'a', 'z'}})},
      {"alpha", Ranges({{'A', 'Z'}, {'a', 'z'}})},
      {"ascii", Ranges({{0, 0x7F}})},
      {"blank", Ranges({{'\t', '\t'}, {' ', ' '}})},
      {"cntrl", Ranges({{0, 0x1F}, {0x7F, 0x7F}})},
      {"digit", Ranges({{'0', '9'}})},
      {"graph", Ranges({{'!', '~'}})},
      {"lower", Ranges({{'a', 'z'}})},
      {"print", Ranges({{' ', '~'}})},
      {"punct", Ranges({{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}})},
      {"space", Ranges({{'\t', '\r'}, {' ', ' '}})},
      {"upper", Ranges({{'A', 'Z'}})},
      {"word", Ranges({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}})},
      {"xdigit", Ranges({{'0', '9'}, {'A', 'F'}, {'a', 'f'}})},
  };
  const auto found = classes.find(name);
  if (found == classes.end()) return std::nullopt;
  return negated ? found->second.Negated() : found->second;
}

// The offset behind a `\p{..}`, `\pX`, which begins at text[offset].
std::size_t EndOfUnicodeClass(std::string_view text, std::size_t offset) {
  if (offset + 2 < text.size() && text[offset + 2] == '{') return text.find('}', offset) + 1;
  const auto letter = DecodeUtf8(text, offset + 2);
  return offset + 2 + (letter ? letter->length : 0);
}

}  // namespace

CodePointSet AskRe2(std::string_view item) {
  static std::mutex mutex;
  static std::unordered_map<std::string, CodePointSet> cache;
  const std::scoped_lock lock(mutex);
  std::string key(item);
  if (const auto found = cache.find(key); found != cache.end()) return found->second;
  CodePointSet set = Ask(item);
  if (cache.size() < kMaxCachedClasses) cache.emplace(std::move(key), set);
  return set;
}

std::optional<CodePointSet> PerlClass(char letter) {
  std::optional<CodePointSet> set;
  switch (letter) {
    case 'd':
    case 'D':
      set = Ranges({{'0', '9'}});
      break;
    case 's':
    case 'S':
      set = Ranges({{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}});
      break;
    case 'w':
    case 'W':
      set = Ranges({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
      break;
    default:
      return std::nullopt;
  }
  return letter < 'a' ? set->Negated() : set;
}

CodePointSet FoldCase(char32_t code_point) {
  if (code_point >= 0x80) {
    return AskRe2(fmt::format("(?i)\\x{{{:x}}}", static_cast<std::uint32_t>(code_point)));
  }
  CodePointSet set = CodePointSet::Of(code_point, code_point);
  const char32_t lower = code_point | 0x20;
  if (lower < 'a' || lower > 'z') return set;
  set.Add(lower, lower);
  set.Add(lower - 0x20, lower - 0x20);
  // The two letters of ASCII with relatives outside: the Kelvin sign and the long s.
  if (lower == 'k') set.Add(0x212A, 0x212A);
  if (lower == 's') set.Add(0x17F, 0x17F);
  return set;
}

char32_t ReadEscape(std::string_view text, std::size_t& offset) {
  const char c = text[offset + 1];
  offset += 2;
  switch (c) {
    case 'a':
      return '\a';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case 'x': {
      char32_t value = 0;
      const bool braced = text[offset] == '{';
      const std::size_t end = braced ? text.find('}', offset) : offset + 2;
      if (braced) ++offset;
      for (; offset < end; ++offset) {
        value = value * 16 + static_cast<char32_t>(HexValue(text[offset]));
      }
      if (braced) ++offset;
      return value;
    }
    default:
      break;
  }
  if (c >= '0' && c <= '7') {
    // Up to three octal digits.
    auto value = static_cast<char32_t>(c - '0');
    for (int i = 0; i < 2 && offset < text.size(); ++i) {
      if (text[offset] < '0' || text[offset] > '7') break;
      value = value * 8 + static_cast<char32_t>(text[offset++] - '0');
    }
    return value;
  }
  return static_cast<unsigned char>(c);
}

CodePointSet ReadBracket(std::string_view text, std::size_t& offset, bool fold) {
  const std::size_t begin = offset++;
  bool negated = false;
  if (text[offset] == '^') {
    negated = true;
    ++offset;
  }
  // Whatever is not made of code points, ranges and perl and posix classes is left to RE2, and so
  // is all case folding but that of single code points.
  bool plain = !fold;
  CodePointSet set;
  const std::size_t first = offset;
  const auto read_one = [&]() -> char32_t {
    if (text[offset] == '\\') return ReadEscape(text, offset);
    const auto decoded = DecodeUtf8(text, offset);
    offset += decoded->length;
    return decoded->value;
  };
  while (offset == first || text[offset] != ']') {
    if (text.substr(offset, 2) == "[:") {
      const std::size_t close = text.find(":]", offset + 2);
      if (close != std::string_view::npos) {
        const auto posix = PosixClass(text.substr(offset + 2, close - offset - 2));
        if (posix) set.Add(*posix);
        plain = plain && posix.has_value();
        offset = close + 2;
        continue;
      }
    }
    if (text[offset] == '\\') {
      if (const auto perl = PerlClass(text[offset + 1])) {
        set.Add(*perl);
        offset += 2;
        continue;
      }
      if (text[offset + 1] == 'p' || text[offset + 1] == 'P') {
        plain = false;
        offset = EndOfUnicodeClass(text, offset);
        continue;
      }
    }
    const char32_t low = read_one();
    char32_t high = low;
    if (text[offset] == '-' && text[offset + 1] != ']') {
      ++offset;
      high = read_one();
    }
    set.Add(low, high);
  }
  ++offset;
  if (plain) return negated ? set.Negated() : set;
  const std::string_view whole = text.substr(begin, offset - begin);
  return AskRe2(fold ? fmt::format("(?i){}", whole) : std::string(whole));
}

}  // namespace mcplexer::automata
