// SPDX-License-Identifier: Apache-2.0
//
// VS Code, Cursor and Windsurf read JSON with comments and trailing commas. The strict parser does
// not, so these become blanks first: the text keeps its length, and the places in errors are right.
// One pass; a comma is remembered until the next thing that is neither blank nor comment, and goes
// when that is a closing bracket. `[,]` and `[1,,2]` stay wrong: a comma goes only behind a value.
#include "runtime/json/comments.h"

namespace mcplexer::json {
namespace {

// Behind the string that begins at `at`.
size_t SkipJsonString(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

// Behind the comment that begins at `at`; `at` where none does or it has no end.
size_t SkipComment(std::string_view text, size_t at) {
  const std::string_view mark = text.substr(at, 2);
  if (mark == "//") {
    const size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
  }
  if (mark != "/*") return at;
  const size_t end = text.find("*/", at + 2);
  return end == std::string_view::npos ? at : end + 2;
}

bool IsJsonBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string WithoutComments(std::string_view text, TrailingCommas commas) {
  std::string out(text);
  const auto blank = [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
  };
  size_t at = 0;
  if (text.starts_with("\xEF\xBB\xBF")) {
    blank(0, 3);
    at = 3;
  }
  constexpr size_t kNone = std::string_view::npos;
  size_t comma = kNone;      // one that waits for what comes behind it
  bool after_value = false;  // whether a comma here may be a trailing one
  while (at < text.size()) {
    const char c = text[at];
    if (IsJsonBlank(c)) {
      ++at;
    } else if (const size_t end = SkipComment(text, at); end != at) {
      blank(at, end);
      at = end;
    } else if (c == ',') {
      comma = after_value ? at : kNone;
      after_value = false;
      ++at;
    } else {
      const bool closes = c == ']' || c == '}';
      if (closes && comma != kNone && commas == TrailingCommas::kBlank) blank(comma, comma + 1);
      comma = kNone;
      after_value = c != '[' && c != '{' && c != ':';
      at = c == '"' ? SkipJsonString(text, at) : at + 1;
    }
  }
  return out;
}

}  // namespace mcplexer::json
