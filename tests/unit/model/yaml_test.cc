// SPDX-License-Identifier: Apache-2.0
// What only the YAML surface brings: rules apart from their workspace, and the priority of a deny.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kBase =
    "workspaces:\n"
    "  - id: acme\n"
    "    root_path: ~/acme\n"
    "downstream_servers:\n"
    "  - {id: github, transport: stdio, command: gh}\n";

TEST(YamlTest, BothSurfacesGiveOnePolicy) {
  const auto yaml = LowerFiles(
      {{"p.yaml", std::string(kBase) + "route_rules:\n"
                                       "  - id: reads\n"
                                       "    workspace_id: acme\n"
                                       "    policy: allow\n"
                                       "    tool_match: [github__get_*, github__list_*]\n"
                                       "    path_glob: src/**\n"
                                       "    allowed_orgs: [acme]\n"
                                       "    priority: 5\n"}});
  ASSERT_THAT(yaml->findings, IsEmpty());
  const auto plex = LowerText(
      "server github { command = [\"gh\"] }\n"
      "workspace acme { root = \"~/acme\"\n"
      "  allow github__get_*, github__list_* in \"src/**\" require arg.owner in [\"acme\"]\n"
      "        priority 5 as reads\n"
      "}\n");
  ASSERT_THAT(plex->findings, IsEmpty());
  EXPECT_EQ(Dump(yaml->policy), Dump(plex->policy));
}

TEST(YamlTest, TheOldPriorityOfADenyIsKept) {
  const auto lowered = LowerFiles({{"p.yaml", std::string(kBase) + "route_rules:\n"
                                                                   "  - workspace_id: acme\n"
                                                                   "    policy: deny\n"
                                                                   "    tool_match: github__*\n"
                                                                   "    priority: 50\n"}});
  ASSERT_EQ(lowered->policy.rules.size(), 1u);
  EXPECT_EQ(lowered->policy.rules[0].priority, 0);
  EXPECT_EQ(lowered->policy.rules[0].imported_deny_priority, 50);
}

TEST(YamlTest, RulesOfAWorkspaceThatIsNotThere) {
  const auto lowered =
      LowerFiles({{"p.yaml", std::string(kBase) + "route_rules:\n"
                                                  "  - {workspace_id: acmee, policy: deny, "
                                                  "tool_match: github__*}\n"}});
  EXPECT_THAT(lowered->findings,
              ElementsAre("p.yaml:7:20 [acmee] E0201 no workspace is named `acmee`"));
}

}  // namespace
}  // namespace mcplexer::model
