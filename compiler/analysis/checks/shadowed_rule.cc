// SPDX-License-Identifier: Apache-2.0
// W0302: a rule that never decides a call, because others with another outcome come before it
// wherever it matches. W0402: the same through a `priority` that puts the wider rule before the
// narrower, which is also reported where only a condition leaves the narrower rule anything.
//
// Of the rules in the way, some that together suffice, and none too many, are shown, those with
// another outcome first: a rule is in vain because of what differs.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;

// Why `first` comes before `second`.
std::string Reason(const LintContext& context, RuleId first, RuleId second) {
  const auto& policy = context.policy();
  const Rule& a = policy.rules[first.index()];
  const Rule& b = policy.rules[second.index()];
  if (a.effect == Effect::kDeny) return "denies these calls, and a deny always wins";
  const std::string outcome = OutcomeText(policy, a);
  if (a.workspace != b.workspace) return outcome + ", and its workspace is nearer";
  if (a.priority != b.priority) return fmt::format("{}, with priority {}", outcome, a.priority);
  if (context.space().IsStrictSubset(first, second)) return outcome + ", and is narrower";
  return outcome + ", and is conditional";
}

bool IsInversion(const LintContext& context, RuleId narrow, RuleId wide) {
  const auto& policy = context.policy();
  const Rule& a = policy.rules[narrow.index()];
  const Rule& b = policy.rules[wide.index()];
  return b.effect != Effect::kDeny && a.workspace == b.workspace && b.priority < a.priority &&
         !SameOutcome(policy, a, b) && context.space().IsStrictSubset(narrow, wide);
}

class Reporter {
 public:
  Reporter(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), policy_(context.policy()), diagnostics_(diagnostics) {}

  void Shadowed(RuleId id, const Reach& reach) {
    const Rule& rule = policy_.rules[id.index()];
    std::vector<RuleId> shown = reach.covering;
    std::ranges::stable_partition(shown, [&](RuleId other) {
      return !SameOutcome(policy_, rule, policy_.rules[other.index()]);
    });
    if (shown.size() == 1 && IsInversion(context_, id, shown.front())) {
      return Inverted(id, shown.front(), reach.witness);
    }
    const Rule& first = policy_.rules[shown.front().index()];
    std::string others;
    if (shown.size() == 2) others = fmt::format(" or `{}`", policy_.rules[shown[1].index()].id);
    if (shown.size() > 2) others = fmt::format(" or one of {} others", shown.size() - 1);
    auto& diagnostic =
        ReportRule(diagnostics_, source::Code::kShadowedRule, rule, rule.head_span,
                   fmt::format("`{}` never decides a call: `{}`{} always comes first", rule.id,
                               first.id, others))
            .Mark("in vain");
    for (size_t i = 0; i < std::min(shown.size(), kMostShown); ++i) {
      diagnostic.Also(policy_.rules[shown[i].index()].head_span, Reason(context_, shown[i], id));
    }
    ShowCall(reach.witness, diagnostic);
    diagnostic.Help(first.effect == Effect::kDeny
                        ? "take the calls out of the deny with `except`, or delete this rule"
                        : "give this rule what should come to it, or delete it");
  }

  void Inverted(RuleId narrow, RuleId wide, const std::optional<reference::Call>& call) {
    const Rule& rule = policy_.rules[narrow.index()];
    const Rule& before = policy_.rules[wide.index()];
    auto& diagnostic =
        ReportRule(
            diagnostics_, source::Code::kPriorityInversion, rule, rule.head_span,
            fmt::format("`{}` is narrower than `{}`, but comes after it", rule.id, before.id))
            .Mark(fmt::format("{}, with priority {}", OutcomeText(policy_, rule), rule.priority))
            .Also(before.head_span, fmt::format("{}, with priority {}",
                                                OutcomeText(policy_, before), before.priority));
    ShowCall(call, diagnostic);
    diagnostic.Help(
        "leave the priorities out: without them the narrower rule is the exception to the wider");
  }

 private:
  // There is none where it could not be settled whether the rule's condition can be true.
  void ShowCall(const std::optional<reference::Call>& call, source::Diagnostic& diagnostic) const {
    if (call) diagnostic.Example(DescribeDecision(context_.search, *call));
  }

  const LintContext& context_;
  const model::Policy& policy_;
  source::Diagnostics& diagnostics_;
};

// A conditional rule with a lower priority number around this one, which it therefore precedes.
void FindInversion(const LintContext& context, RuleId id, Reporter& reporter) {
  const auto& rules = context.policy().rules;
  const Rule& rule = rules[id.index()];
  if (rule.effect == Effect::kDeny) return;
  // Rules are sorted by workspace.
  const auto same = std::ranges::equal_range(rules, rule.workspace, {}, &Rule::workspace);
  for (auto w = static_cast<size_t>(same.begin() - rules.begin());
       w < static_cast<size_t>(same.end() - rules.begin()); ++w) {
    if (!rules[w].when.valid() || !IsInversion(context, id, RuleId(w))) continue;
    Query query;
    query.matching = {id, RuleId(w)};
    query.goals.push_back({rules[w].when, Wanted::kTrue});
    if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
    query.spoils = [&](RuleId other) { return context.search.Precedes(other, RuleId(w)); };
    const Answer answer = context.search.Find(query);
    if (answer.kind == Answer::Kind::kFound) return reporter.Inverted(id, RuleId(w), answer.call);
  }
}

}  // namespace

void CheckShadowedRules(const LintContext& context, source::Diagnostics& diagnostics) {
  Reporter reporter(context, diagnostics);
  const auto& rules = context.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    const Reach& reach = context.reach()[r];
    if (reach.kind == Reach::Kind::kDecides) FindInversion(context, RuleId(r), reporter);
    if (reach.kind != Reach::Kind::kCovered) continue;
    const bool alike = std::ranges::all_of(reach.covering, [&](RuleId id) {
      return SameOutcome(context.policy(), rules[r], rules[id.index()]);
    });
    if (!alike) reporter.Shadowed(RuleId(r), reach);
  }
}

}  // namespace mcplexer::analysis
