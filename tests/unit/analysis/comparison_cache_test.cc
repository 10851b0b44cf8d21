// SPDX-License-Identifier: Apache-2.0
// The cache against a map that forgets when it does. That answers drawn from it are the reference
// interpreter's is shown by solution_cache_test.cc.
#include "compiler/analysis/comparison_cache.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>

namespace mcplexer::analysis {
namespace {

using reference::Context;
using reference::Truth;
using syntax::ExprNode;
using syntax::Operand;

ExprNode Comparison(ExprNode::Op op, Operand::Kind lhs) {
  ExprNode node;
  node.kind = ExprNode::Kind::kCompare;
  node.op = op;
  node.lhs.kind = lhs;
  return node;
}

TEST(ComparisonCacheTest, KeepsAsAMapDoes) {
  const ExprNode node = Comparison(ExprNode::Op::kEq, Operand::Kind::kArgument);
  ComparisonCache cache(20'000);
  std::map<std::pair<size_t, int>, Truth> kept;
  std::mt19937 random(3);
  size_t known = 0, forgotten = 0;
  for (int round = 0; round < 2000; ++round) {
    cache.Begin();
    // Kept in every round, so that it is missing only where all is forgotten.
    const uint32_t always = cache.NumberOf(ConditionId(1000u), 0, node, Context());
    const uint32_t absent = cache.NumberOf("");
    if (!cache.Find(always, absent)) {
      kept.clear();
      ++forgotten;
    }
    cache.Keep(always, absent, Truth::kUnknown);
    // A question asks about comparisons that were first asked at very different times.
    const size_t first = random() % 300;
    for (size_t n = first; n < first + 5; ++n) {
      const uint32_t comparison = cache.NumberOf(ConditionId(n / 3), n % 3, node, Context());
      EXPECT_EQ(cache.NumberOf(ConditionId(n / 3), n % 3, node, Context()), comparison);
      for (int v = 0; v < 4; ++v) {
        const int text = v + static_cast<int>(random() % 3);
        const uint32_t value = cache.NumberOf(std::to_string(text));
        const auto found = cache.Find(comparison, value);
        const auto expected = kept.find({n, text});
        ASSERT_EQ(found.has_value(), expected != kept.end()) << n << ' ' << text;
        if (found) {
          EXPECT_EQ(*found, expected->second);
          ++known;
        }
        const Truth truth = static_cast<Truth>(random() % 3);
        cache.Keep(comparison, value, truth);
        kept[{n, text}] = truth;
      }
    }
  }
  EXPECT_GT(known, 1000u);
  EXPECT_GT(forgotten, 3u);
}

TEST(ComparisonCacheTest, TellsApartWhatSeesTheContext) {
  Context one, other;
  one.principal = "p";
  one.root = "/a";
  other.root = "/b";
  ComparisonCache cache;
  const auto apart = [&](const ExprNode& node) {
    return cache.NumberOf(ConditionId(0u), 0, node, one) !=
           cache.NumberOf(ConditionId(0u), 0, node, other);
  };
  EXPECT_FALSE(apart(Comparison(ExprNode::Op::kEq, Operand::Kind::kArgument)));
  EXPECT_TRUE(apart(Comparison(ExprNode::Op::kEq, Operand::Kind::kPrincipalName)));
  EXPECT_TRUE(apart(Comparison(ExprNode::Op::kUnder, Operand::Kind::kArgument)));
}

}  // namespace
}  // namespace mcplexer::analysis
