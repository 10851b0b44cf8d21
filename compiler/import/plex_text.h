// SPDX-License-Identifier: Apache-2.0
// Pieces of .plex text.

#ifndef MCPLEXER_COMPILER_IMPORT_PLEX_TEXT_H_
#define MCPLEXER_COMPILER_IMPORT_PLEX_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/draft.h"

namespace mcplexer::importer {

// `text` in quotes: escapes for what cannot be seen, `$${` for `${`. `text` is UTF-8.
std::string Quoted(std::string_view text);

// The same for a text with secrets, `${secret(NAME)}` in their places; a lone secret is
// `secret(NAME)`.
std::string QuotedText(const Text& text, const std::vector<Secret>& secrets);

// A glob that matches `text` and nothing else.
std::string EscapedGlob(std::string_view text);

// A pattern of names: bare where the language lets it be, else quoted.
std::string PatternText(std::string_view glob);

// What a scope sets: bare where the language lets it be, else quoted.
std::string KeyText(std::string_view key);

// Globs `NAMESPACE__{a,b,c}` for the tools given (globs themselves), as few as fit into patterns of
// a length that people can read. Equal tools are named once; the order is kept.
std::vector<std::string> NamePatterns(std::string_view name_space,
                                      const std::vector<std::string>& tools);

// A name out of somebody's file as it may be shown: on one line, what cannot be seen escaped, cut
// to a length, and not at all when it looks like a credential.
std::string Shown(std::string_view name);

// The same in backticks.
std::string Ticked(std::string_view name);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_PLEX_TEXT_H_
