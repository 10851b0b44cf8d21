// SPDX-License-Identifier: Apache-2.0
// The comments of a file that belong to what stands below or before them. Private to this folder.

#ifndef MCPLEXER_COMPILER_CONVERT_COMMENTS_H_
#define MCPLEXER_COMPILER_CONVERT_COMMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/convert/convert.h"
#include "compiler/source/source.h"

namespace mcplexer::convert {

class Comments {
 public:
  // `spans`: of the comments, in order.
  Comments(std::string_view text, const std::vector<source::Span>& spans);

  // Whose the comments are that stand between the words of what has a comment: its own, or those of
  // the parts that it is made of.
  enum class Inside : uint8_t { kItsOwn, kOfItsParts };

  // The lines of the comments directly above `span`, without their marks, perhaps of those in it,
  // and of one behind it on its last line. They are taken: nobody gets them twice.
  std::vector<std::string> Take(source::Span span, Inside inside);
  // The lines of those at the top of the file, up to the first empty line.
  std::vector<std::string> TakeHead();
  // The comments that nobody took.
  std::vector<Loss> Left() const;

 private:
  struct Comment {
    source::Span span;
    bool taken = false;
  };

  void Append(Comment& comment, std::vector<std::string>& lines) const;
  // What is between two places, if that is white space with fewer than `breaks` line breaks.
  bool Adjoins(uint32_t begin, uint32_t end, size_t breaks) const;
  bool BeginsLine(const Comment& comment) const;

  std::string_view text_;
  std::vector<Comment> comments_;
};

}  // namespace mcplexer::convert

#endif  // MCPLEXER_COMPILER_CONVERT_COMMENTS_H_
