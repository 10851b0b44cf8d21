// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/token_window.h"

#include <PlexLexer.h>

#include <algorithm>

namespace mcplexer::syntax {

using grammar::PlexLexer;

size_t ByteStream::LA(ssize_t offset) {
  const ssize_t at = static_cast<ssize_t>(at_) + (offset > 0 ? offset - 1 : offset);
  if (offset == 0 || at < 0) return 0;
  if (static_cast<size_t>(at) >= text_.size()) return antlr4::IntStream::EOF;
  const auto byte = static_cast<unsigned char>(text_[static_cast<size_t>(at)]);
  if (byte == 0x7F) return 0x01;
  return std::min<size_t>(byte, 0x7F);
}

std::string ByteStream::getText(const antlr4::misc::Interval& interval) {
  const auto begin = static_cast<size_t>(std::max<ssize_t>(interval.a, 0));
  const auto end =
      std::min(static_cast<size_t>(std::max<ssize_t>(interval.b + 1, 0)), text_.size());
  return begin < end ? std::string(text_.substr(begin, end - begin)) : std::string();
}

void TokenWindow::Release(size_t depth) {
  tokens_.erase(tokens_.begin(), tokens_.begin() + static_cast<ssize_t>(at_));
  at_ = 0;
  depth_ = depth;
  nots_ = 0;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    static_cast<antlr4::WritableToken&>(*tokens_[i].token).setTokenIndex(i);
    Count(tokens_[i].token->getType());
  }
}

bool TokenWindow::FirstOnLine(ssize_t k) {
  LT(k);
  return tokens_.at(std::min(at_ + static_cast<size_t>(k) - 1, tokens_.size() - 1)).first_on_line;
}

void TokenWindow::consume() {
  if (LA(1) != antlr4::Token::EOF) ++at_;
}

size_t TokenWindow::LA(ssize_t k) {
  const antlr4::Token* token = LT(k);
  return token == nullptr ? antlr4::Token::INVALID_TYPE : token->getType();
}

antlr4::Token* TokenWindow::LT(ssize_t k) {
  if (k <= 0) {
    const ssize_t at = static_cast<ssize_t>(at_) + k;
    return k == 0 || at < 0 ? nullptr : tokens_[static_cast<size_t>(at)].token.get();
  }
  const size_t want = at_ + static_cast<size_t>(k);
  while (tokens_.size() < want && Fetch()) {
  }
  return tokens_[std::min(want, tokens_.size()) - 1].token.get();
}

bool TokenWindow::Fetch() {
  if (ended_) return false;
  std::unique_ptr<antlr4::Token> token = lexer_.nextToken();
  while (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) {
    comments_.emplace_back(token->getStartIndex(), token->getStopIndex() + 1);
    token = lexer_.nextToken();
  }
  if (!WithinLimits(*token)) {
    auto& writable = static_cast<antlr4::WritableToken&>(*token);
    writable.setType(antlr4::Token::EOF);
  }
  ended_ = token->getType() == antlr4::Token::EOF;
  static_cast<antlr4::WritableToken&>(*token).setTokenIndex(tokens_.size());
  const bool first = token->getLine() != last_line_;
  last_line_ = token->getLine();
  tokens_.push_back({std::move(token), first});
  return true;
}

bool TokenWindow::WithinLimits(const antlr4::Token& token) {
  Count(token.getType());
  std::optional<Overflow::Kind> kind;
  if (depth_ + nots_ > limits_.nesting) kind = Overflow::Kind::kNesting;
  if (tokens_.size() >= limits_.statement_tokens) kind = Overflow::Kind::kStatement;
  if (kind) overflow_ = Overflow{*kind, token.getStartIndex(), token.getStopIndex() + 1};
  return !kind;
}

void TokenWindow::Count(size_t type) {
  nots_ = type == PlexLexer::NOT ? nots_ + 1 : 0;
  switch (type) {
    case PlexLexer::LBRACE:
    case PlexLexer::LBRACKET:
    case PlexLexer::LPAREN:
      ++depth_;
      break;
    case PlexLexer::RBRACE:
    case PlexLexer::RBRACKET:
    case PlexLexer::RPAREN:
      if (depth_ > 0) --depth_;
      break;
    default:
      break;
  }
}

}  // namespace mcplexer::syntax
