// SPDX-License-Identifier: Apache-2.0
// The simplest matcher for globs, as an oracle: braces are multiplied out as text, then one pattern
// is matched by backtracking over bytes and code points. Shares no code with the automata.

#ifndef MCPLEXER_TESTS_UNIT_AUTOMATA_GLOB_ORACLE_H_
#define MCPLEXER_TESTS_UNIT_AUTOMATA_GLOB_ORACLE_H_

#include <string_view>

namespace mcplexer::automata {

enum class OracleKind { kName, kUri, kPath };

// Whether well-formed `pattern` matches `text`, which is in the kind's universe.
bool OracleMatches(OracleKind kind, std::string_view pattern, std::string_view text);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_TESTS_UNIT_AUTOMATA_GLOB_ORACLE_H_
