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

// Whether the edits take away everything that stands before the comment on its line.
bool LosesItsLine(const SourceMap& sources, const Suppression& one, const Taken& taken) {
  const FileId file = one.comment.file;
  const std::string_view text = sources.text(file);
  const uint32_t begin = sources.line_start(file, sources.position(file, one.comment.begin).line);
  auto edit = taken.upper_bound(Span{file, begin, begin});
  if (edit != taken.begin()) --edit;
  bool deleted = false;
  for (uint32_t at = begin; at < one.comment.begin; ++at) {
    while (edit != taken.end() &&
           (edit->first.file < file || (edit->first.file == file && edit->first.end <= at))) {
      ++edit;
    }
    const bool inside = edit != taken.end() && edit->first.file == file &&
                        edit->first.begin <= at && edit->second->replacement.empty();
    if (!inside && text[at] != ' ' && text[at] != '\t') return false;
    deleted = deleted || inside;
  }
  return deleted;
}

// The edits that take such comments away, instead of what was to be changed in them. They stay
// where they are while `taken` refers to them.
std::vector<Edit> TakeComments(const SourceMap& sources, std::span<const Suppression> suppressions,
                               Taken& taken) {
  std::vector<Edit> edits;
  for (const Suppression& one : suppressions) {
    const auto next = taken.upper_bound(one.comment);
    const bool goes = next != taken.begin() && Overlap(std::prev(next)->first, one.comment) &&
                      std::prev(next)->first.end >= one.comment.end;
    if (one.alone || goes || !LosesItsLine(sources, one, taken)) continue;
    if (edits.empty() || edits.back().span != one.comment) edits.push_back({one.comment, ""});
  }
  for (const Edit& edit : edits) {
    std::erase_if(taken, [&](const auto& other) { return Overlap(other.first, edit.span); });
    taken.emplace(edit.span, &edit);
  }
  return edits;
}

}  // namespace

FixedTexts ApplyFixes(const SourceMap& sources, const Diagnostics& diagnostics, Applicability kind,
                      const std::function<bool(FileId)>& may_change,
                      std::span<const Suppression> suppressions) {
  FixedTexts result;
  Taken taken;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.suppressed) continue;
    const Outcome outcome = Take(diagnostic, kind, may_change, taken);
    result.applied += outcome == Outcome::kTaken ? 1 : 0;
    result.conflicting += outcome == Outcome::kConflict ? 1 : 0;
  }
  const std::vector<Edit> comments = TakeComments(sources, suppressions, taken);
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
