// SPDX-License-Identifier: Apache-2.0
// JSON string content (between the quotes) to the bytes it stands for. RFC 8259 section 7.

#ifndef MCPLEXER_RUNTIME_JSON_UNESCAPE_H_
#define MCPLEXER_RUNTIME_JSON_UNESCAPE_H_

#include <string>
#include <string_view>

#include "runtime/json/parse_error.h"

namespace mcplexer::json {

// One escape and the code point it stands for.
struct Escape {
  const char* next = nullptr;  // behind the escape; null when it is not a valid one
  char32_t code_point = 0;     // a surrogate pair is one escape of one code point
  ErrorKind error = ErrorKind::kInvalidEscape;  // when next is null
};

// Reads the escape whose backslash is at p, p < end.
Escape ReadEscape(const char* p, const char* end);

// Appends the code point, which is not a surrogate, as UTF-8.
void AppendUtf8(std::string& out, char32_t code_point);

// These three take content whose escapes are known to be valid.
void UnescapeTo(std::string_view content, std::string& out);  // overwrites out
bool UnescapedEquals(std::string_view content, std::string_view unescaped);
size_t CountCodePoints(std::string_view content);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_UNESCAPE_H_
