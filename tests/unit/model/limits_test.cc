// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kHead =
    "server s { command = [\"s\"] }\n"
    "workspace w { root = \"~\"\n";

TEST(LimitsTest, Rules) {
  LowerOptions options;
  options.limits.rules = 3;
  const auto with = [&](int uses) {
    std::string text = std::string("template two() { allow s__a allow s__b }\n") + kHead;
    for (int i = 0; i < uses; ++i) text += "use two()\n";
    return LowerText(text + "}\n", options);
  };
  EXPECT_THAT(with(1)->findings, IsEmpty());
  const auto over = with(3);
  EXPECT_THAT(over->findings, ElementsAre("p.plex:1:29 [allow s__b] E0105 more than 3 rules"));
  EXPECT_EQ(over->policy.rules.size(), 3u);
}

TEST(LimitsTest, AnExpansionWithoutRulesEndsToo) {
  // Each template uses the next one twice: 2^30 uses and no rule.
  std::string text = "template t0() { }\n";
  for (int i = 1; i < 30; ++i) {
    text += fmt::format("template t{}() {{ use t{}() use t{}() }}\n", i, i - 1, i - 1);
  }
  text += std::string(kHead) + "use t29() }\n";
  LowerOptions options;
  options.limits.rules = 1'000;
  const auto lowered = LowerText(text, options);
  ASSERT_EQ(lowered->findings.size(), 1u);
  EXPECT_THAT(lowered->findings[0],
              testing::EndsWith("E0105 templates expand to more than 3000 items"));
}

TEST(LimitsTest, Patterns) {
  const std::string longest = "s__" + std::string(1021, 'a');
  EXPECT_THAT(LowerText(kHead + ("allow " + longest) + "\n}\n")->findings, IsEmpty());
  const auto over = LowerText(kHead + ("allow " + longest) + "b\n}\n");
  EXPECT_THAT(over->findings, ElementsAre("p.plex:3:7 [" + longest +
                                          "b] E0105 a pattern of 1025 bytes; the limit is 1024"));
}

TEST(LimitsTest, AMillionPatternsFromSetsOfSetsAreKeptOnce) {
  // s20 uses s19 twice, and so on: a million uses of one pattern.
  std::string text = "tools s0 = [ s__a, s__b ]\n";
  for (int i = 1; i <= 20; ++i)
    text += fmt::format("tools s{} = [ @s{}, @s{} ]\n", i, i - 1, i - 1);
  const auto lowered = LowerText(text + kHead + "allow @s20\n}\n");
  ASSERT_THAT(lowered->findings, IsEmpty());
  EXPECT_EQ(lowered->policy.rules.at(0).names.size(), 2u);
}

TEST(LimitsTest, FindingsOfOneFile) {
  LowerOptions options;
  options.limits.errors_per_file = 10;
  std::string text = kHead;
  for (int i = 0; i < 50; ++i) text += fmt::format("allow s__r using x{}\n", i);
  const auto lowered = LowerText(text + "}\n", options);
  ASSERT_EQ(lowered->findings.size(), 11u);
  EXPECT_THAT(lowered->findings[10],
              testing::EndsWith("E0105 more than 10 findings in one file; the rest is not shown"));
}

}  // namespace
}  // namespace mcplexer::model
