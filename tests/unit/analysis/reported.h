// SPDX-License-Identifier: Apache-2.0
// What tests of checks against all calls of a small world share.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_REPORTED_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_REPORTED_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/lint.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {

// The rules that the check reports, by the place of their findings.
inline std::set<size_t> Reported(const Analysed& world,
                                 void (*check)(const LintContext&, source::Diagnostics&),
                                 const inventory::Inventory* inventory = nullptr) {
  const std::vector<syntax::File> no_files;
  const LintContext context(*world.search, no_files, world.lowered->sources, inventory);
  source::Diagnostics diagnostics;
  check(context, diagnostics);
  std::set<size_t> reported;
  for (const source::Diagnostic& diagnostic : diagnostics.all()) {
    const source::Span place = diagnostic.primary.span;
    for (size_t r = 0; r < world.policy().rules.size(); ++r) {
      const source::Span span = world.policy().rules[r].span;
      if (span.begin <= place.begin && place.end <= span.end) reported.insert(r);
    }
  }
  return reported;
}

inline bool Decides(const reference::Outcome& outcome, size_t rule) {
  return std::ranges::count(outcome.rules, RuleId(rule)) > 0;
}

// Policies of `make` without ambiguities, which no plan is made of.
template <typename Make, typename Visit>
void ForEachWorldOf(const Make& make, unsigned seed, int rounds, const Visit& visit) {
  std::mt19937 random(seed);
  for (int round = 0; round < Rounds(rounds); ++round) {
    const std::string text = make(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (FindAmbiguities(*world.search).empty()) visit(world);
    if (::testing::Test::HasFailure()) return;
  }
}

// The policy with the rules of which `keep` is true, and which each of them was.
struct Reduced {
  model::Policy policy;
  std::vector<size_t> rules;
};

template <typename Keep>
Reduced With(const model::Policy& policy, const Keep& keep) {
  Reduced reduced{policy, {}};
  reduced.policy.rules.clear();
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    if (!keep(r)) continue;
    reduced.policy.rules.push_back(policy.rules[r]);
    reduced.rules.push_back(r);
  }
  return reduced;
}

// What one rule matches, were there no others; without its condition, where that is left out.
class Alone {
 public:
  enum class When : uint8_t { kKept, kLeftOut };

  Alone(const model::Policy& policy, size_t rule, When when = When::kKept)
      : policy_(Only(policy, rule, when)), interpreter_(policy_, "/home") {}
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

  bool Matches(const reference::Call& call) const {
    return !interpreter_.Decide(call).rules.empty();
  }

 private:
  static model::Policy Only(const model::Policy& policy, size_t rule, When when) {
    model::Policy only = With(policy, [&](size_t r) { return r == rule; }).policy;
    only.rules[0].effect = model::Effect::kAllow;
    only.rules[0].require = ConditionId();
    if (when == When::kLeftOut) only.rules[0].when = ConditionId();
    return only;
  }

  const model::Policy policy_;
  reference::Interpreter interpreter_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_REPORTED_H_
