// SPDX-License-Identifier: Apache-2.0
// The one style of .plex files.

#ifndef MCPLEXER_COMPILER_SYNTAX_FORMAT_H_
#define MCPLEXER_COMPILER_SYNTAX_FORMAT_H_

#include <optional>
#include <string>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"

namespace mcplexer::syntax {

// The text of `file` in the style that docs/cli.md describes. The words and the comments are the
// same, in the same order; only white space differs (which is checked: a difference is a bug and
// ends the process). Formatting the outcome again changes nothing. Nothing if the file has syntax
// errors, which are reported. Time and memory are linear in the size of the text.
std::optional<std::string> FormatPlex(const source::SourceMap& sources, FileId file,
                                      const source::Limits& limits,
                                      source::Diagnostics& diagnostics);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_FORMAT_H_
