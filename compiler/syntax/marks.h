// SPDX-License-Identifier: Apache-2.0
// What the syntax tree knows about a file's words: where statements, clauses, conditions and the
// entries of maps begin. Keywords are names too in this language, so words alone do not tell.
// Private to the formatter.

#ifndef MCPLEXER_COMPILER_SYNTAX_MARKS_H_
#define MCPLEXER_COMPILER_SYNTAX_MARKS_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/comments.h"

namespace mcplexer::syntax {

struct Marks {
  enum Mark : uint16_t {
    kStatement = 1 << 0,     // the first word of a declaration, rule, attribute or other statement
    kStatementEnd = 1 << 1,  // the last word of a statement that ends without a block
    kRule = 1 << 2,          // with kStatement: of clauses that stand on lines of their own
    kClause = 1 << 3,        // the keyword of a clause
    kPart = 1 << 4,          // a word before which a line may end
    kEntry = 1 << 5,         // the key of a map's entry
    kCondition = 1 << 6,     // the first and the last word of a condition
    kConditionEnd = 1 << 7,
    kBlock = 1 << 8,     // the `{` of a block
    kPatterns = 1 << 9,  // the `[` of a set of tools
    kKey = 1 << 10,      // the word of an attribute that is padded so that those of a block align
    kConditionOr = 1 << 11,  // with kCondition: there is an `or` outside of parentheses
    kGroupOr = 1 << 12,      // of a `(` in a condition: there is one directly in it
  };

  std::vector<uint16_t> of;                      // by word
  std::unordered_map<size_t, uint32_t> padding;  // of words with kKey, where it is not 0

  bool Has(size_t word, Mark mark) const { return (of[word] & mark) != 0; }
};

// `file` is the tree of the text that `words` are of, and came without an error.
Marks MarkWords(const File& file, const Words& words);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_MARKS_H_
