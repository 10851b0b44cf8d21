// SPDX-License-Identifier: Apache-2.0
// The text that is being parsed and where it stands: all of a file, or a condition within one.

#ifndef MCPLEXER_COMPILER_SYNTAX_REGION_H_
#define MCPLEXER_COMPILER_SYNTAX_REGION_H_

#include <cstdint>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

struct Region {
  std::string_view text;
  FileId file;
  uint32_t offset = 0;  // of the text's first byte in the file

  // `begin` and `end` count from the text's first byte.
  Span SpanOf(size_t begin, size_t end) const {
    return {file, offset + static_cast<uint32_t>(begin), offset + static_cast<uint32_t>(end)};
  }
  std::string_view Text(Span span) const {
    return text.substr(span.begin - offset, span.end - span.begin);
  }
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_REGION_H_
