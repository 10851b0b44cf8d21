// SPDX-License-Identifier: Apache-2.0
// N0705: rules that whoever meets them has to puzzle over: a deny or approve that does not say why,
// and a rule that is longer than a screen takes. A matter of taste, so off by default. What the
// standard library says is not the reader's to change.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/written_patterns.h"

namespace mcplexer::analysis {
namespace {

constexpr size_t kMostLines = 20;

}  // namespace

void CheckRuleStyle(const LintContext& context, source::Diagnostics& diagnostics) {
  for (const model::Rule& rule : context.policy().rules) {
    if (IsStandardLibrary(context.sources, rule.span.file)) continue;
    if (rule.effect != model::Effect::kAllow && rule.because.empty()) {
      const bool denies = rule.effect == model::Effect::kDeny;
      ReportRule(diagnostics, source::Code::kRuleStyle, rule, rule.head_span,
                 fmt::format("`{}` does not say why it {}", rule.id,
                             denies ? "denies" : "asks for approval"))
          .Help(denies ? "add `because \"..\"`; who is denied reads it"
                       : "add `because \"..\"`; who is asked reads it");
    }
    const auto lines =
        static_cast<size_t>(std::ranges::count(context.sources.text(rule.span), '\n')) + 1;
    if (lines > kMostLines) {
      ReportRule(diagnostics, source::Code::kRuleStyle, rule, rule.head_span,
                 fmt::format("`{}` is {} lines long", rule.id, lines))
          .Help("put its patterns into a `tools` set, or make it several rules");
    }
  }
}

}  // namespace mcplexer::analysis
