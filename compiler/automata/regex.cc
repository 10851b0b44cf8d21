// SPDX-License-Identifier: Apache-2.0
// Regular expressions in RE2's syntax, straight to an NFA.
//
// RE2 compiles the text first, so this parser sees only expressions that RE2 accepts and need not
// repeat its checks; where the two could still disagree, a test runs thousands of random
// expressions and strings through both. Operands are fragments, open groups a stack of frames.
// Non-greedy operators have the same language as greedy ones, and lazy flags (?U) are ignored.
#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "compiler/automata/pattern.h"
#include "compiler/automata/regex_class.h"

namespace mcplexer::automata {
namespace {

struct Flags {
  bool fold_case = false;       // i
  bool dot_newline = false;     // s
  bool multiple_lines = false;  // m
};

// Counts of a `{m}`, `{m,}` or `{m,n}` and the offset behind it.
struct Counts {
  std::uint32_t minimum = 0;
  std::uint32_t maximum = 0;
  std::size_t end = 0;
};

enum class Captures : std::uint8_t { kRefused, kGroups };

class RegexParser {
 public:
  RegexParser(std::string_view text, Captures captures, NfaBuilder& builder)
      : text_(text), captures_(captures), builder_(builder) {}

  tl::expected<Fragment, PatternError> Parse() {
    stack_.push_back({});
    while (position_ < text_.size()) {
      if (auto error = ParseOne()) return tl::unexpected(*std::move(error));
      if (builder_.overflowed()) break;  // Finish reports it
    }
    return EndGroup();
  }

 private:
  struct Group {
    std::vector<Fragment> alternatives;  // those before the last `|`
    std::optional<Fragment> run;         // what precedes the last operand
    std::optional<Fragment> operand;     // what a repetition would apply to
    Flags outer_flags;                   // to return to at its end
  };

  // To be called before the fragments of a new operand are made: the builder repeats only what is
  // youngest, so nothing that belongs before the operand may be built after it.
  void BeginOperand() { JoinOperand(stack_.back()); }

  void BeginGroup(Flags outer) {
    BeginOperand();
    stack_.push_back({});
    stack_.back().outer_flags = outer;
  }

  void Push(Fragment operand) { stack_.back().operand = operand; }

  void JoinOperand(Group& group) {
    if (!group.operand) return;
    group.run = group.run ? builder_.Concat(*group.run, *group.operand) : *group.operand;
    group.operand.reset();
  }

  void EndAlternative() {
    Group& group = stack_.back();
    JoinOperand(group);
    if (!group.run) group.run = builder_.Empty();
    group.alternatives.push_back(*group.run);
    group.run.reset();
  }

  Fragment EndGroup() {
    EndAlternative();
    const Fragment whole = builder_.Alternate(stack_.back().alternatives);
    flags_ = stack_.back().outer_flags;
    stack_.pop_back();
    return whole;
  }

  void PushSet(const CodePointSet& set) {
    BeginOperand();
    Push(builder_.CodePoint(set));
  }

  void PushAssertion(NfaEdge::Kind kind) {
    BeginOperand();
    Push(builder_.Assertion(kind));
  }

  void PushCodePoint(char32_t code_point) {
    PushSet(flags_.fold_case ? FoldCase(code_point, code_point)
                             : CodePointSet::Of(code_point, code_point));
  }

  void Repeat(std::uint32_t minimum, std::uint32_t maximum, std::size_t end) {
    std::optional<Fragment>& operand = stack_.back().operand;
    if (operand) operand = builder_.Repeat(*operand, minimum, maximum);
    position_ = end;
    if (position_ < text_.size() && text_[position_] == '?') ++position_;  // non-greedy
  }

  PatternError Refuse(std::string message, std::size_t length) const {
    return {std::move(message), position_, length};
  }

  std::optional<PatternError> ParseOne();
  std::optional<PatternError> ParseGroupOpen();
  std::optional<PatternError> ParseEscape();
  std::optional<PatternError> ParseLineAnchor(NfaEdge::Kind kind);
  std::optional<Counts> ReadCounts() const;
  void ParseQuoted();

  std::string_view text_;
  const Captures captures_;
  NfaBuilder& builder_;
  std::size_t position_ = 0;
  Flags flags_;
  std::vector<Group> stack_;
};

std::optional<PatternError> RegexParser::ParseOne() {
  switch (text_[position_]) {
    case '(':
      return ParseGroupOpen();
    case ')': {
      const Fragment group = EndGroup();
      Push(group);
      ++position_;
      return std::nullopt;
    }
    case '|':
      EndAlternative();
      ++position_;
      return std::nullopt;
    case '*':
      Repeat(0, NfaBuilder::kUnbounded, position_ + 1);
      return std::nullopt;
    case '+':
      Repeat(1, NfaBuilder::kUnbounded, position_ + 1);
      return std::nullopt;
    case '?':
      Repeat(0, 1, position_ + 1);
      return std::nullopt;
    case '{':
      if (const auto counts = ReadCounts()) {
        Repeat(counts->minimum, counts->maximum, counts->end);
        return std::nullopt;
      }
      break;  // a literal brace
    case '^':
      return ParseLineAnchor(NfaEdge::Kind::kTextBegin);
    case '$':
      return ParseLineAnchor(NfaEdge::Kind::kTextEnd);
    case '.': {
      CodePointSet any = CodePointSet::All();
      if (!flags_.dot_newline) any = any.Minus(CodePointSet::Of('\n', '\n'));
      PushSet(any);
      ++position_;
      return std::nullopt;
    }
    case '[':
      PushSet(ReadBracket(text_, position_, flags_.fold_case));
      return std::nullopt;
    case '\\':
      return ParseEscape();
    default:
      break;
  }
  const auto decoded = DecodeUtf8(text_, position_);
  position_ += decoded->length;
  PushCodePoint(decoded->value);
  return std::nullopt;
}

std::optional<PatternError> RegexParser::ParseLineAnchor(NfaEdge::Kind kind) {
  if (flags_.multiple_lines) {
    return Refuse("`^` and `$` for lines, under (?m), are not supported in names", 1);
  }
  PushAssertion(kind);
  ++position_;
  return std::nullopt;
}

std::optional<PatternError> RegexParser::ParseGroupOpen() {
  const Flags outer = flags_;
  const bool named = text_.substr(position_, 3) == "(?P";
  if (named || text_.substr(position_, 2) != "(?") {
    if (captures_ == Captures::kRefused) {
      return Refuse("a pattern has no captures: write `(?:` for `(`", 1);
    }
    position_ = named ? text_.find('>', position_) + 1 : position_ + 1;
    BeginGroup(outer);
    return std::nullopt;
  }
  bool value = true;
  for (position_ += 2; position_ < text_.size(); ++position_) {
    switch (text_[position_]) {
      case '-':
        value = false;
        break;
      case 'i':
        flags_.fold_case = value;
        break;
      case 's':
        flags_.dot_newline = value;
        break;
      case 'm':
        flags_.multiple_lines = value;
        break;
      case ':':
        ++position_;
        BeginGroup(outer);
        return std::nullopt;
      case ')':  // flags for the rest of the group that is open
        ++position_;
        return std::nullopt;
      default:
        break;
    }
  }
  return std::nullopt;
}

void RegexParser::ParseQuoted() {
  position_ += 2;
  while (position_ < text_.size()) {
    if (text_.substr(position_, 2) == "\\E") {
      position_ += 2;
      return;
    }
    const auto decoded = DecodeUtf8(text_, position_);
    position_ += decoded->length;
    PushCodePoint(decoded->value);
  }
}

std::optional<PatternError> RegexParser::ParseEscape() {
  static constexpr ByteRange kAnyByte[] = {{0x00, 0xFF}};
  const char letter = text_[position_ + 1];
  switch (letter) {
    case 'A':
      PushAssertion(NfaEdge::Kind::kTextBegin);
      position_ += 2;
      return std::nullopt;
    case 'z':
      PushAssertion(NfaEdge::Kind::kTextEnd);
      position_ += 2;
      return std::nullopt;
    case 'b':
    case 'B':
      return Refuse("`\\b` and `\\B` are not supported in names: write out what stands beside", 2);
    case 'C':
      BeginOperand();
      Push(builder_.Bytes(kAnyByte));
      position_ += 2;
      return std::nullopt;
    case 'Q':
      ParseQuoted();
      return std::nullopt;
    case 'E':  // an end without a beginning
      position_ += 2;
      return std::nullopt;
    case 'p':
    case 'P':
    case 'd':
    case 'D':
    case 's':
    case 'S':
    case 'w':
    case 'W':
      break;
    default:
      PushCodePoint(ReadEscape(text_, position_));
      return std::nullopt;
  }
  // A class outside brackets means what it means inside.
  std::size_t end = position_ + 2;
  if (letter == 'p' || letter == 'P') {
    const bool braced = end < text_.size() && text_[end] == '{';
    end = braced ? text_.find('}', end) + 1 : end + DecodeUtf8(text_, end)->length;
  }
  const std::string bracket = "[" + std::string(text_.substr(position_, end - position_)) + "]";
  std::size_t offset = 0;
  PushSet(ReadBracket(bracket, offset, flags_.fold_case));
  position_ = end;
  return std::nullopt;
}

// As RE2 reads them: no leading zeros, nothing left out before the comma, at most nine digits; else
// it is literal text.
std::optional<Counts> RegexParser::ReadCounts() const {
  std::size_t at = position_ + 1;
  const auto number = [&]() -> std::optional<std::uint32_t> {
    const std::size_t begin = at;
    std::uint32_t value = 0;
    while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') {
      if (value >= 100'000'000) return std::nullopt;
      value = value * 10 + static_cast<std::uint32_t>(text_[at] - '0');
      ++at;
    }
    if (at == begin || (text_[begin] == '0' && at > begin + 1)) return std::nullopt;
    return value;
  };
  Counts counts;
  const auto minimum = number();
  if (!minimum || at >= text_.size()) return std::nullopt;
  counts.minimum = *minimum;
  counts.maximum = *minimum;
  if (text_[at] == ',') {
    ++at;
    if (at < text_.size() && text_[at] == '}') {
      counts.maximum = NfaBuilder::kUnbounded;
    } else {
      const auto maximum = number();
      if (!maximum) return std::nullopt;
      counts.maximum = *maximum;
    }
  }
  if (at >= text_.size() || text_[at] != '}') return std::nullopt;
  counts.end = at + 1;
  return counts;
}

tl::expected<Nfa, PatternError> Parse(std::string_view text, Captures captures,
                                      const Limits& limits) {
  if (text.size() > limits.max_pattern_bytes) {
    return tl::unexpected(PatternError{"the regular expression has more than " +
                                           std::to_string(limits.max_pattern_bytes) + " bytes",
                                       0, text.size()});
  }
  // RE2 takes encoded surrogates.
  if (const std::size_t invalid = FindInvalidUtf8(text); invalid != std::string_view::npos) {
    return tl::unexpected(PatternError{"the regular expression is not valid UTF-8", invalid, 1});
  }
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 checked(re2::StringPiece(text.data(), text.size()), options);
  if (!checked.ok()) {
    const std::string& argument = checked.error_arg();
    const std::size_t found = argument.empty() ? std::string_view::npos : text.find(argument);
    if (found == std::string_view::npos) {
      return tl::unexpected(PatternError{checked.error(), 0, text.size()});
    }
    return tl::unexpected(PatternError{checked.error(), found, argument.size()});
  }
  NfaBuilder builder(limits);
  const auto whole = RegexParser(text, captures, builder).Parse();
  if (!whole) return tl::unexpected(whole.error());
  auto nfa = std::move(builder).Finish(*whole);
  if (!nfa) return tl::unexpected(PatternError{nfa.error().message, 0, text.size()});
  return *std::move(nfa);
}

}  // namespace

tl::expected<Nfa, PatternError> ParseRegex(std::string_view text, const Limits& limits) {
  return Parse(text, Captures::kRefused, limits);
}

tl::expected<Nfa, PatternError> ParseTextRegex(std::string_view text, const Limits& limits) {
  return Parse(text, Captures::kGroups, limits);
}

}  // namespace mcplexer::automata
