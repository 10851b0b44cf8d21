// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/fix.h"

#include <algorithm>
#include <vector>

#include "runtime/base/check.h"

namespace mcplexer::source {
namespace {

// By place; of two edits at one place the one that inserts stands first.
using Taken = std::map<Span, const Edit*>;

// Two insertions at one place overlap, too: which comes first would be left to chance.
bool Overlap(const Span& a, const Span& b) {
  if (a.file != b.file) return false;
  return a == b || (a.begin < b.end && b.begin < a.end);
}

bool Fits(const Taken& taken, const Span& span) {
  const auto next = taken.lower_bound(span);
  if (next != taken.end() && Overlap(next->first, span)) return false;
  return next == taken.begin() || !Overlap(std::prev(next)->first, span);
}

enum class Outcome : uint8_t { kNone, kTaken, kConflict };

Outcome Take(const Diagnostic& diagnostic, Applicability kind,
             const std::function<bool(FileId)>& may_change, Taken& taken) {
  Outcome outcome = Outcome::kNone;
  for (const Fix& fix : diagnostic.fixes) {
    const auto allowed = [&](const Edit& edit) { return may_change(edit.span.file); };
    if (fix.applicability != kind || !std::all_of(fix.edits.begin(), fix.edits.end(), allowed)) {
      continue;
    }
    const auto fits = [&](const Edit& edit) { return Fits(taken, edit.span); };
    if (std::all_of(fix.edits.begin(), fix.edits.end(), fits)) {
      for (const Edit& edit : fix.edits) taken.emplace(edit.span, &edit);
      return Outcome::kTaken;
    }
    outcome = Outcome::kConflict;
  }
  return outcome;
}

}  // namespace

FixedTexts ApplyFixes(const SourceMap& sources, const Diagnostics& diagnostics, Applicability kind,
                      const std::function<bool(FileId)>& may_change) {
  FixedTexts result;
  Taken taken;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.suppressed) continue;
    const Outcome outcome = Take(diagnostic, kind, may_change, taken);
    result.applied += outcome == Outcome::kTaken ? 1 : 0;
    result.conflicting += outcome == Outcome::kConflict ? 1 : 0;
  }
  std::map<FileId, size_t> copied;  // how much of the old text is in the new one
  for (const auto& [span, edit] : taken) {
    const std::string_view text = sources.text(span.file);
    size_t& from = copied[span.file];
    MCPLEXER_CHECK(from <= span.begin && span.begin <= span.end && span.end <= text.size());
    std::string& out = result.texts[span.file];
    out += text.substr(from, span.begin - from);
    out += edit->replacement;
    from = span.end;
  }
  for (const auto& [file, from] : copied) result.texts[file] += sources.text(file).substr(from);
  return result;
}

}  // namespace mcplexer::source
