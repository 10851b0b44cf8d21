// SPDX-License-Identifier: Apache-2.0
// Conditions that stand alone, as YAML has them: the text of a `when` or `require`.

#ifndef MCPLEXER_COMPILER_SYNTAX_PARSE_CONDITION_H_
#define MCPLEXER_COMPILER_SYNTAX_PARSE_CONDITION_H_

#include <optional>
#include <string_view>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

// The condition that is all of `text`, which is valid UTF-8; reported and nothing if it is none.
// `text_span` is where it stands. Where the bytes there are `text` itself, each node has its own
// place in them; where they are not (escapes, folded lines), the whole of `text_span` is each
// one's.
std::optional<Expr> ParseCondition(const source::SourceMap& sources, Span text_span,
                                   std::string_view text, const source::Limits& limits,
                                   source::Diagnostics& diagnostics);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_PARSE_CONDITION_H_
