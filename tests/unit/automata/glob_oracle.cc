// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/automata/glob_oracle.h"

#include <string>
#include <vector>

namespace mcplexer::automata {
namespace {

std::size_t SkipItem(std::string_view pattern, std::size_t at) {
  if (pattern[at] == '\\') return at + 2;
  if (pattern[at] != '[') return at + 1;
  ++at;
  while (pattern[at] != ']') at += pattern[at] == '\\' ? 2 : 1;
  return at + 1;
}

// Multiplies out the first brace until none is left.
std::vector<std::string> Expand(const std::string& pattern) {
  std::size_t open = 0;
  while (open < pattern.size() && pattern[open] != '{') open = SkipItem(pattern, open);
  if (open >= pattern.size()) return {pattern};
  std::vector<std::string> alternatives;
  std::size_t depth = 0;
  std::size_t begin = open + 1;
  std::size_t at = open;
  for (; at < pattern.size(); at = SkipItem(pattern, at)) {
    if (pattern[at] == '{') ++depth;
    const bool close = pattern[at] == '}' && --depth == 0;
    if (close || (pattern[at] == ',' && depth == 1)) {
      alternatives.push_back(pattern.substr(begin, at - begin));
      begin = at + 1;
    }
    if (close) break;
  }
  std::vector<std::string> result;
  for (const std::string& alternative : alternatives) {
    for (std::string& whole :
         Expand(pattern.substr(0, open) + alternative + pattern.substr(at + 1))) {
      result.push_back(std::move(whole));
    }
  }
  return result;
}

// Bytes of the code point at text[at], 0 if it is not well-formed. Tests use no overlong forms.
std::size_t Length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC0 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                                           : 4;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// UTF-8 orders as its code points do, so members compare as strings.
bool InSet(std::string_view set, std::string_view letter) {
  std::size_t at = 0;
  const bool negated = set[0] == '!';
  if (negated) ++at;
  bool found = false;
  const auto member = [&] {
    if (set[at] == '\\') ++at;
    const std::size_t length = Length(set, at);
    at += length;
    return set.substr(at - length, length);
  };
  while (at < set.size()) {
    const std::string_view low = member();
    std::string_view high = low;
    if (at + 1 < set.size() && set[at] == '-') {
      ++at;
      high = member();
    }
    found = found || (low <= letter && letter <= high);
  }
  return found != negated;
}

bool MatchOne(OracleKind kind, std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  const bool slash_is_special = kind != OracleKind::kName;
  if (pattern[0] == '*') {
    const bool both = pattern.substr(0, 2) == "**";
    for (std::size_t taken = 0;; ++taken) {
      if (MatchOne(kind, pattern.substr(both ? 2 : 1), text.substr(taken))) return true;
      if (taken == text.size()) return false;
      if (text[taken] == '/' && slash_is_special && !both) return false;
    }
  }
  if (text.empty()) return false;
  const std::size_t letter = Length(text, 0);
  const std::size_t item = SkipItem(pattern, 0);
  if (pattern[0] == '?' || pattern[0] == '[') {
    if (letter == 0 || (slash_is_special && text[0] == '/')) return false;
    if (pattern[0] == '[' && !InSet(pattern.substr(1, item - 2), text.substr(0, letter))) {
      return false;
    }
    return MatchOne(kind, pattern.substr(item), text.substr(letter));
  }
  const char literal = pattern[0] == '\\' ? pattern[1] : pattern[0];
  return text[0] == literal && MatchOne(kind, pattern.substr(item), text.substr(1));
}

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> result;
  if (text.empty()) return result;
  std::size_t begin = 0;
  while (true) {
    const std::size_t slash = text.find('/', begin);
    result.emplace_back(text.substr(begin, slash - begin));
    if (slash == std::string_view::npos) return result;
    begin = slash + 1;
  }
}

bool MatchSegments(const std::vector<std::string>& pattern, std::size_t i,
                   const std::vector<std::string>& path, std::size_t j) {
  if (i == pattern.size()) return j == path.size();
  if (pattern[i] == "**") {
    return MatchSegments(pattern, i + 1, path, j) ||
           (j < path.size() && MatchSegments(pattern, i, path, j + 1));
  }
  if (j == path.size()) return false;
  for (const std::string& plain : Expand(pattern[i])) {
    if (MatchOne(OracleKind::kPath, plain, path[j])) {
      return MatchSegments(pattern, i + 1, path, j + 1);
    }
  }
  return false;
}

}  // namespace

bool OracleMatches(OracleKind kind, std::string_view pattern, std::string_view text) {
  if (kind == OracleKind::kPath) return MatchSegments(Split(pattern), 0, Split(text), 0);
  for (const std::string& plain : Expand(std::string(pattern))) {
    if (MatchOne(kind, plain, text)) return true;
  }
  return false;
}

}  // namespace mcplexer::automata
