// SPDX-License-Identifier: Apache-2.0
// What strings there are at all: the languages in which a policy's statements about "every name"
// and "every path" are meant. Built once on first use; safe from any thread.

#ifndef MCPLEXER_COMPILER_AUTOMATA_UNIVERSE_H_
#define MCPLEXER_COMPILER_AUTOMATA_UNIVERSE_H_

#include "compiler/automata/dfa.h"

namespace mcplexer::automata {

// Names (whole, or what follows `ns__`): non-empty strings of bytes from 0x20 up.
const Dfa& NameUniverse();

// Directories relative to a root: "" or segments joined by single `/`; a segment is non-empty,
// holds neither `/` nor NUL and is not `.` or `..`.
const Dfa& PathUniverse();

// Resource URIs: non-empty strings of bytes from 0x20 up.
const Dfa& UriUniverse();

// Well-formed UTF-8 (Unicode 15, table 3-7), the empty string included.
const Dfa& Utf8Universe();

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_UNIVERSE_H_
