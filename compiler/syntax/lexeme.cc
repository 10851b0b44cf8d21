// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/lexeme.h"

#include <PlexLexer.h>

#include <algorithm>

#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {

std::vector<Lexeme> Lex(std::string_view text) {
  ByteStream bytes(text);
  grammar::PlexLexer lexer(&bytes);
  lexer.removeErrorListeners();
  std::vector<Lexeme> lexemes;
  for (;;) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) return lexemes;
    lexemes.push_back({static_cast<uint32_t>(token->getStartIndex()),
                       static_cast<uint32_t>(token->getStopIndex() + 1),
                       static_cast<uint16_t>(token->getType()),
                       token->getChannel() != antlr4::Token::DEFAULT_CHANNEL});
  }
}

std::string CommentContent(std::string_view comment) {
  constexpr std::string_view kWhite = " \t\r";
  std::string content;
  for (size_t at = 0; at <= comment.size();) {
    const size_t end = std::min(comment.find('\n', at), comment.size());
    std::string_view line = comment.substr(at, end - at);
    line.remove_prefix(std::min(line.find_first_not_of(kWhite), line.size()));
    line = line.substr(0, line.find_last_not_of(kWhite) + 1);
    content += line;
    if (end < comment.size()) content += '\n';
    at = end + 1;
  }
  return content;
}

uint32_t Width(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace mcplexer::syntax
