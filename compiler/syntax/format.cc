// SPDX-License-Identifier: Apache-2.0
// The formatter goes over the words of the file, not over its tree, so that nothing can get lost:
// comments, quotes and escapes come out as they went in. The tree only says what a word is
// (marks.h), the lines are layout.h's, the comments comments.h's.
//
// A bracket whose first line the author broke stays in lines of its own; everything else depends on
// widths. Own lines are for statements and for the clauses of a rule that is too long; lists of
// patterns and the like are filled.

#include "compiler/syntax/format.h"

#include <PlexLexer.h>

#include <utility>
#include <vector>

#include "compiler/syntax/comments.h"
#include "compiler/syntax/layout.h"
#include "compiler/syntax/lexeme.h"
#include "compiler/syntax/marks.h"
#include "compiler/syntax/parse.h"
#include "runtime/base/check.h"

namespace mcplexer::syntax {
namespace {

using grammar::PlexLexer;
using Mark = Marks::Mark;

constexpr uint32_t kWidth = 100;
constexpr int kIndent = 2;

bool IsOpener(size_t type) {
  return type == PlexLexer::LBRACE || type == PlexLexer::LBRACKET || type == PlexLexer::LPAREN;
}
bool IsCloser(size_t type) {
  return type == PlexLexer::RBRACE || type == PlexLexer::RBRACKET || type == PlexLexer::RPAREN;
}

class Formatter {
 public:
  Formatter(const Words& words, const Marks& marks) : words_(words), marks_(marks) {}

  std::string Run() {
    layout_.Begin(Wrap::kAll, 0, Fit::kNever);
    for (word_ = 0; word_ < words_.words.size(); ++word_) Word();
    TakeGap();
    Settle();
    OwnLines();
    layout_.End();
    return layout_.Print(kWidth);
  }

 private:
  enum class Open : uint8_t {
    kFile,
    kBlock,      // { statements }
    kPatterns,   // the [ ] of a set of tools
    kList,       // [ ], { }, ( ) of values: all on one line or each in its own
    kFilled,     // [ ] in a condition
    kStatement,  // up to its last word, or its block
    kClause,
    kCondition,
    kGrouping,  // ( ) in a condition
    kSize,      // the ( ) of size(..)
  };

  size_t Type(size_t word) const { return words_.words[word].type; }
  bool Has(Mark mark) const { return marks_.Has(word_, mark); }
  Open top() const { return open_.back(); }
  bool InList() const { return top() == Open::kList || top() == Open::kPatterns; }
  bool InCondition() const { return top() == Open::kCondition || top() == Open::kGrouping; }
  bool BehindOpener() const { return word_ > 0 && IsOpener(Type(word_ - 1)); }

  // --- Comments ---

  // The gap before the current word: what belongs to the word before it waits until it is known
  // which group the line ends in.
  void TakeGap() {
    gap_ = words_.GapBefore(word_);
    behind_ = gap_ != nullptr && !gap_->behind.empty();
    lines_ = gap_ != nullptr && !gap_->lines.empty();
  }

  // Before anything but the end of a group.
  void Settle() {
    if (!std::exchange(behind_, false)) return;
    for (const std::string& comment : gap_->behind) {
      if (gap_->behind_ends_line && &comment == &gap_->behind.back()) {
        layout_.TrailingComment(comment);
      } else {
        layout_.Text(" ");
        layout_.Text(comment);
      }
    }
  }

  void OwnLines() {
    if (!std::exchange(lines_, false)) return;
    bool first = BehindOpener();
    for (const OwnLine& line : gap_->lines) {
      const bool blank = line.blank && !first;
      first = false;
      layout_.OwnLine(line.text, line.column, blank ? Blank::kYes : Blank::kNo);
    }
  }

  // --- Layout ---

  void Begin(Wrap wrap, int indent, Fit fit = Fit::kIfItFits) {
    Settle();
    layout_.Begin(wrap, indent, fit);
  }
  void End() { layout_.End(); }

  // Before the current word. `keep`: an empty line there is one in the outcome.
  void Break(std::string_view flat, int offset = 0, Blank keep = Blank::kNo) {
    Settle();
    const bool behind_opener = BehindOpener() && !lines_;
    OwnLines();
    const bool blank = keep == Blank::kYes && !behind_opener && words_.BlankBefore(word_);
    layout_.Break(flat, offset, blank ? Blank::kYes : Blank::kNo);
    separated_ = true;
  }

  void Space() {
    Settle();
    OwnLines();
    layout_.Text(" ");
    separated_ = true;
  }

  // What a bracket adds to the indentation: a statement's own group has added it already.
  int InnerIndent() const { return top() == Open::kStatement ? 0 : kIndent; }

  // Whether the author began a new line behind the current word, a bracket.
  Fit AsBroken() const { return words_.LineBefore(word_ + 1) ? Fit::kNever : Fit::kIfItFits; }

  // --- Words ---

  void Word() {
    TakeGap();
    separated_ = false;
    if (IsCloser(Type(word_))) {
      Close();
      return;
    }
    if (Has(Mark::kStatement)) BeginStatement();
    if (Has(Mark::kClause)) BeginClause();
    if (Has(Mark::kPart)) Break(" ");
    if (!separated_ && word_ > 0) BreakInBracket();
    if (Has(Mark::kCondition)) BeginCondition();
    Print();
    if (IsOpener(Type(word_))) OpenBracket();
    if (Has(Mark::kKey)) Padding();
    EndWhatEnds();
  }

  void BreakInBracket() {
    const size_t before = Type(word_ - 1);
    if (InList() && IsOpener(before)) {
      Break(FlatEdge(before));
    } else if (before == PlexLexer::COMMA) {
      Break(" ", 0, InList() ? Blank::kYes : Blank::kNo);
    } else if (Has(Mark::kEntry)) {
      Break("  ", 0, Blank::kYes);
    } else if (InCondition() && (Type(word_) == PlexLexer::AND || Type(word_) == PlexLexer::OR)) {
      Operator();
    }
  }

  // What stands between a bracket and what is in it, on one line.
  std::string_view FlatEdge(size_t bracket) const {
    const bool brace = bracket == PlexLexer::LBRACE || bracket == PlexLexer::RBRACE;
    return brace || top() == Open::kPatterns ? " " : "";
  }

  void Print() {
    if (!separated_) {
      Settle();
      OwnLines();
      if (SpaceBefore()) layout_.Text(" ");
    }
    if (gap_ != nullptr) {
      for (const std::string& comment : gap_->before) {
        layout_.Text(comment);
        layout_.Text(" ");
      }
    }
    layout_.Text(words_.Text(word_));
  }

  // Whether a space stands before a word that no line begins with.
  bool SpaceBefore() const {
    if (word_ == 0) return false;
    const size_t type = Type(word_);
    const size_t before = Type(word_ - 1);
    if (type == PlexLexer::COMMA || type == PlexLexer::COLON || IsCloser(type)) return false;
    if (before == PlexLexer::LPAREN || before == PlexLexer::LBRACKET) return false;
    if (type != PlexLexer::LPAREN) return true;
    return InCondition() && before != PlexLexer::SIZE;
  }

  void Padding() {
    const auto padding = marks_.padding.find(word_);
    if (padding != marks_.padding.end()) layout_.Pad(padding->second);
  }

  void EndWhatEnds() {
    if (Has(Mark::kConditionEnd)) {
      End();
      End();
      open_.pop_back();
    }
    if (Has(Mark::kStatementEnd)) EndStatement();
  }

  // --- Statements ---

  void BeginStatement() {
    const bool alone = BehindOpener() || (word_ > 0 && Type(word_ - 1) == PlexLexer::COMMA);
    Break(alone ? " " : "  ", 0, Blank::kYes);
    const bool rule = Has(Mark::kRule);
    Begin(rule ? Wrap::kAll : Wrap::kFill, kIndent);
    open_.push_back(Open::kStatement);
    if (!rule) return;
    Begin(Wrap::kFill, kIndent);
    open_.push_back(Open::kClause);
  }

  void BeginClause() {
    EndClause();
    Break(" ");
    Begin(Wrap::kFill, kIndent);
    open_.push_back(Open::kClause);
  }

  void EndClause() {
    if (top() != Open::kClause) return;
    End();
    open_.pop_back();
  }

  void EndStatement() {
    EndClause();
    MCPLEXER_CHECK(top() == Open::kStatement);
    End();
    open_.pop_back();
  }

  // --- Brackets ---

  void OpenBracket() {
    if (Has(Mark::kBlock)) {
      EndStatement();
      Begin(Wrap::kAll, kIndent, AsBroken());
      open_.push_back(Open::kBlock);
    } else if (!InCondition()) {
      Begin(Wrap::kAll, InnerIndent(), AsBroken());
      open_.push_back(Has(Mark::kPatterns) ? Open::kPatterns : Open::kList);
    } else if (Type(word_) == PlexLexer::LBRACKET) {
      Begin(Wrap::kFill, kIndent);
      open_.push_back(Open::kFilled);
    } else if (Type(word_ - 1) == PlexLexer::SIZE) {
      open_.push_back(Open::kSize);
    } else {
      BeginOperators(kIndent, Has(Mark::kGroupOr));
      open_.push_back(Open::kGrouping);
    }
  }

  void Close() {
    const bool has_lines = InList() || top() == Open::kBlock;
    const bool empty = BehindOpener() && !lines_ && !behind_;
    if (has_lines && !empty) Break(FlatEdge(Type(word_)), -kIndent);
    if (top() == Open::kGrouping) {
      End();
      End();
    }
    Print();
    if (has_lines || top() == Open::kFilled) End();
    open_.pop_back();
    EndWhatEnds();
  }

  // --- Conditions ---

  // Two groups: the operands of `or`, and in it those of `and`. Operators of one level break
  // together; an `and` beside an `or` is indented deeper.
  void BeginOperators(int indent, bool has_or) {
    Begin(Wrap::kAll, indent);
    BeginConjunction(has_or);
  }
  void BeginConjunction(bool has_or) { Begin(Wrap::kAll, has_or ? kIndent : 0); }

  void BeginCondition() {
    if (!separated_) Space();
    BeginOperators(0, Has(Mark::kConditionOr));
    open_.push_back(Open::kCondition);
  }

  void Operator() {
    const bool is_or = Type(word_) == PlexLexer::OR;
    if (is_or) End();
    Break(" ");
    if (is_or) BeginConjunction(true);
  }

  const Words& words_;
  const Marks& marks_;
  Layout layout_;
  std::vector<Open> open_ = {Open::kFile};
  size_t word_ = 0;
  const Gap* gap_ = nullptr;  // the comments before the current word
  bool behind_ = false;       // gap_->behind is still to be laid out
  bool lines_ = false;        // gap_->lines is
  bool separated_ = false;    // from the word before
};

void CheckSameWords(std::string_view before, std::string_view after) {
  const std::vector<Lexeme> old_lexemes = Lex(before);
  const std::vector<Lexeme> new_lexemes = Lex(after);
  MCPLEXER_CHECK(old_lexemes.size() == new_lexemes.size());
  for (size_t i = 0; i < old_lexemes.size(); ++i) {
    const Lexeme& old_one = old_lexemes[i];
    const Lexeme& new_one = new_lexemes[i];
    MCPLEXER_CHECK(old_one.type == new_one.type);
    MCPLEXER_CHECK(old_one.comment
                       ? CommentContent(old_one.in(before)) == CommentContent(new_one.in(after))
                       : old_one.in(before) == new_one.in(after));
  }
}

}  // namespace

std::optional<std::string> FormatPlex(const source::SourceMap& sources, FileId file,
                                      const source::Limits& limits,
                                      source::Diagnostics& diagnostics) {
  const size_t errors = diagnostics.count(source::Severity::kError);
  const File tree = ParsePlex(sources, file, limits, diagnostics);
  if (diagnostics.count(source::Severity::kError) > errors) return std::nullopt;
  const std::string_view text = sources.text(file);
  const Words words = ReadWords(text);
  std::string formatted = Formatter(words, MarkWords(tree, words)).Run();
  CheckSameWords(text, formatted);
  return formatted;
}

}  // namespace mcplexer::syntax
