// SPDX-License-Identifier: Apache-2.0
// Syntax errors in words for people.

#ifndef MCPLEXER_COMPILER_SYNTAX_MESSAGE_H_
#define MCPLEXER_COMPILER_SYNTAX_MESSAGE_H_

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/source/diagnostic.h"
#include "compiler/syntax/region.h"
#include "compiler/syntax/statement_parser.h"

namespace mcplexer::syntax {

// A keyword, or a word of any other kind.
bool IsKeyword(size_t type);
bool IsWord(size_t type);
// A declaration's first word; a rule's.
bool IsDeclarationKeyword(size_t type);
bool IsEffect(size_t type);
// A clause's first word.
bool IsClauseKeyword(size_t type);

// Keywords that may stand where the compiler itself chooses what to parse.
std::span<const size_t> DeclarationKeywords();
std::span<const size_t> BodyKeywords();
std::span<const size_t> ClauseKeywords();

// The keyword among `types` that `word` is a misspelling of.
std::optional<size_t> MisspelledKeyword(std::string_view word, std::span<const size_t> types);
// The text of a keyword or a punctuation mark, without quotes; empty for other types.
std::string TokenText(size_t type);

// One syntax error under construction: what was found, what was expected, and what would help.
class SyntaxMessage {
 public:
  SyntaxMessage(const Region& region, source::Diagnostics& diagnostics)
      : region_(region), diagnostics_(diagnostics) {}

  // `found` stands where `expected` (in words) should. If the word is a misspelt one of `keywords`,
  // says so and returns which.
  std::optional<size_t> Unexpected(const antlr4::Token& found, std::string_view expected,
                                   std::span<const size_t> keywords);
  // The same for what the grammar could not match.
  std::optional<size_t> Malformed(const Failure& failure);
  void LimitExceeded(const Overflow& overflow, const source::Limits& limits);

 private:
  Span SpanOf(const antlr4::Token& token) const;
  std::string Quote(const antlr4::Token& token) const;
  bool BadToken(const antlr4::Token& found);
  void BadString(Span span);
  bool FollowsWord(const antlr4::Token& token) const;
  static std::string Expectation(const Failure& failure);
  void AddHelp(const antlr4::Token& found, size_t rule, source::Diagnostic& diagnostic) const;

  const Region region_;
  source::Diagnostics& diagnostics_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_MESSAGE_H_
