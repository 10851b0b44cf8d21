// SPDX-License-Identifier: Apache-2.0
// JSON as editors write it for people: with comments and trailing commas.

#ifndef MCPLEXER_RUNTIME_JSON_COMMENTS_H_
#define MCPLEXER_RUNTIME_JSON_COMMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace mcplexer::json {

enum class TrailingCommas : uint8_t { kBlank, kKeep };

// The text in which comments, a byte order mark and commas before `]` and `}` (unless they are to
// be kept) are blanks; everything else keeps its place. What is not closed stays as it is, for the
// parser to find.
std::string WithoutComments(std::string_view text, TrailingCommas commas = TrailingCommas::kBlank);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_COMMENTS_H_
