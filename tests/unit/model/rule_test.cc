// SPDX-License-Identifier: Apache-2.0
// What a rule becomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::unique_ptr<Lowered> LowerRule(const std::string& rule) {
  return LowerText(
      "server s { command = [\"s\"] }\n"
      "server u { url = \"https://u.example\" }\n"
      "scope e { type = env }\n"
      "principal ann { uid = 1 groups = [a, b] }\n"
      "principal bob { uid = 2 groups = [b] }\n"
      "workspace w { root = \"~\"\n" +
      rule + "\n}\n");
}

TEST(RuleTest, DefaultsAreFilledIn) {
  const auto lowered = LowerRule("approve s__x");
  ASSERT_THAT(lowered->findings, IsEmpty());
  const Rule& rule = lowered->policy.rules.at(0);
  EXPECT_EQ(rule.id, "w#1");
  EXPECT_FALSE(rule.named);
  EXPECT_EQ(rule.kind, CallKind::kTool);
  EXPECT_FALSE(rule.server.valid());
  EXPECT_EQ(rule.paths.at(0).text, "**");
  EXPECT_EQ(rule.principals.size(), 3u);  // anonymous, ann, bob
  EXPECT_EQ(rule.priority, 100);
  EXPECT_EQ(rule.approval, (Approval{300'000, 1, {}}));
  EXPECT_EQ(rule.log, LogLevel::kInfo);
  EXPECT_FALSE(rule.scope.valid() || rule.when.valid() || rule.require.valid());
}

TEST(RuleTest, ADenyHasNoPriority) {
  EXPECT_EQ(LowerRule("deny s__x")->policy.rules.at(0).priority, 0);
}

TEST(RuleTest, GroupsBecomeTheirPrincipals) {
  const auto principals = [](const std::string& names) {
    const auto lowered = LowerRule("allow s__x for " + names);
    EXPECT_THAT(lowered->findings, IsEmpty());
    std::vector<uint32_t> ids;
    for (const PrincipalId id : lowered->policy.rules.at(0).principals) ids.push_back(id.value);
    return ids;
  };
  EXPECT_THAT(principals("a"), ElementsAre(1));
  EXPECT_THAT(principals("b, ann"), ElementsAre(1, 2));
  EXPECT_THAT(principals("bob, anonymous"), ElementsAre(0, 2));
}

TEST(RuleTest, AMismatchOfScopeAndServerIsAnErrorOnlyWhereItIsCertain) {
  EXPECT_THAT(LowerRule("allow u__x using e")->findings,
              ElementsAre("p.plex:7:18 [e] E0108 scope `e` sets environment variables, and server "
                          "`u` is reached over HTTP"));
  EXPECT_THAT(LowerRule("allow *__x using e")->findings, IsEmpty());
  EXPECT_THAT(LowerRule("allow s__x using e")->findings, IsEmpty());
}

TEST(RuleTest, TheEmptyNamespaceIsForASingleServer) {
  EXPECT_THAT(LowerText("server s { command = [\"s\"] namespace = \"\" }\n"
                        "workspace w { root = \"~\" allow get_issue, a__b }\n")
                  ->findings,
              IsEmpty());
}

TEST(RuleTest, DeniesOverUnknownServersNeedNoServer) {
  EXPECT_THAT(LowerText("workspace w { root = \"~\" deny *__delete_*, *, re\".*\" }\n")->findings,
              IsEmpty());
  EXPECT_THAT(LowerText("workspace w { root = \"~\" deny github__x }\n")->findings,
              ElementsAre("p.plex:1:31 [github] E0203 no server has the namespace `github`"));
}

TEST(RuleTest, AnErrorLeavesTheOtherRulesAlone) {
  const auto lowered = LowerRule("allow s__x using nope\ndeny s__y\nallow s__z as z");
  EXPECT_EQ(lowered->findings.size(), 1u);
  EXPECT_THAT(lowered->Ids(), ElementsAre("w#1", "w#2", "w.z"));
}

TEST(RuleTest, WhatASyntaxErrorLeftOutIsNotMissedAgain) {
  EXPECT_THAT(LowerText("server s { command [\"s\"] }\nworkspace w { root \"~\" }\n")->findings,
              ElementsAre(testing::HasSubstr("E0101"), testing::HasSubstr("E0101")));
}

}  // namespace
}  // namespace mcplexer::model
