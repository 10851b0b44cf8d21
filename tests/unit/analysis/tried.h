// SPDX-License-Identifier: Apache-2.0
// What a verdict of the analysis has to be, by what the reference interpreter says of each call.
// The definitions are those of docs/language.md, section 6 and `invariant`, and of the findings'
// pages; tried_pair.h has those of a difference.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_H_

#include <fmt/format.h>

#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "compiler/reference/interpreter.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {

// What becomes of a call, as far as anybody but a reader of the audit can tell. A rule is redundant
// (W0303) when this is the same of every call without it.
inline auto Decision(const model::Policy& policy, const reference::Outcome& outcome) {
  using reference::Outcome;
  const bool approve = outcome.verdict == Outcome::Verdict::kApprove;
  const bool deny = outcome.verdict == Outcome::Verdict::kDeny;
  return std::tuple(
      outcome.verdict, outcome.reason == Outcome::Reason::kAmbiguous,
      deny ? ScopeId().value : outcome.scope.value,
      approve ? policy.rules[outcome.rules.front().index()].approval : model::Approval());
}

// Whether two rules would do different things with a call that both decide.
inline bool Disagree(const model::Policy& policy, RuleId first, RuleId second) {
  const auto outcome = [&](RuleId id) {
    const model::Rule& rule = policy.rules[id.index()];
    const bool approve = rule.effect == model::Effect::kApprove;
    return std::tuple(rule.effect, rule.scope.value,
                      rule.require.valid() ? policy.conditions[rule.require.index()].text : "",
                      approve ? rule.approval : model::Approval());
  };
  return outcome(first) != outcome(second);
}

using RulePairs = std::set<std::pair<RuleId, RuleId>>;

// E0401: rules that decide one call, on one level, and disagree. Adds those of a call that `rules`
// decide, ascending.
inline void AddAmbiguous(const model::Policy& policy, const std::vector<RuleId>& rules,
                         RulePairs& pairs) {
  for (size_t i = 0; i < rules.size(); ++i) {
    for (size_t j = i + 1; j < rules.size(); ++j) {
      if (Disagree(policy, rules[i], rules[j])) pairs.emplace(rules[i], rules[j]);
    }
  }
}

// A clause of an invariant about the small world.
struct Clause {
  std::string claim;           // `never allow` or `always deny`
  std::string names;           // patterns, perhaps `except` and `for`
  bool approval = false;       // `without approval`
  std::string directory = {};  // a glob from `/`, without it; empty: none
  std::string when = {};       // with a space in front

  std::string ToText() const {
    return fmt::format("{} {}{}{}{}", claim, names, approval ? " without approval" : "",
                       directory.empty() ? "" : fmt::format(" in \"/{}\"", directory), when);
  }
};

// What a clause means, as a rule of a workspace that holds everything.
class ClauseOracle {
 public:
  explicit ClauseOracle(const Clause& clause)
      : approval_(clause.approval),
        rule_(Analyse(
            fmt::format("server s {{ command = [\"s\"] }}\nprincipal p {{ uid = 1 }}\n"
                        "workspace all {{ root = \"/\"\n  allow {}{}{}\n}}\n",
                        clause.names,
                        clause.directory.empty() ? "" : fmt::format(" in \"{}\"", clause.directory),
                        clause.when))),
        interpreter_(rule_.policy(), "/home") {}

  bool Means(const reference::Call& call) const {
    return interpreter_.Decide(call).verdict == reference::Outcome::Verdict::kAllow;
  }
  // Of a call that it means.
  bool Forbids(reference::Outcome::Verdict verdict) const {
    using Verdict = reference::Outcome::Verdict;
    return verdict == Verdict::kAllow || (!approval_ && verdict == Verdict::kApprove);
  }

 private:
  bool approval_;
  Analysed rule_;
  reference::Interpreter interpreter_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_H_
