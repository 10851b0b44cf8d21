// SPDX-License-Identifier: Apache-2.0
// Text of a policy as it may safely be shown. A source file can hold bytes that move a terminal's
// cursor, rename its window or turn the direction of writing (CVE-2021-42574, "Trojan Source"), so
// whatever is not plainly visible is shown escaped.

#ifndef MCPLEXER_COMPILER_SOURCE_PRINTABLE_H_
#define MCPLEXER_COMPILER_SOURCE_PRINTABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mcplexer::source {

// One code point of `text` at a place, decoded leniently.
struct CodePoint {
  char32_t value = 0;
  uint32_t length = 1;  // bytes, at least 1
  bool valid = false;   // false: one byte that begins no UTF-8 sequence; `value` is that byte
};

// `at` < text.size().
CodePoint Decode(std::string_view text, size_t at);

// Appends `value` in UTF-8. False, and nothing is appended, for a surrogate or a value over
// U+10FFFF.
bool AppendUtf8(char32_t value, std::string& out);

// White space or an invisible character outside ASCII: U+00A0, zero-width and direction controls
// ...
bool IsInvisible(char32_t value);

// A control that changes the direction of the text shown after it: U+202A..E, U+2066..9.
bool IsDirectionControl(char32_t value);

// How one code point is shown: itself, `\n`, `\t`, `\r`, `\u{1b}`, or `\xff` for a bad byte.
std::string Printable(CodePoint point, std::string_view text, size_t at);

// The whole of `text` like that, on one line.
std::string Printable(std::string_view text);

// Columns of a terminal that `value`, when shown as itself, takes: 0, 1 or 2. An approximation of
// Unicode's East Asian Width (UAX #11), good enough to put a caret below its character.
uint32_t DisplayWidth(char32_t value);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_PRINTABLE_H_
