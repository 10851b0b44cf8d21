// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/attribution.h"

#include <utility>
#include <vector>

#include "compiler/analysis/written_patterns.h"

namespace mcplexer::analysis {
namespace {

using source::Span;

bool Contains(Span outer, Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// Those of the rule around the place; none where rules of several uses have the same.
std::vector<Span> UsesAround(const model::Policy& policy, Span place) {
  const std::vector<Span>* found = nullptr;
  for (const model::Rule& rule : policy.rules) {
    if (rule.uses.empty() || !Contains(rule.span, place)) continue;
    if (found != nullptr && *found != rule.uses) return {};
    found = &rule.uses;
  }
  return found == nullptr ? std::vector<Span>() : *found;
}

}  // namespace

source::Diagnostic& ReportRule(source::Diagnostics& diagnostics, source::Code code,
                               const model::Rule& rule, Span span, std::string message) {
  source::Diagnostic& diagnostic = diagnostics.Report(code, span, std::move(message));
  diagnostic.uses = rule.uses;
  return diagnostic;
}

void Attribute(const model::Policy& policy, const source::SourceMap& sources,
               source::Diagnostic& diagnostic) {
  source::Label& primary = diagnostic.primary;
  if (!primary.span.valid()) return;
  if (diagnostic.uses.empty()) diagnostic.uses = UsesAround(policy, primary.span);
  if (diagnostic.uses.empty()) return;
  const Span use = diagnostic.uses.front();
  if (!IsStandardLibrary(sources, primary.span.file)) {
    diagnostic.Also(use, "used here");
    return;
  }
  diagnostic.secondary.insert(diagnostic.secondary.begin(), std::move(primary));
  primary = {use, "this brings the rule in"};
}

}  // namespace mcplexer::analysis
