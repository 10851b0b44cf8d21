// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/comments.h"

#include <PlexLexer.h>

#include <algorithm>
#include <span>

#include "runtime/base/check.h"

namespace mcplexer::syntax {
namespace {

using grammar::PlexLexer;

size_t LineBreaks(std::string_view text, uint32_t begin, uint32_t end) {
  return static_cast<size_t>(std::count(text.begin() + begin, text.begin() + end, '\n'));
}

// A comment as it will stand: no white space at the end of its lines.
std::string Content(std::string_view comment) {
  std::string out;
  for (const char c : comment) {
    if (c == '\n') out.resize(out.find_last_not_of(" \t\r") + 1);
    out += c;
  }
  out.resize(out.find_last_not_of(" \t\r") + 1);
  return out;
}

// What a comment never moves over to the line of.
bool EndsItem(size_t type) {
  return type == PlexLexer::RBRACE || type == PlexLexer::RBRACKET || type == PlexLexer::RPAREN ||
         type == PlexLexer::COMMA;
}

class Sorter {
 public:
  Sorter(std::string_view text, std::span<const Lexeme> comments, const Lexeme* first,
         const Lexeme* second)
      : text_(text), comments_(comments), first_(first), second_(second) {}

  Gap Run() {
    size_t next = 0;
    while (next < comments_.size()) {
      size_t end = next + 1;
      while (end < comments_.size() && !BreakBefore(end)) ++end;
      Sort(next, end);
      next = end;
    }
    return std::move(gap_);
  }

 private:
  // Between a comment, or the second word, and what stands before it.
  size_t BreaksBefore(size_t comment) const {
    const uint32_t begin = comment > 0         ? comments_[comment - 1].end
                           : first_ != nullptr ? first_->end
                                               : 0;
    const uint32_t end = comment < comments_.size() ? comments_[comment].begin
                         : second_ != nullptr       ? second_->begin
                                                    : static_cast<uint32_t>(text_.size());
    return LineBreaks(text_, begin, end);
  }
  bool BreakBefore(size_t comment) const { return BreaksBefore(comment) > 0; }

  // The comments [begin, end) share a line.
  void Sort(size_t begin, size_t end) {
    const bool begins_line = begin > 0 || first_ == nullptr || BreakBefore(begin);
    const bool ends_line =
        end < comments_.size() || second_ == nullptr || BreakBefore(comments_.size());
    if (begins_line && ends_line) {
      OwnLine line;
      for (size_t i = begin; i < end; ++i) {
        line.text += (i > begin ? " " : "") + Content(comments_[i].in(text_));
      }
      const size_t line_begin = text_.rfind('\n', comments_[begin].begin);
      line.column =
          comments_[begin].begin -
          (line_begin == std::string_view::npos ? 0 : static_cast<uint32_t>(line_begin) + 1);
      line.blank = BreaksBefore(begin) > 1;
      gap_.lines.push_back(std::move(line));
      return;
    }
    // A closing bracket or a comma leaves the comment to what stands before, unless other comments
    // do already.
    const bool is_alone = gap_.behind.empty() && gap_.lines.empty();
    const bool to_second =
        !ends_line && (first_ == nullptr || !EndsItem(second_->type) || !is_alone);
    if (!to_second) gap_.behind_ends_line = ends_line;
    for (size_t i = begin; i < end; ++i) {
      (to_second ? gap_.before : gap_.behind).push_back(Content(comments_[i].in(text_)));
    }
  }

  std::string_view text_;
  std::span<const Lexeme> comments_;
  const Lexeme* first_;
  const Lexeme* second_;
  Gap gap_;
};

}  // namespace

const Gap* Words::GapBefore(size_t word) const {
  const auto found = gaps.find(word);
  return found == gaps.end() ? nullptr : &found->second;
}

bool Words::LineBefore(size_t word) const {
  return word > 0 && LineBreaks(text, words[word - 1].end, words[word].begin) > 0;
}

bool Words::BlankBefore(size_t word) const {
  // Behind the last comment, if there are any: white space only.
  const uint32_t begin = words[word].begin;
  size_t breaks = 0;
  for (uint32_t at = begin; at > 0; --at) {
    const char c = text[at - 1];
    if (c == '\n') ++breaks;
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') break;
  }
  return breaks > 1;
}

size_t Words::At(uint32_t begin) const {
  const auto found =
      std::lower_bound(words.begin(), words.end(), begin,
                       [](const Lexeme& word, uint32_t at) { return word.begin < at; });
  MCPLEXER_CHECK(found != words.end() && found->begin == begin);
  return static_cast<size_t>(found - words.begin());
}

size_t Words::Ending(uint32_t end) const {
  const auto found =
      std::lower_bound(words.begin(), words.end(), end,
                       [](const Lexeme& word, uint32_t at) { return word.end < at; });
  MCPLEXER_CHECK(found != words.end() && found->end == end);
  return static_cast<size_t>(found - words.begin());
}

Words ReadWords(std::string_view text) {
  Words result;
  result.text = text;
  const std::vector<Lexeme> lexemes = Lex(text);
  for (size_t i = 0; i <= lexemes.size(); ++i) {
    const size_t first_comment = i;
    while (i < lexemes.size() && lexemes[i].comment) ++i;
    const Lexeme* second = i < lexemes.size() ? &lexemes[i] : nullptr;
    if (i > first_comment) {
      const Lexeme* first = first_comment > 0 ? &lexemes[first_comment - 1] : nullptr;
      const std::span<const Lexeme> comments(&lexemes[first_comment], i - first_comment);
      result.gaps.emplace(result.words.size(), Sorter(text, comments, first, second).Run());
    }
    if (second != nullptr) result.words.push_back(*second);
  }
  return result;
}

}  // namespace mcplexer::syntax
