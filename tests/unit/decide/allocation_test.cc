// SPDX-License-Identifier: Apache-2.0
// A program of its own: its allocation functions count their calls.

#include <gtest/gtest.h>

#include "tests/bench/allocations.h"
#include "tests/unit/decide/decide_fixture.h"

namespace mcplexer::decide {
namespace {

using bench::Allocations;

TEST(Allocation, NoneOnceASessionIsWarm) {
  PlanBuilder b;
  b.Server("s").Workspace("w", "/w");
  b.Rule({.id = "flat", .workspace = "w", .names = {"s__a*"}});
  b.Rule({.id = "guarded",
          .workspace = "w",
          .names = {"s__b*"},
          .when = plan::testing::And(
              Compare(Arg("path"), Op::kUnder, Str("docs")),
              All(Arg("tags[*].name"), Op::kIn, List({Str("a long literal of a list"), Str("b")}))),
          .require = Compare(Arg("title"), Op::kLike, Str("*\u00e9*"))});
  Session session(MakeEngine(b), "/w", PrincipalId(0u), "", "");
  const Call flat = {.name = "s__a"};
  const Call guarded = {
      .name = "s__b",
      .arguments = R"({"path":"docs/a/b","tags":[{"name":"a long \u006citeral of a list"}],)"
                   R"("title":"a title that is long enough for the heap \u00e9"})"};
  for (int i = 0; i < 3; ++i) {
    session.Decide(flat);
    session.Decide(guarded);
  }
  const uint64_t before = Allocations();
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(session.Decide(flat).verdict, Verdict::kAllow);
    ASSERT_EQ(session.Decide(guarded).verdict, Verdict::kAllow);
  }
  EXPECT_EQ(Allocations(), before);
  EXPECT_GT(before, 0u);
}

TEST(Allocation, LargeCallsKeepTheirMemoryUntilASmallOneComes) {
  PlanBuilder b;
  b.Server("s").Workspace("w", "/w");
  b.Rule({.id = "a",
          .workspace = "w",
          .names = {"s__a"},
          .when = Compare(Arg("last"), Op::kEq, Str("end"))});
  Session session(MakeEngine(b), "/w", PrincipalId(0u), "", "");
  std::string text = R"({"numbers":[0)";
  while (text.size() < size_t{1} << 20) text += ",1";
  text += R"(],"last":"end"})";
  const Call large = {.name = "s__a", .arguments = text};
  const Call small = {.name = "s__a", .arguments = R"({"last":"end"})"};
  const auto allocated = [&](const Call& call) {
    const uint64_t before = Allocations();
    EXPECT_EQ(session.Decide(call).verdict, Verdict::kAllow);
    return Allocations() - before;
  };
  EXPECT_GT(allocated(large), 0u);
  EXPECT_EQ(allocated(large), 0u);
  allocated(small);
  EXPECT_GT(allocated(large), 0u);
}

}  // namespace
}  // namespace mcplexer::decide
