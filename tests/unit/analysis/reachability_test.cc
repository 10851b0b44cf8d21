// SPDX-License-Identifier: Apache-2.0
// Every verdict on every rule of random small policies equals what trying all calls says.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include "compiler/analysis/reachability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/small_world.h"
#include "tests/unit/analysis/tried.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Outcome;

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

Analysed Workspace(const std::string& rules) {
  Analysed world =
      Analyse(std::string(kDeclarations) + "workspace w {\n  root = \"/w\"\n" + rules + "}\n");
  EXPECT_TRUE(FindAmbiguities(*world.search).empty());
  return world;
}

Reach ReachOf(const Analysed& world, std::string_view id) {
  return ComputeReachability(*world.search)[world.Find(id).index()];
}

// Without `narrow` each call that it decides is still allowed. But where `other` decides, `wide`
// would be level with it.
TEST(ReachabilityTest, WhatKeepsOthersFromBeingAmbiguousIsNotNeedless) {
  const Analysed world = Workspace(
      "  default = allow\n"
      "  allow   s__x*           when arg.n > 1 as wide\n"
      "  approve s__*y in \"i\"  when arg.n > 1 as other\n"
      "  allow   s__x* in \"i/**\"           as narrow\n");
  const Reach narrow = ReachOf(world, "w.narrow");
  EXPECT_EQ(narrow.kind, Reach::Kind::kUnneeded);
  EXPECT_FALSE(narrow.needless);
}

// Both that would decide in its place allow what it allows, but they are not said alike.
TEST(ReachabilityTest, WhatWouldDecideInsteadHasToAgree) {
  const Analysed world = Workspace(
      "  allow s__x*                    as second\n"
      "  allow s__*y require arg.n <= 1 as third\n"
      "  deny  s__*  when arg.n > 1\n"
      "  allow s__x* priority 50        as first\n");
  EXPECT_EQ(ReachOf(world, "w.first").kind, Reach::Kind::kDecides);
}

// `narrow` keeps `wide` from deciding `s__x`, but `now` does and says the same.
TEST(ReachabilityTest, WhatKeepsOneFromDecidingThatAgreesIsNeedless) {
  const Analysed world = Workspace(
      "  allow   s__{x,y} as narrow\n"
      "  deny    s__y\n"
      "  approve s__{x,w}   when has arg.r or not has arg.r as now\n"
      "  approve s__{x,y,z} when has arg.r or not has arg.r as wide\n");
  const Reach narrow = ReachOf(world, "w.narrow");
  EXPECT_EQ(narrow.kind, Reach::Kind::kCovered);
  EXPECT_TRUE(narrow.needless);
}

// `wide` decides where `narrow` does, though `narrow` keeps it from deciding while it is there.
TEST(ReachabilityTest, WhatARuleBeatsMayDoInItsPlace) {
  const Analysed world = Workspace(
      "  allow s__x in \"\"          as narrow\n"
      "  deny  s__* when arg.n > 1\n"
      "  allow s__x when has arg.n  as wide\n");
  const Reach narrow = ReachOf(world, "w.narrow");
  EXPECT_EQ(narrow.kind, Reach::Kind::kUnneeded);
  EXPECT_TRUE(narrow.needless);
  EXPECT_EQ(narrow.covering, std::vector{world.Find("w.wide")});
}

}  // namespace
}  // namespace mcplexer::analysis
