// SPDX-License-Identifier: Apache-2.0
// The styles differ in what marks their end:
//
//   '..'  the first quote that is not doubled;
//   ".."  the first quote that no backslash escapes;
//   plain, | and >  the scalar's own text: folding only ever changes white space, so the other
//         bytes of the value stand in the source in the same order, and the last of them ends it.
//
// The text has been through yaml-cpp before: these functions find ends, they do not judge. Tests
// read every span back on its own and compare.

#include "compiler/yaml/scalar_span.h"

#include <algorithm>
#include <array>

namespace mcplexer::yaml {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t LineEnd(std::string_view source, size_t offset) {
  return std::min(source.find_first_of("\r\n", offset), source.size());
}

size_t SingleQuotedEnd(std::string_view source, size_t begin) {
  for (size_t i = begin + 1; i < source.size(); ++i) {
    if (source[i] != '\'') continue;
    if (i + 1 < source.size() && source[i + 1] == '\'') {
      ++i;
    } else {
      return i + 1;
    }
  }
  return kUnterminated;
}

size_t DoubleQuotedEnd(std::string_view source, size_t begin) {
  for (size_t i = begin + 1; i < source.size(); ++i) {
    if (source[i] == '\\') {
      ++i;
    } else if (source[i] == '"') {
      return i + 1;
    }
  }
  return kUnterminated;
}

// The offset behind the last byte of `value` that is not white space, all of which follow in the
// source from `begin` on with any white space between them.
size_t FoldedEnd(std::string_view source, size_t begin, std::string_view value) {
  size_t i = begin;
  for (const char c : value) {
    if (IsSpace(c)) continue;
    while (i < source.size() && IsSpace(source[i])) ++i;
    ++i;
  }
  return std::min(i, source.size());
}

}  // namespace

size_t ScalarEnd(std::string_view source, size_t begin, std::string_view value, bool quoted) {
  if (begin >= source.size()) return source.size();
  if (!quoted) return FoldedEnd(source, begin, value);
  switch (source[begin]) {
    case '\'':
      return SingleQuotedEnd(source, begin);
    case '"':
      return DoubleQuotedEnd(source, begin);
    default: {
      const size_t header_end = LineEnd(source, begin);
      return std::max(header_end, FoldedEnd(source, header_end, value));
    }
  }
}

size_t FlowEnd(std::string_view source, size_t inner_end) {
  for (size_t i = inner_end; i < source.size(); ++i) {
    if (source[i] == '#') {
      i = LineEnd(source, i);
    } else if (source[i] == ']' || source[i] == '}') {
      return i + 1;
    }
  }
  return source.size();
}

bool IsNullWord(std::string_view source, size_t begin) {
  constexpr std::array<std::string_view, 4> kWords = {"~", "null", "Null", "NULL"};
  for (const std::string_view word : kWords) {
    if (source.substr(begin, word.size()) != word) continue;
    size_t i = begin + word.size();
    if (i < source.size() && !IsSpace(source[i]) &&
        std::string_view(",]}:").find(source[i]) == std::string_view::npos) {
      continue;
    }
    while (i < source.size() && (source[i] == ' ' || source[i] == '\t')) ++i;
    return i == source.size() ||
           std::string_view(",]}#\r\n").find(source[i]) != std::string_view::npos;
  }
  return false;
}

size_t TrimmedEnd(std::string_view source, size_t begin) {
  size_t end = std::min(begin, source.size());
  while (end > 0 && IsSpace(source[end - 1])) --end;
  return end;
}

}  // namespace mcplexer::yaml
