// SPDX-License-Identifier: Apache-2.0
// What ANTLR reads from: the bytes of a file, and the tokens of one statement at a time.
//
// ANTLR's own streams hold a file as UTF-32 and all its tokens at once, about 200 bytes each; 16
// MiB of one-letter words would be 1.6 GB before parsing begins. A window holds one statement's
// tokens and is emptied between statements. It also counts nesting as the tokens come, so that the
// parser, the only thing here that recurses, never sees more of it than the limit.

#ifndef MCPLEXER_COMPILER_SYNTAX_TOKEN_WINDOW_H_
#define MCPLEXER_COMPILER_SYNTAX_TOKEN_WINDOW_H_

#include <antlr4-runtime.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/limits.h"

namespace mcplexer::syntax {

// Bytes as ANTLR's symbols; see the head of grammar/Plex.g4 for the two that are replaced. `text`
// must outlive it.
class ByteStream : public antlr4::CharStream {
 public:
  explicit ByteStream(std::string_view text) : text_(text) {}

  void consume() override { ++at_; }
  size_t LA(ssize_t offset) override;
  ssize_t mark() override { return -1; }
  void release(ssize_t /*marker*/) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = index; }
  size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return ""; }
  std::string getText(const antlr4::misc::Interval& interval) override;
  std::string toString() const override { return std::string(text_); }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// The limit that ended the tokens before the file did.
struct Overflow {
  enum class Kind : uint8_t { kNesting, kStatement };
  Kind kind;
  size_t begin;  // bytes
  size_t end;
};

// Indexes count from the first token since the last Release. Not thread-safe.
class TokenWindow : public antlr4::TokenStream {
 public:
  TokenWindow(antlr4::Lexer& lexer, const source::Limits& limits)
      : lexer_(lexer), limits_(limits) {}

  // Forgets all tokens before the current one; pointers to them are dead. `depth` brackets are open
  // there.
  void Release(size_t depth);
  // Whether no token stands before the k-th next one on its line.
  bool FirstOnLine(ssize_t k);
  // Past a limit the next token is the end of the file, for good.
  const std::optional<Overflow>& overflow() const { return overflow_; }
  // Begin and end of each comment so far.
  const std::vector<std::pair<size_t, size_t>>& comments() const { return comments_; }

  void consume() override;
  size_t LA(ssize_t k) override;
  antlr4::Token* LT(ssize_t k) override;
  antlr4::Token* get(size_t index) const override { return tokens_.at(index).token.get(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t /*marker*/) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = index; }
  size_t size() override { return tokens_.size(); }
  antlr4::TokenSource* getTokenSource() const override { return &lexer_; }
  std::string getSourceName() const override { return ""; }
  // ANTLR asks for text only in messages we do not use.
  std::string getText(const antlr4::misc::Interval& /*interval*/) override { return ""; }
  std::string getText() override { return ""; }
  std::string getText(antlr4::RuleContext* /*context*/) override { return ""; }
  std::string getText(antlr4::Token* /*start*/, antlr4::Token* /*stop*/) override { return ""; }

 private:
  struct Entry {
    std::unique_ptr<antlr4::Token> token;
    bool first_on_line;
  };

  bool Fetch();
  bool WithinLimits(const antlr4::Token& token);
  void Count(size_t type);

  antlr4::Lexer& lexer_;
  const source::Limits& limits_;
  std::vector<Entry> tokens_;
  size_t at_ = 0;
  size_t last_line_ = 0;
  size_t depth_ = 0;
  size_t nots_ = 0;  // `not not not` nests too
  bool ended_ = false;
  std::optional<Overflow> overflow_;
  std::vector<std::pair<size_t, size_t>> comments_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_TOKEN_WINDOW_H_
