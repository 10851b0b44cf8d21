// SPDX-License-Identifier: Apache-2.0
// Reads statements, and gets past the ones that cannot be read.
//
// A malformed statement is reported once and skipped up to where the next one plainly begins: a
// token that is the first on its line, not inside braces opened since, and shaped like a statement
// of the block; or the brace that closes the block. A misspelt keyword is put right and the
// statement read again, so that what follows it is still checked. Nothing is reported twice at one
// place.

#ifndef MCPLEXER_COMPILER_SYNTAX_STATEMENT_READER_H_
#define MCPLEXER_COMPILER_SYNTAX_STATEMENT_READER_H_

#include <PlexParser.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "compiler/syntax/assembly.h"
#include "compiler/syntax/lookahead.h"
#include "compiler/syntax/message.h"
#include "compiler/syntax/statement_parser.h"
#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {

// Stands at the first token of a statement whenever a function is called. All arguments of the
// constructor must outlive it; `tree` tells which block is open.
class StatementReader {
 public:
  StatementReader(TokenWindow& window, Lookahead& next, const Assembly& tree,
                  SyntaxMessage& message)
      : window_(window), next_(next), tree_(tree), message_(message), parser_(window) {}

  // One statement by the grammar's rule `kRule`, a member of the generated parser. Null when it
  // cannot be read: then it has been reported and skipped. Lives until Release.
  template <auto kRule>
  auto Read() -> decltype((std::declval<grammar::PlexParser&>().*kRule)()) {
    using Context = decltype((std::declval<grammar::PlexParser&>().*kRule)());
    return static_cast<Context>(Read([](grammar::PlexParser& parser) -> antlr4::ParserRuleContext* {
      return (parser.*kRule)();
    }));
  }
  // A rule with its clauses, some of which may be misspelt.
  grammar::PlexParser::Rule_Context* ReadRule();

  // The statement's first token is wrong. A misspelt one of `keywords` is put right and left to be
  // read again; otherwise the statement is skipped.
  void Unexpected(std::string_view expected, std::span<const size_t> keywords);

  // Frees the statement that was read last, and its tokens.
  void Release();

  // Whether the statement skipped last was the head of a block, and the block now follows.
  bool stands_in_block() const { return stands_in_block_; }
  // Whether a mistake may have swallowed the end of a block.
  bool lost_end() const { return lost_end_; }

 private:
  antlr4::ParserRuleContext* Read(StatementParser::Entry entry);
  bool CorrectClause();
  void Skip(size_t failed);

  TokenWindow& window_;
  Lookahead& next_;
  const Assembly& tree_;
  SyntaxMessage& message_;
  StatementParser parser_;
  bool stands_in_block_ = false;
  bool lost_end_ = false;
  size_t last_error_ = SIZE_MAX;  // where it was, in bytes
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_STATEMENT_READER_H_
