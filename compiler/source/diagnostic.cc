// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace mcplexer::source {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;
[[maybe_unused]] constexpr auto kNote = Severity::kNote;

auto Key(const Diagnostic& d) {
  return std::tie(d.primary.span.file, d.primary.span.begin, d.primary.span.end, d.code, d.message);
}

}  // namespace

const std::vector<CodeInfo>& AllCodes() {
  static const std::vector<CodeInfo> codes = {
#define MCPLEXER_DIAGNOSTIC(name, code, severity, title) {Code::name, code, severity, title},
#include "compiler/source/diagnostics.def"
#undef MCPLEXER_DIAGNOSTIC
  };
  return codes;
}

const CodeInfo& Info(Code code) { return AllCodes().at(static_cast<size_t>(code)); }

std::optional<Code> FindCode(std::string_view text) {
  for (const CodeInfo& info : AllCodes()) {
    if (info.text == text) return info.code;
  }
  return std::nullopt;
}

Diagnostic& Diagnostics::Report(Code code, Span span, std::string message) {
  return all_.emplace_back(code, span, std::move(message));
}

void Diagnostics::Add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }

size_t Diagnostics::count(Severity severity) const {
  return static_cast<size_t>(std::count_if(all_.begin(), all_.end(), [&](const Diagnostic& d) {
    return !d.suppressed && Info(d.code).severity == severity;
  }));
}

size_t Diagnostics::suppressed_count() const {
  return static_cast<size_t>(std::count_if(
      all_.begin(), all_.end(), [](const Diagnostic& d) { return d.suppressed.has_value(); }));
}

void Diagnostics::Sort() {
  // Of equals, which come from several uses of one template, those that are not suppressed first.
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (Key(a) < Key(b)) return true;
    if (Key(b) < Key(a)) return false;
    return !a.suppressed && b.suppressed;
  });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) { return Key(a) == Key(b); };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
}

}  // namespace mcplexer::source
