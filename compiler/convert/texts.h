// SPDX-License-Identifier: Apache-2.0
// Single texts as the two surfaces write them. Private to this folder.

#ifndef MCPLEXER_COMPILER_CONVERT_TEXTS_H_
#define MCPLEXER_COMPILER_CONVERT_TEXTS_H_

#include <string>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace mcplexer::convert {

// A YAML scalar that reads as `text`, on one line: plain where no reader could take it for anything
// else, in single quotes where that saves escapes, in double quotes otherwise.
std::string YamlText(std::string_view text);

// A pattern as YAML has it, unquoted.
std::string YamlPattern(const syntax::Pattern& pattern);

// A pattern as .plex has it.
std::string PlexPattern(const syntax::Pattern& pattern);

// A value of a test's or a template's arguments in YAML's flow style, or empty if JSON and YAML
// have no such value.
std::string YamlValue(const syntax::Value& value);

// Whether a text in it holds a NUL, which YAML's reader takes in no text.
bool HasNul(const syntax::Value& value);

}  // namespace mcplexer::convert

#endif  // MCPLEXER_COMPILER_CONVERT_TEXTS_H_
