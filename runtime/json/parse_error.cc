// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/parse_error.h"

#include <fmt/format.h>

namespace mcplexer::json {
namespace {

const char* Describe(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kTooLarge:
      return "text larger than the limit";
    case ErrorKind::kTooDeep:
      return "nested deeper than the limit";
    case ErrorKind::kTooManyNodes:
      return "more values than the limit";
    case ErrorKind::kDuplicateKey:
      return "duplicate key";
    case ErrorKind::kInvalidUtf8:
      return "invalid UTF-8";
    case ErrorKind::kUnexpectedEnd:
      return "unexpected end of text";
    case ErrorKind::kUnexpectedCharacter:
      return "unexpected character";
    case ErrorKind::kTrailingContent:
      return "content after the value";
    case ErrorKind::kInvalidNumber:
      return "malformed number";
    case ErrorKind::kInvalidLiteral:
      return "malformed literal";
    case ErrorKind::kInvalidEscape:
      return "malformed escape";
    case ErrorKind::kLoneSurrogate:
      return "escape of a lone surrogate";
    case ErrorKind::kControlCharacter:
      return "control character in a string";
  }
  return "invalid JSON";
}

}  // namespace

std::string ParseError::Message() const {
  return fmt::format("{} at byte {}", Describe(kind), offset);
}

}  // namespace mcplexer::json
