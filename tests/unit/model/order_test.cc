// SPDX-License-Identifier: Apache-2.0
// The order of declarations and of files never changes the policy: every order of a small project
// is tried.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

const std::vector<std::string>& Declarations() {
  static const std::vector<std::string> declarations = {
      "server b { command = [\"b\"] }\nserver a { url = \"https://a.example\" }\n"
      "scope s { type = env set X = secret(k) }\nsecret k = env(\"K\")\n",
      "template t(ns) { allow ${ns}__t use u(\"${ns}\") }\ntemplate u(ns) { deny ${ns}__u }\n",
      "tools all = [ @some, b__x ]\ntools some = [ a__*, b__* ]\n",
      "principal p { uid = 1 groups = [g2, g1] }\nprincipal o { uid = 2 groups = [g1] }\n",
      "workspace w { root = \"~/w\" use t(b) allow @all for g1 deny *__z allow b__a using s as n "
      "}\n",
      "workspace v { root = \"~\" allow b__b approve a__c approvers g2 }\n",
  };
  return declarations;
}

std::string DumpOf(const std::vector<NamedText>& files) {
  const auto lowered = LowerFiles(files);
  EXPECT_TRUE(lowered->findings.empty()) << lowered->findings[0];
  return Dump(lowered->policy);
}

TEST(OrderTest, EveryOrderOfTheDeclarationsGivesOnePolicy) {
  std::vector<size_t> order(Declarations().size());
  std::iota(order.begin(), order.end(), 0);
  std::string first;
  do {
    std::string text;
    for (const size_t i : order) text += Declarations()[i];
    const std::string dump = DumpOf({{"p.plex", text}});
    if (first.empty()) first = dump;
    ASSERT_EQ(dump, first);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_NE(first.find("rule w#4"), std::string::npos) << first;
}

TEST(OrderTest, EveryOrderOfTheFilesGivesOnePolicy) {
  std::vector<NamedText> files = {
      {"base.plex", Declarations()[0] + Declarations()[1]},
      {"more.plex", Declarations()[2] + Declarations()[3]},
      {"rules.plex", Declarations()[4] + Declarations()[5]},
      {"z.yaml",
       "route_rules:\n"
       "  - {workspace_id: w, policy: deny, tool_match: b__from_z}\n"},
      {"y.yaml",
       "route_rules:\n"
       "  - {workspace_id: w, policy: deny, tool_match: b__from_y}\n"
       "  - {workspace_id: w, policy: allow, tool_match: b__too}\n"},
  };
  std::sort(files.begin(), files.end());
  const std::string first = DumpOf(files);
  do {
    ASSERT_EQ(DumpOf(files), first);
  } while (std::next_permutation(files.begin(), files.end()));
}

TEST(OrderTest, UnnamedRulesOfSeveralFilesAreCountedByPathThenPlace) {
  const auto lowered = LowerFiles({
      {"z.yaml", "route_rules: [{workspace_id: w, policy: deny, tool_match: s__z}]\n"},
      {"m.plex", "server s { command = [\"s\"] }\nworkspace w { root = \"~\" deny s__m }\n"},
      {"a.yaml", "route_rules: [{workspace_id: w, policy: deny, tool_match: s__a}]\n"},
  });
  ASSERT_TRUE(lowered->findings.empty()) << lowered->findings[0];
  ASSERT_EQ(lowered->policy.rules.size(), 3u);
  EXPECT_EQ(lowered->FindRule("w#1")->names[0].text, "s__a");
  EXPECT_EQ(lowered->FindRule("w#2")->names[0].text, "s__m");
  EXPECT_EQ(lowered->FindRule("w#3")->names[0].text, "s__z");
}

}  // namespace
}  // namespace mcplexer::model
