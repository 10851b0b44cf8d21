// SPDX-License-Identifier: Apache-2.0
// Lays text out in lines. What is laid out is a sequence of texts, of places where a line may end,
// and of groups around them; a group that fits on its line stays on it.
//
// This is Oppen's scheme (Prettyprinting, TOPLAS 1980): the sequence is flat, widths are summed up
// beforehand, and one pass prints, with a stack of groups and no recursion. Every decision depends
// on the texts and on the column alone, never on how the source was broken, so laying out what was
// laid out changes nothing.

#ifndef MCPLEXER_COMPILER_SYNTAX_LAYOUT_H_
#define MCPLEXER_COMPILER_SYNTAX_LAYOUT_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::syntax {

// What happens to the breaks of a group that does not fit: all end their line, or only those that
// have to.
enum class Wrap : uint8_t { kAll, kFill };

// Whether a group may stand on one line.
enum class Fit : uint8_t { kIfItFits, kNever };

enum class Blank : uint8_t { kNo, kYes };

class Layout {
 public:
  // Lines that begin in the group are indented by `indent` more than those of the group around it.
  void Begin(Wrap wrap, int indent, Fit fit = Fit::kIfItFits);
  void End();
  // `text` outlives the layout.
  void Text(std::string_view text);
  // A line may end here; where it does not, `flat` stands here. `offset` is added to the
  // indentation of the line that begins, and an empty line stands before it with Blank::kYes.
  void Break(std::string_view flat, int offset = 0, Blank blank = Blank::kNo);
  // Spaces, where the group around the innermost one is in lines of its own.
  void Pad(uint32_t width);
  // A comment up to the end of the line. It does not count as part of the line's width.
  void TrailingComment(std::string_view comment);
  // A comment on lines of its own, indented as the innermost group; `column` is where it began.
  void OwnLine(std::string comment, uint32_t column, Blank blank);

  // Lines of up to `width` columns where that is possible. No white space at the end of a line, a
  // line break at the end of the text unless it is empty.
  std::string Print(uint32_t width) const;

 private:
  friend class LayoutPrinter;

  struct Event {
    enum class Kind : uint8_t { kBegin, kEnd, kText, kBreak, kPad, kTrailing, kOwnLine };
    Kind kind = Kind::kText;
    Wrap wrap = Wrap::kAll;
    Fit fit = Fit::kIfItFits;
    Blank blank = Blank::kNo;
    int32_t number = 0;  // indentation, offset, width or column
    std::string_view text;
  };

  std::vector<Event> events_;
  std::deque<std::string> owned_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_LAYOUT_H_
