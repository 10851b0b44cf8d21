// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/statement_reader.h"

#include <optional>

namespace mcplexer::syntax {
namespace {

using Parser = grammar::PlexParser;
using antlr4::Token;

// How many misspelt keywords of one statement are put right.
constexpr int kMostCorrections = 4;

// Tokens that may have swallowed the end of a block.
bool IsOpen(size_t type) { return type == Parser::BAD_STRING || type == Parser::OPEN_COMMENT; }

void Become(Token* token, size_t type) {
  static_cast<antlr4::WritableToken*>(token)->setType(type);
}

}  // namespace

antlr4::ParserRuleContext* StatementReader::Read(StatementParser::Entry entry) {
  stands_in_block_ = false;
  for (int corrections = 0;; ++corrections) {
    if (antlr4::ParserRuleContext* tree = parser_.Parse(entry)) return tree;
    const Failure& failure = parser_.failure();
    const size_t at = failure.found_index;
    if (failure.found->getType() == Token::EOF && window_.overflow()) {
      window_.seek(at);
      return nullptr;
    }
    std::optional<size_t> keyword;
    if (failure.found->getStartIndex() != last_error_) {
      last_error_ = failure.found->getStartIndex();
      keyword = message_.Malformed(failure);
    }
    lost_end_ = lost_end_ || IsOpen(failure.found->getType());
    window_.seek(0);
    if (!keyword || corrections == kMostCorrections) {
      Skip(at);
      return nullptr;
    }
    Become(window_.get(at), *keyword);
    parser_.Release();
  }
}

Parser::Rule_Context* StatementReader::ReadRule() {
  for (int corrections = 0;; ++corrections) {
    Parser::Rule_Context* rule = Read<&Parser::rule_>();
    if (rule == nullptr || corrections == kMostCorrections || !CorrectClause()) return rule;
    window_.seek(0);
  }
}

// A word behind a complete rule that is no statement but nearly a clause: reports it and makes it
// that clause's keyword.
bool StatementReader::CorrectClause() {
  if (next_.Type(1) != Parser::WORD || next_.IsAttribute(1)) return false;
  if (!MisspelledKeyword(next_.Text(1), ClauseKeywords())) return false;
  Token* word = window_.LT(1);
  const auto keyword =
      message_.Unexpected(*word, "a clause or the next statement", ClauseKeywords());
  Become(word, *keyword);
  return true;
}

void StatementReader::Unexpected(std::string_view expected, std::span<const size_t> keywords) {
  Token* found = window_.LT(1);
  std::optional<size_t> keyword;
  if (found->getStartIndex() != last_error_) {
    last_error_ = found->getStartIndex();
    keyword = message_.Unexpected(*found, expected, keywords);
  }
  lost_end_ = lost_end_ || IsOpen(found->getType());
  if (keyword) {
    Become(found, *keyword);
  } else {
    Skip(0);
  }
}

void StatementReader::Release() {
  parser_.Release();
  window_.Release(tree_.depth());
}

// From the start of a statement that failed at its token number `failed` to the next statement.
void StatementReader::Skip(size_t failed) {
  const bool head = tree_.depth() == 0 ? IsDeclarationKeyword(next_.Type(1))
                                       : HoldsRules(tree_.block()) && next_.Type(1) == Parser::IN;
  size_t depth = 0;
  for (size_t i = 0; next_.Type(1) != Token::EOF; ++i) {
    const size_t type = next_.Type(1);
    lost_end_ = lost_end_ || IsOpen(type);
    if (i > 0 && i >= failed && next_.ResumesStatement(depth, tree_.block())) return;
    if (type == Parser::RBRACE) {
      if (depth == 0 && tree_.depth() > 0) return;
      depth -= depth > 0 ? 1 : 0;
      if (depth == 0 && tree_.depth() == 0) {
        window_.consume();
        return;
      }
    } else if (type == Parser::LBRACE) {
      if (head && depth == 0 && i >= failed) {
        window_.consume();
        stands_in_block_ = true;
        return;
      }
      ++depth;
    }
    window_.consume();
    // What was skipped is not needed again, and may be most of the file.
    if (i >= failed) window_.Release(tree_.depth() + depth);
  }
  lost_end_ = lost_end_ || depth > 0;
}

}  // namespace mcplexer::syntax
