// SPDX-License-Identifier: Apache-2.0
// An invariant is found violated exactly where some call of a small world violates it.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include "compiler/analysis/invariants.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/small_world.h"
#include "tests/unit/analysis/tried.h"

namespace mcplexer::analysis {
namespace {

TEST(InvariantsTest, AgreeWithAllCallsOfASmallWorld) {
  std::mt19937 random(17);
  size_t violated = 0, proven = 0;
  for (int round = 0; round < Rounds(40); ++round) {
    const Clause clause{.claim = "never allow",
                        .names = RandomTarget(random),
                        .approval = random() % 2 == 0,
                        .directory = Pick(random, {"", "w/i/**", "w/*", "w"}),
                        .when = RandomCondition(random)};
    const std::string text =
        RandomWorld(random, {4, 2}) + fmt::format("invariant i {{ {} }}\n", clause.ToText());
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;

    const ClauseOracle oracle(clause);
    const reference::Interpreter interpreter(world.policy(), "/home");
    const auto violates = [&](const reference::Call& call) {
      return oracle.Means(call) && oracle.Forbids(interpreter.Decide(call).verdict);
    };
    const std::vector<reference::Call> calls = AllCalls();
    const bool tried = std::ranges::any_of(calls, violates);

    const std::vector<Violation> found = FindViolations(*world.search);
    EXPECT_EQ(found.empty(), !tried);
    ++(found.empty() ? proven : violated);
    for (const Violation& one : found) {
      ASSERT_TRUE(one.witness);
      EXPECT_TRUE(violates(*one.witness));
    }
  }
  EXPECT_GT(violated, 10u);
  EXPECT_GT(proven, 5u);
}

}  // namespace
}  // namespace mcplexer::analysis
