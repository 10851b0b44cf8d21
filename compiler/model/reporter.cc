// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/reporter.h"

#include <fmt/format.h>

#include <utility>

#include "compiler/source/suggest.h"

namespace mcplexer::model {
namespace {

// A deep stack of uses says nothing more after its two ends.
constexpr size_t kMostUseLabels = 4;

}  // namespace

Reporter::Reporter(const source::SourceMap& sources, const source::Limits& limits,
                   source::Diagnostics& diagnostics)
    : sources_(sources), limits_(limits), diagnostics_(diagnostics) {
  for (const source::Diagnostic& diagnostic : diagnostics.all()) {
    if (source::Info(diagnostic.code).severity == source::Severity::kError) {
      incomplete_.insert(diagnostic.primary.span.file);
    }
  }
}

source::Diagnostic& Reporter::Drop(Code code, Span span) {
  dropped_ = source::Diagnostic(code, span, "");
  return dropped_;
}

source::Diagnostic& Reporter::Report(Code code, Span span, std::string message) {
  if (code == Code::kMissingAttribute && Incomplete(span.file)) {
    return Drop(code, span);
  }
  if (!seen_
           .insert(fmt::format("{} {} {} {} {}", static_cast<int>(code), span.file.value,
                               span.begin, span.end, message))
           .second) {
    return Drop(code, span);
  }
  if (span.valid()) {
    if (per_file_.size() <= span.file.index()) per_file_.resize(span.file.index() + 1);
    const size_t count = ++per_file_[span.file.index()];
    if (count == limits_.errors_per_file + 1) {
      diagnostics_.Report(Code::kLimitExceeded, span,
                          fmt::format("more than {} findings in one file; the rest is not shown",
                                      limits_.errors_per_file));
    }
    if (count > limits_.errors_per_file) {
      return Drop(code, span);
    }
  }
  source::Diagnostic& diagnostic = diagnostics_.Report(code, span, std::move(message));
  diagnostic.uses = uses_;
  for (size_t i = uses_.size(), shown = 0; i-- > 0 && shown < kMostUseLabels; ++shown) {
    diagnostic.Also(uses_[i], "used here");
  }
  return diagnostic;
}

bool Reporter::Suggest(source::Diagnostic& diagnostic, std::string_view name,
                       std::span<const std::string_view> candidates) {
  if (&diagnostic == &dropped_ || suggestions_left_ == 0) return true;
  --suggestions_left_;
  const auto near = source::Suggest(name, candidates);
  if (near) diagnostic.Help(fmt::format("did you mean `{}`?", *near));
  return near.has_value();
}

void Reporter::List(source::Diagnostic& diagnostic, std::string_view what,
                    std::span<const std::string_view> names) {
  constexpr size_t kMost = 6;
  if (&diagnostic == &dropped_ || suggestions_left_ == 0 || names.size() > kMost) return;
  --suggestions_left_;
  if (names.empty()) {
    diagnostic.Help(fmt::format("none is {}", what));
  } else {
    diagnostic.Help(fmt::format("{} {} `{}`", what, names.size() == 1 ? "is" : "are",
                                fmt::join(names, "`, `")));
  }
}

bool Reporter::Suggest(source::Diagnostic& diagnostic, const syntax::Name& name,
                       std::span<const std::string_view> candidates) {
  if (&diagnostic == &dropped_ || suggestions_left_ == 0) return true;
  const bool suggested = Suggest(diagnostic, name.text, candidates);
  const auto near = source::OnlyNeighbour(name.text, candidates);
  if (!near) return suggested;
  // Where the text is escaped, or a template's parameter, there is nothing to put another into.
  const Span place = Narrow(name.span, name.text, 0, name.text.size());
  if (!place.valid() || sources_.text(place) != name.text) return suggested;
  diagnostic.Offer({source::IsTypingSlip(name.text, *near) ? source::Applicability::kSafe
                                                           : source::Applicability::kUnsafe,
                    fmt::format("write `{}`", *near),
                    {{place, *near}}});
  return suggested;
}

Span Reporter::Narrow(Span span, std::string_view text, size_t offset, size_t length) const {
  if (!span.valid() || text.empty()) return span;
  // From the right: what stands before the text (`re"`, a quote) may look like it.
  const size_t at = sources_.text(span).rfind(text);
  if (at == std::string_view::npos || offset + length > text.size()) return span;
  const auto begin = static_cast<uint32_t>(span.begin + at + offset);
  return {span.file, begin, static_cast<uint32_t>(begin + length)};
}

}  // namespace mcplexer::model
