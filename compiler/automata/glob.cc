// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/glob.h"

#include <fmt/format.h>

namespace mcplexer::automata {
namespace {

// The text of the character at `offset`, for messages.
std::string_view CharacterAt(std::string_view text, std::size_t offset) {
  const auto decoded = DecodeUtf8(text, offset);
  return text.substr(offset, decoded ? decoded->length : 1);
}

}  // namespace

std::optional<PatternError> CheckGlobText(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_pattern_bytes) {
    return PatternError{
        fmt::format("the pattern has {} bytes, the limit is {}: split it into several patterns",
                    text.size(), limits.max_pattern_bytes),
        0, text.size()};
  }
  const std::size_t invalid = FindInvalidUtf8(text);
  if (invalid != std::string_view::npos) {
    return PatternError{"the pattern is not valid UTF-8", invalid, 1};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20) {
      return PatternError{
          fmt::format("the pattern holds the control character 0x{:02x}, which no name can", byte),
          i, 1};
    }
  }
  return std::nullopt;
}

void GlobScanner::FlushLiteral() {
  if (literal_.empty()) return;
  const Fragment fragment = builder_.Literal(literal_);
  literal_.clear();
  Append(fragment);
}

void GlobScanner::Append(Fragment fragment) {
  std::optional<Fragment>& run = stack_.back().run;
  run = run ? builder_.Concat(*run, fragment) : fragment;
}

void GlobScanner::EndAlternative() {
  FlushLiteral();
  Brace& top = stack_.back();
  if (!top.run) top.run = builder_.Empty();
  top.alternatives.push_back(*top.run);
  top.run.reset();
}

std::optional<PatternError> GlobScanner::CloseBrace() {
  const std::size_t open = stack_.back().open;
  if (position_ == open + 1) {
    return PatternError{"`{}` holds no alternatives: write `\\{\\}` for the characters", open, 2};
  }
  EndAlternative();
  const Fragment choice = builder_.Alternate(stack_.back().alternatives);
  stack_.pop_back();
  Append(choice);
  ++position_;
  return std::nullopt;
}

std::optional<PatternError> GlobScanner::ScanStars() {
  const std::size_t begin = position_;
  while (position_ < text_.size() && text_[position_] == '*') ++position_;
  const std::size_t stars = position_ - begin;
  if (stars > 1 && rules_.double_star.empty()) {
    return PatternError{
        "`**` must be a whole segment: write `*` to stay inside one segment, or `/**/` between "
        "slashes for any number of segments",
        begin, stars};
  }
  if (stars > 2) {
    return PatternError{fmt::format("{} stars in a row: write `*` or `**`", stars), begin, stars};
  }
  FlushLiteral();
  Append(builder_.AnyRun(stars == 2 ? rules_.double_star : rules_.star));
  return std::nullopt;
}

// One member of a set, with its escape if it has one; `open` is the offset of the `[`.
tl::expected<char32_t, PatternError> GlobScanner::ScanSetMember(std::size_t open) {
  const std::size_t begin = position_;
  if (text_[position_] == '\\') ++position_;
  const auto decoded = DecodeUtf8(text_, position_);
  if (!decoded) {
    return tl::unexpected(
        PatternError{"`[` is never closed: write `\\[` for the character", open, 1});
  }
  position_ += decoded->length;
  if (!rules_.one.Contains(decoded->value)) {
    return tl::unexpected(PatternError{
        fmt::format("`{}` cannot stand in a set", text_.substr(begin, position_ - begin)), begin,
        position_ - begin});
  }
  return decoded->value;
}

std::optional<PatternError> GlobScanner::ScanSet() {
  const std::size_t open = position_++;
  PatternError unclosed{"`[` is never closed: write `\\[` for the character", open, 1};
  bool negated = false;
  if (position_ < text_.size() && text_[position_] == '!') {
    negated = true;
    ++position_;
  } else if (position_ < text_.size() && text_[position_] == '^') {
    return PatternError{"`^` does not negate a set: write `[!..]`, or `\\^` for the character",
                        position_, 1};
  }
  const std::size_t first = position_;
  CodePointSet set;
  while (true) {
    if (position_ >= text_.size()) return unclosed;
    if (text_[position_] == ']') break;
    const std::size_t begin = position_;
    if (text_[position_] == '-' && position_ != first &&
        (position_ + 1 >= text_.size() || text_[position_ + 1] != ']')) {
      return PatternError{
          "`-` stands for itself only first or last in a set: write `\\-` for the character",
          position_, 1};
    }
    const auto low = ScanSetMember(open);
    if (!low) return low.error();
    char32_t high = *low;
    // A dash makes a range unless it is the last of the set.
    if (position_ + 1 < text_.size() && text_[position_] == '-' && text_[position_ + 1] != ']') {
      ++position_;
      const auto end = ScanSetMember(open);
      if (!end) return end.error();
      high = *end;
    }
    if (high < *low) {
      const std::string_view range = text_.substr(begin, position_ - begin);
      return PatternError{fmt::format("the range `{}` is reversed", range), begin, range.size()};
    }
    set.Add(*low, high);
  }
  if (position_ == first) {
    return PatternError{"the set is empty: write `\\[` or `\\]` for the characters", open,
                        position_ + 1 - open};
  }
  ++position_;
  FlushLiteral();
  Append(builder_.CodePoint(negated ? rules_.one.Minus(set) : set.And(rules_.one)));
  return std::nullopt;
}

std::optional<PatternError> GlobScanner::ScanOne() {
  const bool in_brace = stack_.size() > 1;
  switch (text_[position_]) {
    case '*':
      return ScanStars();
    case '?':
      ++position_;
      FlushLiteral();
      Append(builder_.CodePoint(rules_.one));
      return std::nullopt;
    case '[':
      return ScanSet();
    case ']':
      return PatternError{"`]` closes nothing: write `\\]` for the character", position_, 1};
    case '{':
      FlushLiteral();
      stack_.push_back({.open = position_++, .alternatives = {}, .run = std::nullopt});
      return std::nullopt;
    case '}':
      if (in_brace) return CloseBrace();
      return PatternError{"`}` closes nothing: write `\\}` for the character", position_, 1};
    case ',':
      if (!in_brace) break;
      EndAlternative();
      ++position_;
      return std::nullopt;
    case '/':
      if (!rules_.slash_separates) break;
      return PatternError{"`/` cannot stand inside braces: write one pattern for each alternative",
                          position_, 1};
    case '\\': {
      const std::string_view escaped = CharacterAt(text_, position_ + 1);
      if (escaped.empty()) {
        return PatternError{"the pattern ends in a backslash: write `\\\\` for the character",
                            position_, 1};
      }
      if (rules_.slash_separates && escaped == "/") {
        return PatternError{"`/` cannot be escaped: it always separates segments", position_, 2};
      }
      literal_ += escaped;
      position_ += 1 + escaped.size();
      return std::nullopt;
    }
    default:
      break;
  }
  literal_.push_back(text_[position_++]);
  return std::nullopt;
}

tl::expected<Fragment, PatternError> GlobScanner::Scan() {
  stack_.assign(1, {});
  while (position_ < text_.size()) {
    if (rules_.slash_separates && stack_.size() == 1 && text_[position_] == '/') break;
    if (auto error = ScanOne()) return tl::unexpected(*std::move(error));
  }
  if (stack_.size() > 1) {
    return tl::unexpected(
        PatternError{"`{` is never closed: write `\\{` for the character", stack_.back().open, 1});
  }
  EndAlternative();
  return stack_.back().alternatives.front();
}

}  // namespace mcplexer::automata
