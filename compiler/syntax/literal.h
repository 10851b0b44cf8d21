// SPDX-License-Identifier: Apache-2.0
// What the text of single tokens means: strings, durations, references, names.

#ifndef MCPLEXER_COMPILER_SYNTAX_LITERAL_H_
#define MCPLEXER_COMPILER_SYNTAX_LITERAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

// Each function takes a token's text and the place where it begins, reports what is wrong with it,
// and returns what could be made of it.

// "..." with its quotes. Escapes: \" \\ \n \t \r \uHHHH (surrogates in pairs) \u{1..6 digits}.
std::string UnquoteString(std::string_view token, Span span, source::Diagnostics& diagnostics);

// re"...": only `\"` is unescaped, everything else is the regular expression's.
std::string UnquoteRegex(std::string_view token);

// 250ms, 300s, 5m, 2h, 1d in milliseconds; E0108 when it does not fit 63 bits.
int64_t ReadDuration(std::string_view token, Span span, source::Diagnostics& diagnostics);

// arg.PATH with its trailing `?`.
struct ArgumentPath {
  std::vector<PathStep> steps;
  bool optional = false;
};
ArgumentPath ReadArgument(std::string_view token, Span span, source::Diagnostics& diagnostics);

// The KEY of workspace.tags.KEY or workspace.tags["KEY"].
std::string ReadTag(std::string_view token, Span span, source::Diagnostics& diagnostics);

// What a word must be to stand where it does.
enum class NameUse : uint8_t {
  kDeclared,   // letters, digits, `_`, `-`
  kReference,  // the same, and `${param}`
  kRuleId,     // a reference, and `.` and `#`
  kKey,        // letters, digits, `_`, `-`, `.`
  kTool,       // anything without a glob's special characters
};
// E0101 where the word is not that.
void CheckName(std::string_view word, NameUse use, Span span, source::Diagnostics& diagnostics);

// E0101 where a word holds a character that cannot be seen, such as a no-break space.
void CheckVisible(std::string_view word, Span span, source::Diagnostics& diagnostics);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_LITERAL_H_
