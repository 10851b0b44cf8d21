// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/explain.h"

namespace mcplexer::decide {
namespace {

RuleOutcome OutcomeOf(RuleId rule, const Decision& decision, const plan::Tables& tables,
                      Evaluator& evaluator) {
  if (rule == decision.rule) {
    return decision.reason == Reason::kRequirementFailed ? RuleOutcome::kRequirementFailed
                                                         : RuleOutcome::kDecided;
  }
  const plan::RuleRecord& record = tables.rules[rule.index()];
  const uint32_t when = tables.guard(record).when;
  if (when == plan::kNone) return RuleOutcome::kOutranked;
  switch (evaluator.Evaluate(when)) {
    case Tri::kFalse:
      return RuleOutcome::kConditionFalse;
    case Tri::kUnknown:
      // For a deny that is as good as true; then it would have decided, had none come first.
      return tables.outcome(record).effect == plan::Effect::kDeny ? RuleOutcome::kOutranked
                                                                  : RuleOutcome::kConditionUnknown;
    default:
      return RuleOutcome::kOutranked;
  }
}

}  // namespace

void ExplainRanking(const Ranking& ranking, const Decision& decision, const plan::Tables& tables,
                    Evaluator& evaluator, std::vector<Considered>* considered) {
  for (const std::vector<Candidate>* part : {&ranking.denies, &ranking.grants}) {
    for (const Candidate& c : *part) {
      const RuleId rule(c.rule);
      considered->push_back({rule, OutcomeOf(rule, decision, tables, evaluator)});
    }
  }
  for (const Candidate& c : ranking.beaten) {
    considered->push_back({RuleId(c.rule), RuleOutcome::kNarrowerRuleMatches});
  }
}

}  // namespace mcplexer::decide
