// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/coverage.h"

#include <gtest/gtest.h>

#include "tests/unit/testing/tested.h"

namespace mcplexer::testing {
namespace {

Coverage Of(size_t decided, size_t all) {
  Coverage coverage;
  coverage.rules.resize(all);
  for (size_t r = 0; r < decided; ++r) coverage.rules[r] = {1, 1};
  return coverage;
}

TEST(CoverageTest, OnlyAllRulesAreAHundredPercent) {
  EXPECT_EQ(PercentText(Of(1999, 2000).permille()), "99.9");
  EXPECT_EQ(PercentText(Of(2000, 2000).permille()), "100.0");
  EXPECT_FALSE(Of(1999, 2000).Reaches(100));
  EXPECT_TRUE(Of(2000, 2000).Reaches(100));
}

TEST(CoverageTest, SharesAreRoundedDown) {
  EXPECT_EQ(PercentText(Of(2, 3).permille()), "66.6");
  EXPECT_EQ(PercentText(Of(1, 2001).permille()), "0.0");
  EXPECT_EQ(PercentText(Of(0, 7).permille()), "0.0");
}

TEST(CoverageTest, AThresholdIsComparedExactly) {
  EXPECT_TRUE(Of(2, 3).Reaches(66.6));
  EXPECT_FALSE(Of(2, 3).Reaches(66.7));
  EXPECT_TRUE(Of(3, 4).Reaches(75));
  EXPECT_FALSE(Of(3, 4).Reaches(75.01));
  EXPECT_TRUE(Of(0, 4).Reaches(0));
}

TEST(CoverageTest, WithoutRulesNothingIsUncovered) {
  EXPECT_EQ(PercentText(Of(0, 0).permille()), "100.0");
  EXPECT_TRUE(Of(0, 0).Reaches(100));
}

TEST(CoverageTest, ARuleThatIsAskedAndDoesNotDecideOnlyMatches) {
  const auto tested = RunText(R"(
server s { command = ["s"] }
workspace w {
  root = "/w"
  allow s__a  as narrow
  allow s__*  as broad
  allow s__b  require arg.x == 1  as guarded
  deny  s__c  as unused
}
test "t" { in "/w" call s__a expect allow  call s__a expect allow  call s__b expect deny }
)");
  ASSERT_EQ(tested->run.failed_count(), 0u);
  // Rules keep the order of the sources.
  const std::vector<RuleUse>& rules = tested->coverage.rules;
  ASSERT_EQ(rules.size(), 4u);
  EXPECT_EQ(rules[0].decided, 2u);
  EXPECT_EQ(rules[0].matched, 2u);
  EXPECT_EQ(rules[1].decided, 0u);
  EXPECT_EQ(rules[1].matched, 3u);
  EXPECT_EQ(rules[2].decided, 1u) << "a requirement that is not met decides too";
  EXPECT_EQ(rules[3].matched, 0u);
  EXPECT_EQ(tested->coverage.decided_count(), 2u);
  EXPECT_EQ(tested->coverage.matched_count(), 3u);
}

}  // namespace
}  // namespace mcplexer::testing
