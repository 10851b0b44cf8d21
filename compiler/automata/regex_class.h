// SPDX-License-Identifier: Apache-2.0
// The code points that a class of a regular expression matches. Internal to the library.

#ifndef MCPLEXER_COMPILER_AUTOMATA_REGEX_CLASS_H_
#define MCPLEXER_COMPILER_AUTOMATA_REGEX_CLASS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/automata/code_points.h"

namespace mcplexer::automata {

// What RE2 itself matches with `item`, an expression for one code point (`[^\pL_]`, `(?i)\W`), as a
// set. Exact by construction: RE2 is run over a text of all code points in order. Takes some 20 ms
// the first time; results are kept for the life of the process (at most 1,024 of them). Safe from
// any thread. Returns the empty set if RE2 refuses the item.
CodePointSet AskRe2(std::string_view item);

// The code points that have variants by case, by Unicode category, which is a little more than need
// be (a test holds it against RE2). Case folding is asked about over these alone, in 0.2 ms.
const CodePointSet& CasedCodePoints();

// The set of the perl classes \d \D \s \S \w \W, by their letter; nullopt for other letters.
std::optional<CodePointSet> PerlClass(char letter);

// The code points low..high and, ignoring case, their variants as RE2 folds them.
CodePointSet FoldCase(char32_t low, char32_t high);

// An escape that stands for one code point (`\n`, `\x41`, `\x{10FFFF}`, `\101`, `\.`), which begins
// with the backslash at text[offset]; moves offset behind it. Only for text that RE2 has accepted.
char32_t ReadEscape(std::string_view text, std::size_t& offset);

// The bracket expression at text[offset], with `fold` as under (?i); moves offset behind it. Only
// for text that RE2 has accepted.
CodePointSet ReadBracket(std::string_view text, std::size_t& offset, bool fold);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_REGEX_CLASS_H_
