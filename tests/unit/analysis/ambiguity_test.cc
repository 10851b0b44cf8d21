// SPDX-License-Identifier: Apache-2.0
// A policy without a finding has no call that the interpreter calls ambiguous, and each finding's
// example is one. tests/text/check/ambiguous_*.plex has the cases with names.
#include "compiler/analysis/ambiguity.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

using reference::Outcome;

std::string RandomPolicy(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const auto rules = [&](size_t count) {
    std::string text;
    for (; count > 0; --count) {
      const std::string effect = pick({"allow", "allow", "approve", "deny"});
      const std::string tail = effect == "deny" ? "" : pick({"", "", " priority 50"});
      const std::string require = effect == "deny" ? "" : pick({"", "", " require has arg.r"});
      text += fmt::format(
          "  {} {}{}{}{}{}{}\n", effect, pick({"s__x*", "s__*y", "s__x", "s__xy", "s__x, s__y"}),
          pick({"", "", " for p", " for anonymous"}),
          pick({"", "", " in \"i/**\"", " in \"\"", " in \"*\""}),
          pick({"", "", " when arg.n > 1", " when arg.n < 3", " when has arg.n"}), tail, require);
    }
    return text;
  };
  std::string text =
      "server s { command = [\"s\"] }\n"
      "principal p { uid = 1 }\n";
  text += "workspace outer { root = \"/w\"\n" + rules(2 + random() % 4) + "}\n";
  text += "workspace inner { root = \"/w/i\"\n" + rules(random() % 3) + "}\n";
  return text;
}

// Some ambiguous call among all of a small world.
std::string FindByTrying(const reference::Interpreter& interpreter) {
  for (const char* name : {"s__x", "s__y", "s__xy", "s__xz", "s__zy", "s__xzy"}) {
    for (const char* directory : {"/w", "/w/a", "/w/a/a", "/w/i", "/w/i/i", "/w/i/i/a", "/w/i/a"}) {
      for (const char* arguments : {"{}", "{\"n\":0}", "{\"n\":2}", "{\"n\":4}", "{\"n\":null}"}) {
        for (size_t principal : {0u, 1u}) {
          reference::Call call;
          call.name = name;
          call.directory = directory;
          call.arguments = arguments;
          call.principal = PrincipalId(principal);
          if (interpreter.Decide(call).reason == Outcome::Reason::kAmbiguous) {
            return fmt::format("{} in {} with {} by {}", name, directory, arguments, principal);
          }
        }
      }
    }
  }
  return "";
}

TEST(AmbiguityTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(11);
  size_t ambiguous = 0, clean = 0;
  for (int round = 0; round < 100; ++round) {
    const std::string text = RandomPolicy(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    const std::vector<Ambiguity> found = FindAmbiguities(*world.search);
    const reference::Interpreter interpreter(world.policy(), "/home/user");
    const std::string tried = FindByTrying(interpreter);
    EXPECT_EQ(found.empty(), tried.empty()) << tried;
    ++(found.empty() ? clean : ambiguous);
    for (const Ambiguity& one : found) {
      ASSERT_TRUE(one.witness);
      EXPECT_EQ(interpreter.Decide(*one.witness).reason, Outcome::Reason::kAmbiguous);
    }
  }
  EXPECT_GT(ambiguous, 10u);
  EXPECT_GT(clean, 20u);
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
