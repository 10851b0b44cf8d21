// SPDX-License-Identifier: Apache-2.0
// Why a text was refused: a kind to act on, a byte offset to point at, a line for a person.

#ifndef MCPLEXER_RUNTIME_JSON_PARSE_ERROR_H_
#define MCPLEXER_RUNTIME_JSON_PARSE_ERROR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace mcplexer::json {

enum class ErrorKind : uint8_t {
  // A limit of `Limits`. The text may well be JSON; it is not looked at any further.
  kTooLarge,
  kTooDeep,
  kTooManyNodes,
  // JSON by the grammar, but two parsers could read it differently.
  kDuplicateKey,
  // Not JSON.
  kInvalidUtf8,
  kUnexpectedEnd,
  kUnexpectedCharacter,
  kTrailingContent,
  kInvalidNumber,
  kInvalidLiteral,
  kInvalidEscape,
  kLoneSurrogate,
  kControlCharacter,
};

struct ParseError {
  ErrorKind kind;
  size_t offset;  // in bytes from the beginning of the text; at most its size

  // One line, lower case, no full stop. Never quotes the text, which may hold secrets.
  std::string Message() const;
};

using ParseStatus = tl::expected<void, ParseError>;

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_PARSE_ERROR_H_
