// SPDX-License-Identifier: Apache-2.0
// The pairs that are found are those that the interpreter calls ambiguous for some call, and each
// finding's example is such a call. tests/text/check/ambiguous_*.plex has the cases with names.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include "compiler/analysis/ambiguity.h"

#include <fmt/format.h>
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

std::string LevelRules(size_t count) {
  std::string text = "server a { command = [\"a\"] }\nsecret k = env(\"K\")\n";
  std::string rules;
  for (size_t i = 0; i < count; ++i) {
    text += fmt::format("scope s{} {{ type = env  set K{} = secret(k) }}\n", i, i);
    rules += fmt::format("  allow a__x using s{}\n", i);
  }
  return text + "workspace w {\n  root = \"/w\"\n" + rules + "}\n";
}

// What is not shown is counted, so that no pair gets lost.
TEST(AmbiguityTest, OfOneRuleOnlySomePairsAreShown) {
  constexpr size_t kRules = 12;
  const Analysed world = Analyse(LevelRules(kRules));
  EXPECT_EQ(FindAmbiguities(*world.search).size(), kRules * (kRules - 1) / 2);
  source::Diagnostics diagnostics;
  CheckAmbiguity(*world.search, diagnostics);
  std::vector<std::string> notes;
  for (const source::Diagnostic& one : diagnostics.all()) {
    EXPECT_EQ(one.code, source::Code::kAmbiguousRoute);
    for (const source::Note& note : one.notes) {
      if (note.kind == source::NoteKind::kNote) notes.push_back(note.text);
    }
  }
  // Behind the last rule there is none, behind the two before it are one and two.
  EXPECT_EQ(diagnostics.all().size(), 3 * (kRules - 3) + 2 + 1);
  ASSERT_EQ(notes.size(), kRules - 4);
  EXPECT_EQ(notes[0],
            "`w#1` differs from what it overlaps besides: `w#5`, `w#6`, `w#7`, `w#8`, `w#9` and 3 "
            "more; those were not examined");
  EXPECT_EQ(notes.back(),
            "`w#8` differs from what it overlaps besides: `w#12`; those were not examined");
}

TEST(AmbiguityTest, OfOneFileNoMoreAreShownThanTheLimit) {
  const Analysed world = Analyse(LevelRules(8));
  source::Limits limits;
  limits.errors_per_file = 4;
  source::Diagnostics diagnostics;
  CheckAmbiguity(*world.search, diagnostics, limits);
  ASSERT_EQ(diagnostics.all().size(), 5u);
  EXPECT_EQ(diagnostics.all().back().code, source::Code::kLimitExceeded);
}

}  // namespace
}  // namespace mcplexer::analysis
