// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "compiler/model/std_library.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kServers =
    "server github { command = [\"gh\"] }\n"
    "server gitlab { command = [\"gl\"] }\n"
    "scope dev { type = env }\n"
    "principal ann { uid = 1 groups = [leads] }\n";

TEST(TemplateTest, ArgumentsReplaceParametersInEveryText) {
  const auto lowered = LowerText(
      std::string(kServers) +
      "tools github_all = [ github__* ]\n"
      "template t(ns, scope, path, who, text, level) {\n"
      "  approve ${ns}__get_*, @${ns}_all except \"${ns}__get_${text}\"\n"
      "          for ${who} in \"${path}/**\" via ${ns} using ${scope} approvers ${who} log "
      "${level}\n"
      "          when arg.a == \"${text} costs $5, $${x}\" or arg[\"${text}\"] in [\"${text}\"]\n"
      "               or arg.p matches re\"${text}.*\"\n"
      "          because \"${text}!\" as ${ns}_${text}\n"
      "}\n"
      "workspace w { root = \"~\" use t(github, \"dev\", \"src/a\", leads, 7, warn) }\n");
  ASSERT_THAT(lowered->findings, IsEmpty());
  const Rule* rule = lowered->FindRule("w.github_7");
  ASSERT_NE(rule, nullptr);
  ASSERT_EQ(rule->names.size(), 2u);
  EXPECT_EQ(rule->names[0].text, "github__get_*");
  EXPECT_EQ(rule->names[1].text, "github__*");
  EXPECT_EQ(rule->except.at(0).text, "github__get_7");
  EXPECT_EQ(rule->principals, std::vector<PrincipalId>{PrincipalId(1u)});
  EXPECT_EQ(rule->paths.at(0).text, "src/a/**");
  EXPECT_EQ(rule->server, ServerId(0u));
  EXPECT_EQ(rule->scope, ScopeId(0u));
  EXPECT_EQ(rule->approval.approvers, std::vector<GroupId>{GroupId(0u)});
  EXPECT_EQ(rule->log, LogLevel::kWarn);
  EXPECT_EQ(rule->because, "7!");
  EXPECT_EQ(lowered->policy.conditions.at(0).text,
            "arg.a == \"7 costs $5, ${x}\" or arg[\"7\"] in [\"7\"] or arg.p matches re\"7.*\"");
}

TEST(TemplateTest, TemplatesNestAndKeepTheOrderOfTheirPlaces) {
  const auto lowered =
      LowerText(std::string(kServers) +
                "template inner(ns, n) { allow ${ns}__i${n} deny ${ns}__d${n} as d_${ns}_${n} }\n"
                "template outer(ns) { allow ${ns}__a use inner(\"${ns}\", 1) allow ${ns}__b }\n"
                "workspace w {\n"
                "  root = \"~\"\n"
                "  allow github__first\n"
                "  in \"x/**\" { use outer(gitlab) }\n"
                "  allow github__last\n"
                "}\n");
  ASSERT_THAT(lowered->findings, IsEmpty());
  EXPECT_THAT(lowered->Ids(), ElementsAre("w#1", "w#2", "w#3", "w.d_gitlab_1", "w#4", "w#5"));
  EXPECT_EQ(lowered->policy.rules[1].names.at(0).text, "gitlab__a");
  EXPECT_EQ(lowered->policy.rules[2].names.at(0).text, "gitlab__i1");
  EXPECT_EQ(lowered->policy.rules[2].paths.at(0).text, "x/**");
  EXPECT_EQ(lowered->policy.rules[5].names.at(0).text, "github__last");
  EXPECT_EQ(lowered->policy.rules[5].paths.at(0).text, "**");
}

TEST(TemplateTest, AMistakeIsReportedOnceAtItsPlaceWithTheFirstUse) {
  const auto lowered = LowerText(std::string(kServers) +
                                 "template t(ns) { allow ${ns}__a using dve }\n"
                                 "workspace w { root = \"~\" use t(github) use t(gitlab) }\n");
  ASSERT_EQ(lowered->diagnostics.all().size(), 1u);
  const source::Diagnostic& finding = lowered->diagnostics.all()[0];
  EXPECT_EQ(lowered->findings[0], "p.plex:5:39 [dve] E0201 no scope is named `dve`");
  ASSERT_EQ(finding.secondary.size(), 1u);
  EXPECT_EQ(lowered->sources.text(finding.secondary[0].span), "use t(github)");
}

TEST(TemplateTest, NestingHasALimit) {
  const auto chain = [](int length) {
    std::string text = std::string(kServers) + "template t0() { allow github__a }\n";
    for (int i = 1; i < length; ++i) {
      text += fmt::format("template t{}() {{ use t{}() }}\n", i, i - 1);
    }
    return text + fmt::format("workspace w {{ root = \"~\" use t{}() }}\n", length - 1);
  };
  EXPECT_THAT(LowerText(chain(32))->findings, IsEmpty());
  EXPECT_THAT(LowerText(chain(33))->findings,
              ElementsAre("p.plex:6:21 [t0] E0105 templates in templates, more than 32 deep"));
}

TEST(TemplateTest, TheStandardLibraryLowers) {
  std::string github;
  for (const StdFile& file : StdLibrary()) {
    if (file.path == "std/github.plex") github = file.text;
  }
  ASSERT_FALSE(github.empty());
  const auto lowered = LowerFiles(
      {{"std/github.plex", github},
       {"p.plex", std::string(kServers) +
                      "workspace w { root = \"~\" use github_guarded(\"github\", dev) }\n"}});
  ASSERT_THAT(lowered->findings, IsEmpty());
  EXPECT_THAT(lowered->Ids(),
              ElementsAre("w.github_read", "w.github_write", "w.github_destruction"));
}

}  // namespace
}  // namespace mcplexer::model
