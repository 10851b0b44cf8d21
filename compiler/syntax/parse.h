// SPDX-License-Identifier: Apache-2.0
// The front end of .plex: text to syntax tree.

#ifndef MCPLEXER_COMPILER_SYNTAX_PARSE_H_
#define MCPLEXER_COMPILER_SYNTAX_PARSE_H_

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

// What `file` says. Mistakes are reported, one for each statement that holds any, and those
// statements are left out of the result, so that a tree that comes with an error is incomplete.
// Text that is too large or not UTF-8 (source::CheckText) gives an empty tree. Never throws for any
// input; time and memory are linear in the size of the text. Safe to call from several threads.
File ParsePlex(const source::SourceMap& sources, FileId file, const source::Limits& limits,
               source::Diagnostics& diagnostics);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_PARSE_H_
