// SPDX-License-Identifier: Apache-2.0
// What a text has to be to stand in a .plex file without quotes, and the quotes.

#ifndef MCPLEXER_COMPILER_SYNTAX_WORD_H_
#define MCPLEXER_COMPILER_SYNTAX_WORD_H_

#include <string>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

// One word, keywords included: not a number, not a duration. What it must be besides depends on
// where it stands (NameUse in literal.h).
bool IsWord(std::string_view text);

// A word that may be a key.
bool IsKey(std::string_view text);

// A pattern that needs no quotes.
bool IsBarePattern(std::string_view text);

// `text`, which is valid UTF-8, as a string: with its quotes, what cannot be seen escaped.
std::string QuoteString(std::string_view text);

// re"..."
std::string QuoteRegex(std::string_view expression);

// As both surfaces spell it.
std::string_view EffectText(Effect effect);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_WORD_H_
