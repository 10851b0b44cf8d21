// SPDX-License-Identifier: Apache-2.0
// The pairs that are found are those that the interpreter calls ambiguous for some call, and each
// finding's example is such a call. tests/text/check/ambiguous_*.plex has the cases with names.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include "compiler/analysis/ambiguity.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/unit/analysis/small_world.h"
#include "tests/unit/analysis/tried.h"

namespace mcplexer::analysis {
namespace {

using reference::Outcome;

TEST(AmbiguityTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(11);
  size_t ambiguous = 0, clean = 0;
  const std::vector<reference::Call> calls = AllCalls();
  for (int round = 0; round < Rounds(60); ++round) {
    const std::string text = RandomWorld(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    const reference::Interpreter interpreter(world.policy(), "/home");
    RulePairs tried;
    for (const reference::Call& call : calls) {
      const Outcome outcome = interpreter.Decide(call);
      if (outcome.reason != Outcome::Reason::kAmbiguous) continue;
      AddAmbiguous(world.policy(), outcome.rules, tried);
    }
    RulePairs found;
    for (const Ambiguity& one : FindAmbiguities(*world.search)) {
      found.emplace(one.first, one.second);
      ASSERT_TRUE(one.witness);
      EXPECT_EQ(interpreter.Decide(*one.witness).reason, Outcome::Reason::kAmbiguous);
    }
    EXPECT_EQ(found, tried);
    ++(found.empty() ? clean : ambiguous);
  }
  EXPECT_GT(ambiguous, 5u);
  EXPECT_GT(clean, 10u);
}

TEST(AmbiguityTest, PastTheLimitAPairIsUnsettled) {
  const Analysed world = Analyse(
      "server s { command = [\"s\"] }\n"
      "workspace w { root = \"/w\"  allow s__x*  approve s__*y }\n");
  SearchLimits limits;
  limits.max_boxes = 0;
  const auto found = FindAmbiguities(CallSearch(*world.space, *world.order, limits));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].witness);
}

}  // namespace
}  // namespace mcplexer::analysis
