// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/run.h"

#include <gtest/gtest.h>

#include "tests/unit/testing/tested.h"

namespace mcplexer::testing {
namespace {

using reference::Outcome;

struct Both {
  decide::Decision engine;
  Outcome reference;
};

Both Agreeing() {
  Both both;
  both.engine.verdict = decide::Verdict::kAllow;
  both.engine.reason = decide::Reason::kRule;
  both.engine.rule = RuleId(3u);
  both.engine.workspace = WorkspaceId(0u);
  both.engine.server = ServerId(1u);
  both.engine.scope = ScopeId(2u);
  both.reference.verdict = Outcome::Verdict::kAllow;
  both.reference.reason = Outcome::Reason::kRule;
  both.reference.rules = {RuleId(1u), RuleId(3u)};
  both.reference.workspace = WorkspaceId(0u);
  both.reference.server = ServerId(1u);
  both.reference.scope = ScopeId(2u);
  return both;
}

TEST(DisagreementTest, AnyOfTheLevelRulesMayBeNamed) {
  const Both both = Agreeing();
  EXPECT_EQ(Disagreement(both.engine, both.reference), std::nullopt);
}

TEST(DisagreementTest, EachPartOfADecisionIsCompared) {
  const auto changed = [](auto change) {
    Both both = Agreeing();
    change(both.reference);
    return Disagreement(both.engine, both.reference).value_or("");
  };
  const std::string head = "the engine and the reference interpreter differ in the ";
  EXPECT_EQ(changed([](Outcome& o) { o.verdict = Outcome::Verdict::kApprove; }),
            head + "decision: allow and approve");
  EXPECT_EQ(changed([](Outcome& o) { o.reason = Outcome::Reason::kAmbiguous; }),
            head + "reason: rule and ambiguous");
  EXPECT_EQ(changed([](Outcome& o) { o.workspace = WorkspaceId(1u); }),
            head + "workspace: 0 and 1");
  EXPECT_EQ(changed([](Outcome& o) { o.server = ServerId(); }), head + "server: 1 and -1");
  EXPECT_EQ(changed([](Outcome& o) { o.scope = ScopeId(0u); }), head + "scope: 2 and 0");
  EXPECT_EQ(changed([](Outcome& o) { o.rules = {RuleId(1u)}; }), head + "rule: 3 and 1");
  EXPECT_EQ(changed([](Outcome& o) { o.rules.clear(); }), head + "rule: 3 and -1");
}

TEST(DisagreementTest, NoRuleAgreesWithNoRuleOnly) {
  Both both = Agreeing();
  both.engine.rule = RuleId();
  EXPECT_NE(Disagreement(both.engine, both.reference), std::nullopt);
  both.reference.rules.clear();
  EXPECT_EQ(Disagreement(both.engine, both.reference), std::nullopt);
}

constexpr const char* kHomePolicy = R"(
server s { command = ["s"] }
workspace w {
  root = "~/w"
  allow s__a  require arg.path under "~/w"
}
test "t" {
  in "~/w/src"
  call s__a { path: "/root/w/a" }  expect allow
  call s__a { path: "/w/a" }       expect allow
}
)";

TEST(RunTest, HomeIsWhereThePolicyIsCompiledFor) {
  const auto passed = [](const std::string& home) {
    const auto tested = RunText(kHomePolicy, home);
    EXPECT_TRUE(tested->run.disagreements.empty());
    std::vector<bool> each;
    for (const CallResult& call : tested->run.tests.at(0).calls) {
      each.push_back(call.mismatches.empty());
    }
    return each;
  };
  EXPECT_EQ(passed("/root"), (std::vector<bool>{true, false}));
  EXPECT_EQ(passed("/"), (std::vector<bool>{false, true}));
  EXPECT_EQ(passed(""), (std::vector<bool>{false, false}));
}

// `/proc/self/cwd` and the like would be elsewhere if links were followed.
TEST(RunTest, DirectoriesAreTakenAsTheyAreWritten) {
  const auto tested = RunText(R"(
server s { command = ["s"] }
workspace w { root = "/proc/self"  allow s__a }
test "t" { in "/proc/self/cwd" call s__a expect allow }
test "u" { in "/proc/thread-self" call s__a expect deny }
)");
  EXPECT_EQ(tested->run.failed_count(), 0u);
}

}  // namespace
}  // namespace mcplexer::testing
