// SPDX-License-Identifier: Apache-2.0
// Every verdict on every rule of random small policies equals what trying all calls says.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include "compiler/analysis/reachability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Outcome;

// What becomes of a call, as far as anybody but a reader of the audit can tell.
auto Decision(const model::Policy& policy, const Outcome& outcome) {
  const bool approve = outcome.verdict == Outcome::Verdict::kApprove;
  const bool deny = outcome.verdict == Outcome::Verdict::kDeny;
  return std::tuple(
      outcome.verdict, outcome.reason == Outcome::Reason::kAmbiguous,
      deny ? ScopeId().value : outcome.scope.value,
      approve ? policy.rules[outcome.rules.front().index()].approval : model::Approval());
}

class Tried {
 public:
  explicit Tried(const model::Policy& policy) : policy_(policy), interpreter_(policy_, "/home") {
    for (const reference::Call& call : AllCalls()) outcomes_.push_back(interpreter_.Decide(call));
  }
  const model::Policy& policy() const { return policy_; }
  const std::vector<Outcome>& outcomes() const { return outcomes_; }
  bool SameDecisions(const Tried& other) const {
    for (size_t c = 0; c < outcomes_.size(); ++c) {
      if (Decision(policy_, outcomes_[c]) != Decision(other.policy_, other.outcomes_[c])) {
        return false;
      }
    }
    return true;
  }

 private:
  model::Policy policy_;
  reference::Interpreter interpreter_;
  std::vector<Outcome> outcomes_;
};

TEST(ReachabilityTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(5);
  std::map<std::pair<Reach::Kind, bool>, size_t> seen;
  for (int round = 0; round < Rounds(30); ++round) {
    const std::string text = RandomWorld(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;
    const std::vector<Reach> reaches = ComputeReachability(*world.search);
    model::Policy left = world.policy();  // without the rules found needless so far
    for (size_t r = reaches.size(); r-- > 0;) {
      const RuleId id(r);
      SCOPED_TRACE(left.rules[r].id);
      const Reach& reach = reaches[r];
      ++seen[{reach.kind, reach.needless}];
      const bool deny = left.rules[r].effect == Effect::kDeny;

      model::Policy only = left;
      only.rules = {left.rules[r]};
      const Tried alone(only);
      const Tried now(left);
      bool matches = false, decides = false;
      for (size_t c = 0; c < now.outcomes().size(); ++c) {
        matches = matches || !alone.outcomes()[c].rules.empty();
        const auto& by = now.outcomes()[c].rules;
        decides =
            decides || (deny ? by == std::vector<RuleId>{id} : std::ranges::count(by, id) > 0);
      }
      EXPECT_EQ(reach.kind == Reach::Kind::kUnmatched, !matches);
      const bool in_vain =
          reach.kind == Reach::Kind::kUnmatched || reach.kind == Reach::Kind::kCovered;
      EXPECT_EQ(in_vain, !decides);

      // Taken away by a `for` of nobody, so that the ids of the others stay.
      model::Policy without = left;
      without.rules[r].principals.clear();
      if (deny) {
        EXPECT_EQ(reach.needless, !decides);
      } else {
        EXPECT_EQ(reach.needless, now.SameDecisions(Tried(without)));
      }
      if (reach.needless) left = without;
    }
    EXPECT_TRUE(Tried(world.policy()).SameDecisions(Tried(left)));
  }
  EXPECT_GT((seen[{Reach::Kind::kDecides, false}]), 20u);
  EXPECT_GT((seen[{Reach::Kind::kCovered, true}]), 3u);
  EXPECT_GT((seen[{Reach::Kind::kUnneeded, true}]), 3u);
}

}  // namespace
}  // namespace mcplexer::analysis
