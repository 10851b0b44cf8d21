// SPDX-License-Identifier: Apache-2.0
// A syntax tree as text, for tests and for people who debug the front ends.

#ifndef MCPLEXER_COMPILER_SYNTAX_DUMP_H_
#define MCPLEXER_COMPILER_SYNTAX_DUMP_H_

#include <string>

#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

// One node a line, two spaces of indent for each level, no places. Stable: the same tree gives the
// same text, and text from the sources is escaped.
std::string Dump(const File& file);
// A condition with all its parentheses, on one line.
std::string Dump(const Expr& expr);
// A value on one line.
std::string Dump(const Value& value);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_DUMP_H_
