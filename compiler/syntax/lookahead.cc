// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/lookahead.h"

#include <PlexParser.h>

#include "compiler/syntax/message.h"

namespace mcplexer::syntax {

using Parser = grammar::PlexParser;

std::string_view Lookahead::Text(ssize_t k) {
  const antlr4::Token& token = *window_.LT(k);
  return region_.Text(region_.SpanOf(token.getStartIndex(), token.getStopIndex() + 1));
}

bool Lookahead::IsAttribute(ssize_t k) {
  if (Type(k) == Parser::SET && Type(k + 1) != Parser::ASSIGN) ++k;
  return (IsWord(Type(k)) || Type(k) == Parser::STRING) && Type(k + 1) == Parser::ASSIGN;
}

bool Lookahead::IsNearlyAttribute(ssize_t k) {
  const size_t next = Type(k + 1);
  if (!IsWord(Type(k)) || next == Parser::WORD || next == Parser::SET_NAME) return false;
  if (next == Parser::COLON) return true;
  return window_.FirstOnLine(k) && Type(k) == Parser::WORD &&
         !MisspelledKeyword(Text(k), BodyKeywords());
}

bool Lookahead::IsDeclaration(ssize_t k) {
  const size_t type = Type(k);
  if (!IsDeclarationKeyword(type)) return false;
  if (type == Parser::TEST || type == Parser::IMPORT) return Type(k + 1) == Parser::STRING;
  if (!IsWord(Type(k + 1))) return false;
  const size_t third = Type(k + 2);
  return third == Parser::LBRACE || third == Parser::ASSIGN || third == Parser::LPAREN;
}

bool Lookahead::IsRule(ssize_t k) {
  return IsEffect(Type(k)) && Type(k + 1) != Parser::ASSIGN && Type(k + 1) != Parser::COLON;
}

bool Lookahead::IsMisspeltRule(ssize_t k) {
  const size_t next = Type(k + 1);
  if (Type(k) != Parser::WORD || (next != Parser::WORD && next != Parser::SET_NAME)) return false;
  const auto keyword = MisspelledKeyword(Text(k), BodyKeywords());
  return keyword && IsEffect(*keyword);
}

bool Lookahead::IsStatement(ssize_t k, Block block) {
  const size_t type = Type(k);
  const bool in = type == Parser::IN && Type(k + 1) == Parser::STRING;
  switch (block) {
    case Block::kFile:
      return IsDeclaration(k);
    case Block::kAttributes:
      return IsAttribute(k);
    case Block::kBody:
    case Block::kIn:
      return IsRule(k) || IsMisspeltRule(k) || IsAttribute(k) || in ||
             (type == Parser::USE && IsWord(Type(k + 1)));
    case Block::kInvariant:
      return type == Parser::NEVER || type == Parser::ALWAYS;
    case Block::kTest:
      return type == Parser::CALL || in;
  }
  return false;
}

bool Lookahead::ResumesStatement(size_t depth, Block block) {
  if (!window_.FirstOnLine(1)) return false;
  if (window_.LT(1)->getCharPositionInLine() == 0 && IsDeclaration(1)) return true;
  if (depth == 0) return IsStatement(1, block);
  // Rules do not stand in maps: a brace of the failed statement is missing.
  return HoldsRules(block) && IsRule(1) && Type(2) == Parser::WORD;
}

}  // namespace mcplexer::syntax
