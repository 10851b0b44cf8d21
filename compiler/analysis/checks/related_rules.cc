// SPDX-License-Identifier: Apache-2.0
// W0404 and N0405, both off by default: overlap and exceptions are how policies are written, so
// these are for who wants to see where precedence decides.
#include "compiler/analysis/checks/related_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;
using source::Code;

Goal Applies(const Rule& rule) {
  return {rule.when, rule.effect == Effect::kDeny ? Wanted::kNotFalse : Wanted::kTrue};
}

// A call that both match and the first decides.
std::optional<reference::Call> Meeting(const CallSearch& search, RuleId first, RuleId second) {
  const auto& rules = search.policy().rules;
  Query query;
  query.matching = {first, second};
  for (RuleId id : query.matching) {
    if (rules[id.index()].when.valid()) query.goals.push_back(Applies(rules[id.index()]));
  }
  query.spoils = [&](RuleId other) { return search.Precedes(other, first); };
  Answer answer = search.Find(query);
  if (answer.kind != Answer::Kind::kFound) return std::nullopt;
  const auto decided = search.interpreter().Decide(answer.call).rules;
  if (std::ranges::find(decided, first) == decided.end()) return std::nullopt;
  return std::move(answer.call);
}

}  // namespace

std::vector<RelatedRules> FindRelatedRules(const CallSearch& search) {
  using Kind = RelatedRules::Kind;
  const auto& rules = search.policy().rules;
  const Space& space = search.space();
  std::vector<RelatedRules> found;
  for (size_t i = 0; i < rules.size(); ++i) {
    // Rules are sorted by workspace.
    for (size_t j = i + 1; j < rules.size() && rules[j].workspace == rules[i].workspace; ++j) {
      const RuleId a(i);
      const RuleId b(j);
      if (rules[i].effect == rules[j].effect || !space.Overlaps(a, b)) continue;
      if (!search.Precedes(a, b) && !search.Precedes(b, a)) continue;
      const auto [first, second] = search.Precedes(a, b) ? std::pair(a, b) : std::pair(b, a);
      if (space.IsSubset(second, first)) continue;  // an exception in vain, or a priority's doing
      const Kind kind = space.IsSubset(first, second) ? Kind::kException : Kind::kCorrelated;
      auto call = Meeting(search, first, second);
      if (call) found.push_back({kind, first, second, *std::move(call)});
    }
  }
  std::ranges::sort(found, {},
                    [](const RelatedRules& one) { return std::tuple(one.first, one.second); });
  return found;
}

void CheckRelatedRules(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (const RelatedRules& related : FindRelatedRules(context.search)) {
    const Rule& first = policy.rules[related.first.index()];
    const Rule& second = policy.rules[related.second.index()];
    const bool exception = related.kind == RelatedRules::Kind::kException;
    const std::string message =
        exception ? fmt::format("`{}` is an exception to `{}`", first.id, second.id)
                  : fmt::format("`{}` decides some of the calls that `{}` matches, too", first.id,
                                second.id);
    const Code code = exception ? Code::kGeneralisation : Code::kCorrelatedRules;
    auto& diagnostic = ReportRule(diagnostics, code, first, first.head_span, message)
                           .Mark(OutcomeText(policy, first))
                           .Also(second.head_span, OutcomeText(policy, second))
                           .Example(DescribeDecision(context.search, related.call));
    if (!exception) diagnostic.Help("make one narrower where this is not what is meant");
  }
}

}  // namespace mcplexer::analysis
