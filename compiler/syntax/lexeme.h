// SPDX-License-Identifier: Apache-2.0
// The words of a file, comments among them, in the order of the text: what the formatter lays out.
// Private to this folder.

#ifndef MCPLEXER_COMPILER_SYNTAX_LEXEME_H_
#define MCPLEXER_COMPILER_SYNTAX_LEXEME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::syntax {

// 12 bytes, where ANTLR's own tokens have about 200: a file has up to 16 million of these.
struct Lexeme {
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  uint16_t type = 0;  // PlexLexer's
  bool comment = false;

  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

// All of `text` but its white space. The text is valid UTF-8; what the grammar knows no word for
// comes out as a lexeme of a type that no rule uses.
std::vector<Lexeme> Lex(std::string_view text);

// A comment without what formatting may change of it: white space at both ends of its lines.
std::string CommentContent(std::string_view comment);

// The code points of `text`, which is how wide it is taken to be.
uint32_t Width(std::string_view text);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_LEXEME_H_
