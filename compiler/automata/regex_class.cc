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

constexpr std::size_t kMaxCachedClasses = 1024;

std::string TextOf(const CodePointSet& set) {
  std::string text;
  for (const CodePointRange& range : set.ranges()) {
    for (char32_t c = range.low; c <= range.high; ++c) {
      if (c < 0xD800 || c > 0xDFFF) AppendUtf8(c, text);
    }
  }
  return text;
}

// The code points of `text`, which holds some in ascending order, that the item matches. A run of
// matches may jump over code points that are not in the text: these are in the result where
// `gaps` says so.
enum class Gaps { kFill, kLeave };

CodePointSet Ask(std::string_view item, const std::string& text, Gaps gaps) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 expression(fmt::format("(?:{})+", item), options);
  CodePointSet result;
  if (!expression.ok()) return result;
  re2::StringPiece match;
  std::size_t at = 0;
  while (expression.Match(text, at, text.size(), RE2::UNANCHORED, &match, 1)) {
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    at = begin + match.size();
    if (gaps == Gaps::kFill) {
      std::size_t last = at - 1;
      while ((static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
      result.Add(DecodeUtf8(text, begin)->value, DecodeUtf8(text, last)->value);
      continue;
    }
    for (std::size_t i = begin; i < at;) {
      const DecodedCodePoint decoded = *DecodeUtf8(text, i);
      result.Add(decoded.value, decoded.value);
      i += decoded.length;
    }
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

// The offset behind the named class (`[:alpha:]`, `\d`, `\pL`, `\p{Greek}`) at text[offset], inside
// brackets; `offset` itself if there is none.
std::size_t EndOfNamedClass(std::string_view text, std::size_t offset) {
  if (text.substr(offset, 2) == "[:") {
    const std::size_t close = text.find(":]", offset + 2);
    return close == std::string_view::npos ? offset : close + 2;
  }
  if (text[offset] != '\\') return offset;
  const char letter = text[offset + 1];
  if (PerlClass(letter)) return offset + 2;
  if (letter != 'p' && letter != 'P') return offset;
  if (text[offset + 2] == '{') return text.find('}', offset) + 1;
  const auto name = DecodeUtf8(text, offset + 2);
  return offset + 2 + (name ? name->length : 0);
}

// The set of a named class other than Unicode's.
std::optional<CodePointSet> KnownClass(std::string_view item) {
  if (item.starts_with("[:")) return PosixClass(item.substr(2, item.size() - 4));
  return PerlClass(item[1]);
}

}  // namespace

CodePointSet AskRe2(std::string_view item) {
  static std::mutex mutex;
  static std::unordered_map<std::string, CodePointSet> cache;
  // Only the surrogates are missing, and no UTF-8 is ever made for those.
  static const std::string all_code_points = TextOf(CodePointSet::All());
  const std::scoped_lock lock(mutex);
  std::string key(item);
  if (const auto found = cache.find(key); found != cache.end()) return found->second;
  CodePointSet set = Ask(item, all_code_points, Gaps::kFill);
  if (cache.size() < kMaxCachedClasses) cache.emplace(std::move(key), set);
  return set;
}

const CodePointSet& CasedCodePoints() {
  static const CodePointSet cased = AskRe2("[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Mn}\\p{Nl}\\p{So}]");
  return cased;
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

CodePointSet FoldCase(char32_t low, char32_t high) {
  CodePointSet set = CodePointSet::Of(low, high);
  for (char32_t c = low; c <= high && c < 0x80; ++c) {
    const char32_t lower = c | 0x20;
    if (lower < 'a' || lower > 'z') continue;
    set.Add(lower, lower);
    set.Add(lower - 0x20, lower - 0x20);
    // The two letters of ASCII with relatives outside: the Kelvin sign and the long s.
    if (lower == 'k') set.Add(0x212A, 0x212A);
    if (lower == 's') set.Add(0x17F, 0x17F);
  }
  if (high < 0x80) return set;
  static const std::string cased_text = TextOf(CasedCodePoints());
  const std::string item =
      fmt::format("(?i)[\\x{{{:x}}}-\\x{{{:x}}}]", static_cast<std::uint32_t>(low),
                  static_cast<std::uint32_t>(high));
  set.Add(Ask(item, cased_text, Gaps::kLeave));
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
  bool negated = false;
  if (text[++offset] == '^') {
    negated = true;
    ++offset;
  }
  CodePointSet set;
  // RE2 folds item by item and negates last, so an item can be asked about alone. The same few
  // items come again and again; whole brackets would not.
  const auto ask = [&](std::string_view item) {
    set.Add(AskRe2(fmt::format("{}[{}]", fold ? "(?i)" : "", item)));
  };
  const auto read_one = [&]() -> char32_t {
    if (text[offset] == '\\') return ReadEscape(text, offset);
    const DecodedCodePoint decoded = *DecodeUtf8(text, offset);
    offset += decoded.length;
    return decoded.value;
  };
  const std::size_t first = offset;
  while (offset == first || text[offset] != ']') {
    const std::size_t begin = offset;
    if (const std::size_t end = EndOfNamedClass(text, offset); end != begin) {
      offset = end;
      const std::string_view item = text.substr(begin, end - begin);
      const auto known = fold ? std::nullopt : KnownClass(item);
      if (known) {
        set.Add(*known);
      } else {
        ask(item);
      }
      continue;
    }
    const char32_t low = read_one();
    char32_t high = low;
    if (text[offset] == '-' && text[offset + 1] != ']') {
      ++offset;
      high = read_one();
    }
    set.Add(fold ? FoldCase(low, high) : CodePointSet::Of(low, high));
  }
  ++offset;
  return negated ? set.Negated() : set;
}

}  // namespace mcplexer::automata
