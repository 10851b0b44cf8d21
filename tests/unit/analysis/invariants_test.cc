// SPDX-License-Identifier: Apache-2.0
// An invariant is found violated exactly where some call of a small world violates it.
#include "compiler/analysis/invariants.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using reference::Outcome;

TEST(InvariantsTest, AgreeWithAllCallsOfASmallWorld) {
  std::mt19937 random(17);
  size_t violated = 0, proven = 0;
  for (int round = 0; round < Rounds(40); ++round) {
    const std::string target = RandomTarget(random);
    const std::string directory = Pick(random, {"", "w/i/**", "w/*", "w"});
    const std::string when = RandomCondition(random);
    const bool approval = random() % 2 == 0;
    const std::string text =
        RandomWorld(random, {4, 2}) +
        fmt::format("invariant i {{ never allow {}{}{}{} }}\n", target,
                    approval ? " without approval" : "",
                    directory.empty() ? "" : fmt::format(" in \"/{}\"", directory), when);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;

    // What the clause means, as a rule.
    const Analysed clause = Analyse(
        fmt::format("server s {{ command = [\"s\"] }}\nprincipal p {{ uid = 1 }}\n"
                    "workspace all {{ root = \"/\"\n  allow {}{}{}\n}}\n",
                    target, directory.empty() ? "" : fmt::format(" in \"{}\"", directory), when));
    const reference::Interpreter meant(clause.policy(), "/home");
    const reference::Interpreter interpreter(world.policy(), "/home");
    bool tried = false;
    const auto violates = [&](const reference::Call& call) {
      if (meant.Decide(call).verdict == Outcome::Verdict::kDeny) return false;
      const Outcome::Verdict verdict = interpreter.Decide(call).verdict;
      return verdict == Outcome::Verdict::kAllow ||
             (!approval && verdict == Outcome::Verdict::kApprove);
    };
    for (const reference::Call& call : AllCalls()) tried = tried || violates(call);

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
