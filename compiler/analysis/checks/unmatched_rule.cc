// SPDX-License-Identifier: Apache-2.0
// W0301: a rule that matches no call at all, because `except` takes every name away, nobody is left
// in `for`, or its condition can never be what it has to be.
#include <fmt/format.h>

#include <string>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"

namespace mcplexer::analysis {
namespace {

std::string WhyNot(const LintContext& context, RuleId id) {
  const model::Rule& rule = context.policy().rules[id.index()];
  if (rule.principals.empty()) return "`for` names a group that nobody is in";
  if (context.space().box(id).empty) {
    return rule.except.empty() ? "no server has names or directories like these"
                               : "`except` takes away every name";
  }
  return fmt::format("`when {}` can never be true",
                     context.policy().conditions[rule.when.index()].text);
}

}  // namespace

void CheckUnmatchedRules(const LintContext& context, source::Diagnostics& diagnostics) {
  const auto& rules = context.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (context.reach()[r].kind != Reach::Kind::kUnmatched) continue;
    ReportRule(diagnostics, source::Code::kUnmatchedRule, rules[r], rules[r].head_span,
               fmt::format("`{}` matches no call", rules[r].id))
        .Mark(WhyNot(context, RuleId(r)))
        .Help("delete it, or say what it is meant for");
  }
}

}  // namespace mcplexer::analysis
