// SPDX-License-Identifier: Apache-2.0
// The cache's answers against those of the solver, which keeps nothing.
#include "compiler/analysis/solution_cache.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using Kind = Solution::Kind;

// Each asks about something else of a call; some are written alike, or nearly.
const std::vector<std::string>& Conditions() {
  static const std::vector<std::string> conditions = {
      "arg.n > 1",
      "arg.n > 1",
      "arg.n  >  1",
      "arg.n > 2",
      "arg.n < 2 or arg.m == \"a\"",
      "has arg.n",
      "principal.name == \"p\"",
      "principal.name == \"p\" and has arg.n",
      "\"dev\" in principal.groups",
      "\"dev\" in principal.groups or arg.n == 1",
      "arg.m in principal.groups",
      "workspace.tags.team == \"a\"",
      "workspace.tags.team == \"a\" and arg.m == \"x\"",
      "arg.path under \"notes\"",
      "arg.path under \"~/w\"",
      "arg.m like \"a*\"",
      "arg.m matches re\"a+\"",
      "session.client == \"cursor\"",
      "arg.n == 3 and arg.m == \"d\" or arg.n == 4 and arg.m == \"c\"",
      "arg.n != 3",
  };
  return conditions;
}

struct World {
  Analysed analysed;
  std::vector<reference::Context> contexts;
};

World MakeWorld() {
  std::string text =
      "server s { command = [\"s\"]  cwd = \"/srv\" }\n"
      "principal p { uid = 1  groups = [dev] }\n"
      "principal q { uid = 2  groups = [dev, ops] }\n"
      "workspace a { root = \"/a\"  tags = { team: \"a\" }\n";
  for (size_t c = 0; c < Conditions().size(); ++c) {
    text += fmt::format("  allow s__t{} when {}\n", c, Conditions()[c]);
  }
  text += "}\nworkspace b { root = \"/b\"  tags = { team: \"b\" } }\n";
  text += "workspace c { root = \"~/w\" }\n";
  World world{Analyse(text), {}};
  for (const size_t principal : {0u, 1u, 2u}) {
    for (size_t w = 0; w < world.analysed.policy().workspaces.size(); ++w) {
      reference::Call call;
      call.name = "s__t0";
      call.directory = world.analysed.search->territory().root(WorkspaceId(w)) + "/sub";
      call.principal = PrincipalId(principal);
      world.contexts.push_back(
          world.analysed.search->interpreter().ContextOf(call, WorkspaceId(w)));
    }
  }
  return world;
}

std::string Text(const Solution& solution) {
  return fmt::format("{} {} {} {}", static_cast<int>(solution.kind), solution.arguments,
                     solution.client, solution.model);
}

// Asks one cache again and again about the same few conditions, in every context.
void CompareWithSolver(size_t most_kept, int rounds) {
  const World world = MakeWorld();
  const model::Policy& policy = world.analysed.policy();
  SolutionCache cache(policy, {}, most_kept);
  std::mt19937 random(5);
  size_t found = 0, impossible = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Goal> goals;
    std::string asked;
    const size_t sides = 1 + random() % 2;
    for (size_t count = random() % 4; count > 0; --count) {
      const size_t rule = random() % policy.rules.size();
      goals.push_back({policy.rules[rule].when, static_cast<Wanted>(random() % 4),
                       static_cast<uint8_t>(random() % sides)});
      asked += fmt::format("{} {} {}; ", Conditions()[rule], static_cast<int>(goals.back().wanted),
                           goals.back().side);
    }
    std::vector<reference::Context> contexts;
    for (size_t side = 0; side < sides; ++side) {
      contexts.push_back(world.contexts[random() % world.contexts.size()]);
    }
    SCOPED_TRACE(asked);
    const Solution expected = Solve(policy, goals, contexts);
    EXPECT_EQ(Text(cache.Solve(goals, contexts)), Text(expected));
    found += expected.kind == Kind::kFound ? 1 : 0;
    impossible += expected.kind == Kind::kImpossible ? 1 : 0;
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(found, static_cast<size_t>(rounds) / 10);
  EXPECT_GT(impossible, static_cast<size_t>(rounds) / 20);
}

TEST(SolutionCacheTest, AnswersAsTheSolverDoes) { CompareWithSolver(50'000, Rounds(1500)); }

TEST(SolutionCacheTest, AnswersAsTheSolverDoesWhenItForgets) { CompareWithSolver(3, Rounds(300)); }

TEST(SolutionCacheTest, NoGoalsAreMetByAnything) {
  const World world = MakeWorld();
  SolutionCache cache(world.analysed.policy());
  const Solution solution = cache.Solve({}, {world.contexts.data(), 1});
  EXPECT_EQ(solution.kind, Kind::kFound);
  EXPECT_EQ(solution.arguments, "{}");
}

// What is unknown for want of tries is no answer to the same question with more of them.
TEST(SolutionCacheTest, KeepsToItsLimits) {
  const World world = MakeWorld();
  const model::Policy& policy = world.analysed.policy();
  // Of the second, which value one argument needs is a matter of the other's: the third rules the
  // first combination out.
  std::vector<Goal> goals;
  for (const size_t rule : {0u, 18u, 19u})
    goals.push_back({policy.rules[rule].when, Wanted::kTrue});
  SolverLimits few;
  few.max_combinations = 1;
  const std::span<const reference::Context> contexts(world.contexts.data(), 1);
  for (const SolverLimits& limits : {few, SolverLimits()}) {
    SolutionCache cache(policy, limits);
    const Solution expected = Solve(policy, goals, contexts, limits);
    EXPECT_EQ(expected.kind, limits.max_combinations == 1 ? Kind::kUnknown : Kind::kFound);
    for (int again = 0; again < 2; ++again) {
      EXPECT_EQ(Text(cache.Solve(goals, contexts)), Text(expected));
    }
  }
}

}  // namespace
}  // namespace mcplexer::analysis
