// SPDX-License-Identifier: Apache-2.0
// Of all pairs of rules of random small policies those are related that trying all calls says are.
#include "compiler/analysis/checks/related_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using Kind = RelatedRules::Kind;

// For each call, whether this rule alone, without what `change` takes from it, matches.
template <typename Change>
std::vector<bool> Matches(const model::Policy& policy, size_t rule, Change change) {
  model::Policy only = policy;
  only.rules = {policy.rules[rule]};
  only.rules.front().require = ConditionId();
  change(only.rules.front());
  const reference::Interpreter interpreter(only, "/home");
  std::vector<bool> matches;
  for (const reference::Call& call : AllCalls()) {
    matches.push_back(!interpreter.Decide(call).rules.empty());
  }
  return matches;
}

bool IsSubset(const std::vector<bool>& a, const std::vector<bool>& b) {
  for (size_t c = 0; c < a.size(); ++c) {
    if (a[c] && !b[c]) return false;
  }
  return true;
}

TEST(RelatedRulesTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(11);
  size_t correlated = 0, exceptions = 0, unrelated = 0;
  for (int round = 0; round < Rounds(25); ++round) {
    const std::string text = RandomWorld(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;
    const std::vector<RelatedRules> found = FindRelatedRules(*world.search);
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    std::vector<std::vector<RuleId>> deciding;
    for (const reference::Call& call : AllCalls()) {
      deciding.push_back(interpreter.Decide(call).rules);
    }
    std::vector<std::vector<bool>> boxes, applies;
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      boxes.push_back(Matches(policy, r, [](model::Rule& rule) { rule.when = ConditionId(); }));
      applies.push_back(Matches(policy, r, [](model::Rule&) {}));
    }
    for (size_t i = 0; i < policy.rules.size(); ++i) {
      for (size_t j = 0; j < policy.rules.size(); ++j) {
        const auto known = std::ranges::find_if(found, [&](const RelatedRules& one) {
          return one.first == RuleId(i) && one.second == RuleId(j);
        });
        bool expected = i != j && policy.rules[i].workspace == policy.rules[j].workspace &&
                        policy.rules[i].effect != policy.rules[j].effect &&
                        world.search->Precedes(RuleId(i), RuleId(j));
        Kind kind = Kind::kCorrelated;
        if (expected) {
          bool meet = false;
          for (size_t c = 0; c < deciding.size(); ++c) {
            meet = meet || (applies[i][c] && applies[j][c] &&
                            std::ranges::count(deciding[c], RuleId(i)) > 0);
          }
          expected = meet && !IsSubset(boxes[j], boxes[i]);
          if (IsSubset(boxes[i], boxes[j])) kind = Kind::kException;
        }
        ASSERT_EQ(known != found.end(), expected)
            << policy.rules[i].id << " and " << policy.rules[j].id;
        if (!expected) {
          ++unrelated;
          continue;
        }
        EXPECT_EQ(known->kind, kind);
        ++(kind == Kind::kCorrelated ? correlated : exceptions);
      }
    }
  }
  EXPECT_GT(correlated, 5u);
  EXPECT_GT(exceptions, 2u);
  EXPECT_GT(unrelated, 20u);
}

}  // namespace
}  // namespace mcplexer::analysis
