// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/suppression.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "compiler/source/suggest.h"

namespace mcplexer::source {
namespace {

constexpr std::string_view kOpening = "allow(";
constexpr std::string_view kForm = "write `allow(W0302): why the finding is accepted`";
constexpr std::string_view kSpaces = " \t";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// What stands behind the mark of a comment that ends with its line, or nothing.
std::optional<std::string_view> BodyOf(std::string_view comment) {
  for (const std::string_view mark : {"//", "#"}) {
    if (comment.starts_with(mark)) return Trimmed(comment.substr(mark.size()));
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const SourceMap& sources, std::span<const Span> comments, const Limits& limits,
         Diagnostics& diagnostics)
      : sources_(sources), comments_(comments), limits_(limits), diagnostics_(diagnostics) {}

  std::vector<Suppression> Run() {
    // From the last to the first, so that the line that a row of comments speaks of is known.
    for (size_t i = comments_.size(); i-- > 0;) {
      const std::optional<std::string_view> body = BodyOf(sources_.text(comments_[i]));
      if (body && body->starts_with(kOpening)) Read(comments_[i], *body);
    }
    std::reverse(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  Span SpanOf(std::string_view part, FileId file) const {
    const auto begin = static_cast<uint32_t>(part.data() - sources_.text(file).data());
    return {file, begin, begin + static_cast<uint32_t>(part.size())};
  }

  Diagnostic* Report(Code code, Span span, std::string message) {
    if (++reported_ > limits_.errors_per_file) return nullptr;
    return &diagnostics_.Report(code, span, std::move(message));
  }

  void Read(Span comment, std::string_view body) {
    const uint32_t line = sources_.position(comment.file, comment.begin).line;
    const uint32_t line_start = sources_.line_start(comment.file, line);
    const std::string_view before = sources_.text(Span{comment.file, line_start, comment.begin});
    const bool alone = Trimmed(before).empty();
    uint32_t about = line;
    if (alone) about = next_alone_ == line + 1 ? next_about_ : line + 1;
    if (alone) std::tie(next_alone_, next_about_) = std::pair(line, about);

    const bool yaml = sources_.text(comment).starts_with('#');
    const uint32_t last = alone ? LastOf(comment.file, about, yaml) : about;

    const size_t close = body.find(')');
    if (close == std::string_view::npos) {
      if (Diagnostic* d = Report(Code::kBadSuppression, SpanOf(body, comment.file),
                                 "this has no closing `)`")) {
        d->Help(std::string(kForm));
      }
      return;
    }
    const std::string_view rest = Trimmed(body.substr(close + 1));
    const std::string_view reason =
        rest.starts_with(':') ? Trimmed(rest.substr(1)) : std::string_view();
    if (reason.empty()) {
      if (Diagnostic* d =
              Report(Code::kBadSuppression, SpanOf(body.substr(0, close + 1), comment.file),
                     "a finding is accepted without a reason")) {
        d->Help(fmt::format("write `{}: why the finding is accepted`", body.substr(0, close + 1)));
      }
    }
    std::vector<std::string_view> items =
        Split(body.substr(kOpening.size(), close - kOpening.size()));
    const size_t first = found_.size();
    for (size_t i = 0; i < items.size(); ++i) {
      const Span span = SpanOf(items[i], comment.file);
      const std::optional<Code> code = CodeOf(items[i], span);
      if (!code || reason.empty()) continue;
      Suppression one;
      one.code = *code;
      one.span = span;
      one.comment = comment;
      one.alone = alone;
      one.line = about;
      one.last = last;
      one.reason = std::string(reason);
      one.removal = items.size() == 1 ? RemoveComment(comment, alone, line, before)
                                      : RemoveItem(items, i, comment.file);
      found_.push_back(std::move(one));
    }
    // Run() reverses them all.
    std::reverse(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end());
  }

  static bool BeginsRule(std::string_view text) {
    for (const std::string_view word : {"allow ", "approve ", "deny "}) {
      if (text.starts_with(word)) return true;
    }
    return false;
  }

  // The last line of what begins on `first`, if that is an entry of a list in YAML or a rule: the
  // lines below that stand further in, but no other rule.
  uint32_t LastOf(FileId file, uint32_t first, bool yaml) {
    const auto known = ends_.find(first);
    if (known != ends_.end()) return known->second;
    if (lines_ == 0) {
      const std::string_view text = sources_.text(file);
      lines_ = static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
    }
    uint32_t last = first;
    const std::string_view head = first <= lines_ ? sources_.line_text(file, first) : "";
    const size_t indent = std::min(head.find_first_not_of(kSpaces), head.size());
    const bool begins =
        yaml ? head.substr(indent).starts_with("- ") : BeginsRule(head.substr(indent));
    for (uint32_t line = first + 1; begins && line <= lines_; ++line) {
      const std::string_view text = sources_.line_text(file, line);
      const size_t begin = text.find_first_not_of(kSpaces);
      if (begin == std::string_view::npos || text[begin] == '#') continue;
      if (begin <= indent) break;
      if (!yaml && (BeginsRule(text.substr(begin)) || text[begin] == '}')) break;
      last = line;
    }
    ends_.emplace(first, last);
    return last;
  }

  static std::vector<std::string_view> Split(std::string_view list) {
    std::vector<std::string_view> items;
    for (size_t begin = 0; begin <= list.size();) {
      const size_t end = std::min(list.find(',', begin), list.size());
      items.push_back(Trimmed(list.substr(begin, end - begin)));
      begin = end + 1;
    }
    return items;
  }

  std::optional<Code> CodeOf(std::string_view item, Span span) {
    const std::optional<Code> code = FindCode(item);
    if (!code) {
      Diagnostic* d = Report(Code::kUnknownSuppression, span,
                             item.empty() ? std::string("the code of a finding is missing here")
                                          : fmt::format("`{}` is not the code of a finding", item));
      if (d == nullptr) return std::nullopt;
      std::vector<std::string_view> known;
      for (const CodeInfo& info : AllCodes()) {
        if (info.severity != Severity::kError) known.push_back(info.text);
      }
      if (const auto nearest = Suggest(item, known)) {
        d->Help(fmt::format("did you mean `{}`?", *nearest));
      }
      return std::nullopt;
    }
    if (Info(*code).severity == Severity::kError) {
      if (Diagnostic* d = Report(Code::kSuppressedError, span,
                                 fmt::format("{} ({}) is an error, which no comment can allow",
                                             item, Info(*code).title))) {
        d->Help(fmt::format("`mcplexerc explain {}` says what to do about it", item));
      }
      return std::nullopt;
    }
    return code;
  }

  Fix RemoveComment(Span comment, bool alone, uint32_t line, std::string_view before) const {
    Span span = comment;
    const std::string_view text = sources_.text(comment.file);
    if (alone) {
      // With its line, the line's end included.
      span.begin = sources_.line_start(comment.file, line);
      const size_t end = text.find('\n', span.end);
      span.end = static_cast<uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
    } else {
      span.begin -= static_cast<uint32_t>(before.size() - before.find_last_not_of(kSpaces) - 1);
      if (sources_.text(span).ends_with('\r')) --span.end;
    }
    return {Applicability::kSafe, "delete the comment", {{span, ""}}};
  }

  // Each item is taken away with the comma before it, the first ones with the comma behind them, so
  // that any of them can go together.
  Fix RemoveItem(const std::vector<std::string_view>& items, size_t i, FileId file) const {
    Span span = SpanOf(items[i], file);
    if (i + 1 < items.size()) {
      span.end = SpanOf(items[i + 1], file).begin;
    } else {
      span.begin = SpanOf(items[i - 1], file).end;
    }
    return {Applicability::kSafe, "take the code out of the comment", {{span, ""}}};
  }

  const SourceMap& sources_;
  const std::span<const Span> comments_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  std::vector<Suppression> found_;
  size_t reported_ = 0;
  uint32_t next_alone_ = 0;            // the line of the nearest one below that stands alone
  uint32_t next_about_ = 0;            // and what it speaks of
  uint32_t lines_ = 0;                 // of the file; 0: not counted yet
  std::map<uint32_t, uint32_t> ends_;  // what LastOf() found
};

}  // namespace

std::vector<Suppression> ReadSuppressions(const SourceMap& sources, std::span<const Span> comments,
                                          const Limits& limits, Diagnostics& diagnostics) {
  return Reader(sources, comments, limits, diagnostics).Run();
}

std::vector<bool> Suppress(const SourceMap& sources, std::span<const Suppression> suppressions,
                           Diagnostics& diagnostics) {
  std::vector<bool> used(suppressions.size(), false);
  std::map<std::tuple<FileId, uint32_t, Code>, size_t> index;
  for (size_t i = 0; i < suppressions.size(); ++i) {
    const Suppression& one = suppressions[i];
    index.try_emplace({one.span.file, one.line, one.code}, i);
  }
  if (index.empty()) return used;
  // Of entries in entries the inner one. One of them is enough for a code, so each line is looked
  // at once for each level of nesting.
  std::set<std::tuple<FileId, uint32_t, Code>> spread;
  for (size_t i = suppressions.size(); i-- > 0;) {
    const Suppression& one = suppressions[i];
    if (one.last <= one.line || !spread.emplace(one.span.file, one.line, one.code).second) continue;
    const size_t first = index.at({one.span.file, one.line, one.code});
    for (uint32_t line = one.line + 1; line <= one.last; ++line) {
      index.try_emplace({one.span.file, line, one.code}, first);
    }
  }
  for (Diagnostic& diagnostic : diagnostics.all()) {
    if (Info(diagnostic.code).severity == Severity::kError) continue;
    const auto look_at = [&](Span span) {
      if (!span.valid()) return;
      const uint32_t line = sources.position(span.file, span.begin).line;
      const auto found = index.find({span.file, line, diagnostic.code});
      if (found == index.end()) return;
      diagnostic.suppressed = suppressions[found->second].reason;
      used[found->second] = true;
    };
    look_at(diagnostic.primary.span);
    for (const Span use : diagnostic.uses) look_at(use);
  }
  return used;
}

void ReportUnused(std::span<const Suppression> suppressions, const std::vector<bool>& used,
                  const std::set<Code>& not_looked_for, Diagnostics& diagnostics) {
  for (size_t i = 0; i < suppressions.size(); ++i) {
    const Suppression& one = suppressions[i];
    if (used[i] || not_looked_for.contains(one.code)) continue;
    diagnostics
        .Report(Code::kUnusedSuppression, one.span,
                fmt::format("there is no {} to allow on line {}", Info(one.code).text, one.line))
        .Help(one.removal.description)
        .Offer(one.removal);
  }
}

}  // namespace mcplexer::source
