// SPDX-License-Identifier: Apache-2.0
// Holes of random small policies: each that is found is one, and of denies none is missed.
#include "compiler/analysis/checks/path_hole.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Outcome;

bool IsIn(const std::vector<RuleId>& rules, RuleId id) {
  return std::ranges::find(rules, id) != rules.end();
}

// The rules that decide where this one rule is all there is.
bool MatchesAlone(const model::Policy& policy, size_t rule, const reference::Call& call) {
  model::Policy only = policy;
  only.rules = {policy.rules[rule]};
  return !reference::Interpreter(only, "/home").Decide(call).rules.empty();
}

// Whether some call below a directory of the deny is let through by a rule that matches there, too.
bool HasHole(const model::Policy& policy, size_t deny) {
  const reference::Interpreter interpreter(policy, "/home");
  for (const reference::Call& deep : AllCalls()) {
    const Outcome outcome = interpreter.Decide(deep);
    if (outcome.verdict == Outcome::Verdict::kDeny || outcome.rules.empty()) continue;
    if (outcome.workspace != policy.rules[deny].workspace) continue;
    reference::Call shallow = deep;
    shallow.directory.resize(shallow.directory.rfind('/'));
    if (shallow.directory.size() < 2) continue;
    const Outcome held = interpreter.Decide(shallow);
    if (held.workspace != outcome.workspace || !IsIn(held.rules, RuleId(deny))) continue;
    // A condition that cannot be evaluated denies here; the finding shows one that is true.
    if (policy.rules[deny].when.valid()) continue;
    for (const RuleId way : outcome.rules) {
      if (MatchesAlone(policy, way.index(), shallow)) return true;
    }
  }
  return false;
}

TEST(PathHoleTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(3);
  size_t denies = 0, approvals = 0;
  for (int round = 0; round < Rounds(120); ++round) {
    const std::string text = RandomWorld(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, world.search->territory().home_directory());
    const std::vector<PathHole> holes = FindPathHoles(*world.search);
    for (const PathHole& hole : holes) {
      SCOPED_TRACE(policy.rules[hole.rule.index()].id);
      const Outcome held = interpreter.Decide(hole.held);
      const Outcome through = interpreter.Decide(hole.through);
      EXPECT_TRUE(IsIn(held.rules, hole.rule));
      EXPECT_TRUE(IsIn(through.rules, hole.way));
      EXPECT_LT(through.verdict, held.verdict);  // from allow to deny
      EXPECT_TRUE(hole.through.directory.starts_with(hole.held.directory + "/"));
      EXPECT_EQ(hole.held.name, hole.through.name);
      EXPECT_EQ(hole.held.arguments, hole.through.arguments);
      EXPECT_EQ(hole.path->text, "*");
      ++(policy.rules[hole.rule.index()].effect == Effect::kDeny ? denies : approvals);
    }
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const model::Rule& rule = policy.rules[r];
      if (rule.effect != Effect::kDeny || rule.when.valid() || rule.paths.front().text != "*") {
        continue;
      }
      const bool found = std::ranges::find(holes, RuleId(r), &PathHole::rule) != holes.end();
      EXPECT_EQ(found, HasHole(policy, r)) << rule.id;
    }
  }
  EXPECT_GT(denies, 3u);
  EXPECT_GT(approvals, 3u);
}

}  // namespace
}  // namespace mcplexer::analysis
