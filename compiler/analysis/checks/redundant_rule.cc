// SPDX-License-Identifier: Apache-2.0
// W0303: a rule without which every call would be decided as it is. W0304: the plainest case, a
// rule that is there twice.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/written_patterns.h"

namespace mcplexer::analysis {
namespace {

using model::Rule;

// What matters of a rule: where it applies, where it stands and what it does.
auto KeyOf(const model::Policy& policy, const Rule& rule, const Box& box) {
  const auto text = [&](ConditionId id) {
    return id.valid() ? policy.conditions[id.index()].text : std::string();
  };
  return std::tuple(
      rule.workspace, box.names, box.paths, box.principals, rule.effect, rule.scope.value,
      rule.priority, text(rule.when), text(rule.require),
      std::tuple(rule.approval.timeout_ms, rule.approval.quorum, rule.approval.approvers));
}

// A rule's text can be deleted where it is one rule's alone, and not a template's, and no test
// names the rule.
bool CanDelete(const LintContext& context, RuleId id) {
  const auto& rules = context.policy().rules;
  const Rule& rule = rules[id.index()];
  const std::string_view path = context.sources.path(rule.span.file);
  if (!path.ends_with(".plex")) return false;
  for (const model::Test& test : context.policy().tests) {
    if (std::ranges::count(test.calls, id, &model::TestCall::rule) > 0) return false;
  }
  return std::ranges::count_if(rules, [&](const Rule& other) { return other.span == rule.span; }) ==
         1;
}

// A rule that says again for its own workspace what an outer one says is there for its reader, and
// a deny for the day on which the outer one is gone.
bool RestsOnOuter(const model::Policy& policy, const Rule& rule, const Reach& reach) {
  return std::ranges::any_of(reach.covering, [&](RuleId id) {
    return policy.rules[id.index()].workspace != rule.workspace;
  });
}

// A template is written for all that use it, so a rule of one is only in vain where none of them
// needs it; the standard library's are for more than can be seen.
bool ServesOthers(const LintContext& context, const Rule& rule) {
  if (rule.uses.empty()) return false;
  if (IsStandardLibrary(context.sources, rule.span.file)) return true;
  const auto& rules = context.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].span == rule.span && !context.reach()[r].needless) return true;
  }
  return false;
}

// In vain because of rules with another outcome: W0302's business.
bool IsShadowed(const model::Policy& policy, const Rule& rule, const Reach& reach) {
  return reach.kind == Reach::Kind::kCovered && std::ranges::any_of(reach.covering, [&](RuleId id) {
           return !SameOutcome(policy, rule, policy.rules[id.index()]);
         });
}

}  // namespace

void CheckRedundantRules(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  const auto& rules = policy.rules;
  std::map<decltype(KeyOf(policy, rules[0], context.space().box(RuleId(0u)))), size_t> seen;
  for (size_t r = 0; r < rules.size(); ++r) {
    const Reach& reach = context.reach()[r];
    if (reach.kind == Reach::Kind::kUnmatched) continue;
    const auto [twin, first] =
        seen.try_emplace(KeyOf(policy, rules[r], context.space().box(RuleId(r))), r);
    if (!reach.needless || IsShadowed(policy, rules[r], reach) ||
        RestsOnOuter(policy, rules[r], reach) || ServesOthers(context, rules[r])) {
      continue;
    }
    source::Diagnostic* diagnostic = nullptr;
    if (!first) {
      diagnostic =
          &ReportRule(
               diagnostics, source::Code::kDuplicateRule, rules[r], rules[r].head_span,
               fmt::format("`{}` says again what `{}` says", rules[r].id, rules[twin->second].id))
               .Also(rules[twin->second].head_span, "the same");
    } else {
      diagnostic =
          &ReportRule(diagnostics, source::Code::kRedundantRule, rules[r], rules[r].head_span,
                      fmt::format("`{}` changes nothing: every call is decided the same "
                                  "without it",
                                  rules[r].id))
               .Mark(OutcomeText(policy, rules[r]));
      for (size_t i = 0; i < std::min(reach.covering.size(), kMostShown); ++i) {
        const Rule& other = rules[reach.covering[i].index()];
        diagnostic->Also(other.head_span, OutcomeText(policy, other) + ", too");
      }
    }
    // Where its author may have meant something else, a person has to choose.
    auto applicability = source::Applicability::kUnsafe;
    const bool allows = rules[r].effect != model::Effect::kDeny;
    if (first && allows && rules[r].when.valid()) {
      diagnostic->Help(
          "where `when` is false another rule decides; write `require` to deny these calls, or "
          "delete the rule");
    } else if (first && allows && reach.covering.empty()) {
      diagnostic->Help(
          "the workspace's default does the same; make that `deny`, or delete the rule");
    } else {
      diagnostic->Help("delete it");
      applicability = source::Applicability::kSafe;
    }
    if (CanDelete(context, RuleId(r))) {
      diagnostic->fixes.push_back({applicability, "delete the rule", {{rules[r].span, ""}}});
    }
  }
}

}  // namespace mcplexer::analysis
