// SPDX-License-Identifier: Apache-2.0
// ANTLR's parser, one statement at a time, and the only place its exceptions are thrown and caught.

#ifndef MCPLEXER_COMPILER_SYNTAX_STATEMENT_PARSER_H_
#define MCPLEXER_COMPILER_SYNTAX_STATEMENT_PARSER_H_

#include <PlexParser.h>

#include <vector>

#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {

// Where a statement stopped making sense.
struct Failure {
  antlr4::Token* found = nullptr;   // valid until the window's next Release
  antlr4::Token* before = nullptr;  // the token before it in the statement, or null
  size_t found_index = 0;           // in the window
  std::vector<size_t> expected;     // token types that could stand there; empty: not known
  std::vector<size_t> rules;        // grammar rules being parsed, innermost first
};

class StatementParser {
 public:
  // A rule of the grammar that is marked "entry".
  using Entry = antlr4::ParserRuleContext* (*)(grammar::PlexParser&);

  explicit StatementParser(TokenWindow& window);

  // Parses one statement at the window's current token. Null if it is malformed: failure() says
  // where, and the window stands anywhere in it. Trees live until Release.
  antlr4::ParserRuleContext* Parse(Entry entry);
  const Failure& failure() const { return failure_; }

  // Frees the parse trees.
  void Release() { parser_.getTreeTracker().reset(); }

 private:
  class Strategy;

  grammar::PlexParser parser_;
  Failure failure_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_STATEMENT_PARSER_H_
