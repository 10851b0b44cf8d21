// SPDX-License-Identifier: Apache-2.0
// Which word a comment belongs to. Between two words a comment that begins on the first one's line
// belongs to that word, one that ends on the second one's line to the second, and what is between
// them stands on lines of its own. Private to the formatter.

#ifndef MCPLEXER_COMPILER_SYNTAX_COMMENTS_H_
#define MCPLEXER_COMPILER_SYNTAX_COMMENTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/lexeme.h"

namespace mcplexer::syntax {

struct OwnLine {
  std::string text;     // more than one comment if they shared a line
  uint32_t column = 0;  // bytes before it
  bool blank = false;   // an empty line stands before it
};

// The comments between a word and the next one.
struct Gap {
  std::vector<std::string> behind;  // the first word
  bool behind_ends_line = false;
  std::vector<OwnLine> lines;
  std::vector<std::string> before;  // the second word
};

// A file's words and comments, told apart.
struct Words {
  std::string_view text;
  std::vector<Lexeme> words;
  std::map<size_t, Gap> gaps;  // by the index of the second word

  std::string_view Text(size_t word) const { return words[word].in(text); }
  // Null where no comment stands.
  const Gap* GapBefore(size_t word) const;
  // Whether an empty line stands before the word, or a line break anywhere between it and the one
  // before it.
  bool BlankBefore(size_t word) const;
  bool LineBefore(size_t word) const;
  // The word that begins or ends at a byte.
  size_t At(uint32_t begin) const;
  size_t Ending(uint32_t end) const;
};

Words ReadWords(std::string_view text);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_COMMENTS_H_
