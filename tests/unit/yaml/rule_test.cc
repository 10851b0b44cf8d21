// SPDX-License-Identifier: Apache-2.0
// route_rules: what becomes of each key.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using syntax::CallKind;
using syntax::Declaration;
using syntax::Effect;
using syntax::Rule;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The only rule of a file that holds one with these keys besides the required ones.
struct OneRule {
  std::unique_ptr<Parsed> parsed;
  const Rule* rule = nullptr;
};

OneRule ParseRule(const std::string& keys, const std::string& policy = "allow") {
  OneRule one;
  one.parsed = Parse("route_rules:\n  - workspace_id: w\n    policy: " + policy +
                     "\n    tool_match: a__b\n" + keys);
  const Declaration* rules = one.parsed->Find(Declaration::Kind::kRules, "w");
  if (rules != nullptr && rules->body.size() == 1) one.rule = &rules->body[0].rule.at(0);
  return one;
}

TEST(RuleTest, EveryKey) {
  const auto parsed = Parse(R"(
route_rules:
  - id: reads-1
    name: Reads
    workspace_id: acme
    policy: approve
    kind: prompt
    tool_match: [github__get_*, '@reads']
    except: github__get_secret
    principals: [alice, dev]
    path_glob: ["src/**", docs]
    auth_scope_id: github_dev
    downstream_server_id: github
    priority: 7
    approval_timeout: 120
    quorum: 2
    approvers: [ops]
    log_level: warn
    because: >-
      people read,
      agents ask
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const Declaration* rules = parsed->Find(Declaration::Kind::kRules, "acme");
  ASSERT_NE(rules, nullptr);
  ASSERT_THAT(rules->body, SizeIs(1));
  const Rule& rule = rules->body[0].rule.at(0);
  EXPECT_EQ(rule.id->text, "reads-1");
  EXPECT_EQ(rule.effect, Effect::kApprove);
  EXPECT_EQ(rule.kind, CallKind::kPrompt);
  ASSERT_THAT(rule.patterns, SizeIs(2));
  EXPECT_EQ(rule.patterns[0].text, "github__get_*");
  EXPECT_EQ(rule.patterns[1].kind, syntax::Pattern::Kind::kSet);
  ASSERT_THAT(rule.except, SizeIs(1));
  EXPECT_EQ(rule.except[0].text, "github__get_secret");
  ASSERT_THAT(rule.principals, SizeIs(2));
  EXPECT_EQ(rule.principals[1].text, "dev");
  ASSERT_THAT(rule.paths, SizeIs(2));
  EXPECT_EQ(rule.paths[0].text, "src/**");
  EXPECT_EQ(rule.scope->text, "github_dev");
  EXPECT_EQ(rule.via->text, "github");
  EXPECT_FALSE(rule.resource_server);
  EXPECT_EQ(rule.priority->text, "7");
  EXPECT_EQ(rule.priority->kind, syntax::Value::Kind::kNumber);
  EXPECT_FALSE(rule.yaml_deny_priority);
  EXPECT_EQ(rule.timeout->number, 120'000);
  EXPECT_EQ(rule.timeout->kind, syntax::Value::Kind::kDuration);
  EXPECT_EQ(rule.quorum->text, "2");
  ASSERT_THAT(rule.approvers, SizeIs(1));
  EXPECT_EQ(rule.approvers[0].text, "ops");
  EXPECT_EQ(rule.log->text, "warn");
  EXPECT_EQ(rule.because->text, "people read, agents ask");
  EXPECT_FALSE(rule.when);
  EXPECT_FALSE(rule.require);

  EXPECT_EQ(parsed->Text(rule.effect_span), "approve");
  EXPECT_EQ(parsed->Text(rule.head_span), "[github__get_*, '@reads']");
  EXPECT_EQ(parsed->Text(rule.patterns[1].span), "'@reads'");
  EXPECT_EQ(parsed->Text(rule.paths[0].span), "\"src/**\"");
  EXPECT_EQ(parsed->sources.position(parsed->id, rule.span.begin).line, 3u);
  EXPECT_EQ(parsed->sources.position(parsed->id, rule.span.end).line, 21u);
}

TEST(RuleTest, RulesOfOneWorkspaceStandTogetherInTheOrderOfTheText) {
  const auto parsed = Parse(R"(
route_rules:
  - {workspace_id: a, policy: deny, tool_match: x__1}
  - {workspace_id: b, policy: deny, tool_match: x__2}
  - {workspace_id: a, policy: allow, tool_match: x__3}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  ASSERT_THAT(parsed->file.declarations, SizeIs(2));
  const Declaration* a = parsed->Find(Declaration::Kind::kRules, "a");
  ASSERT_THAT(a->body, SizeIs(2));
  EXPECT_EQ(a->body[0].rule[0].patterns[0].text, "x__1");
  EXPECT_EQ(a->body[1].rule[0].patterns[0].text, "x__3");
  EXPECT_EQ(parsed->sources.position(parsed->id, a->name.span.begin).line, 3u);
}

TEST(RuleTest, RequiresApprovalMakesAnAllowAnApprove) {
  EXPECT_EQ(ParseRule("").rule->effect, Effect::kAllow);
  EXPECT_EQ(ParseRule("    requires_approval: true\n").rule->effect, Effect::kApprove);
  EXPECT_EQ(ParseRule("    requires_approval: false\n").rule->effect, Effect::kAllow);
  EXPECT_EQ(ParseRule("    requires_approval: true\n", "approve").rule->effect, Effect::kApprove);
  EXPECT_EQ(ParseRule("    requires_approval: false\n", "deny").rule->effect, Effect::kDeny);
  const OneRule no = ParseRule("    requires_approval: false\n", "approve");
  EXPECT_EQ(no.rule, nullptr);
  EXPECT_THAT(no.parsed->Findings(),
              ElementsAre("5:5 E0112 `policy: approve` and `requires_approval: false` contradict "
                          "each other"));
  const OneRule deny = ParseRule("    requires_approval: true\n", "deny");
  EXPECT_EQ(deny.rule, nullptr);
  EXPECT_THAT(deny.parsed->Findings(),
              ElementsAre("5:5 E0112 a rule that denies cannot require an approval"));
}

TEST(RuleTest, PriorityOfADenyIsKeptApart) {
  const OneRule deny = ParseRule("    priority: 10\n", "deny");
  ASSERT_NE(deny.rule, nullptr);
  EXPECT_FALSE(deny.rule->priority);
  EXPECT_EQ(deny.rule->yaml_deny_priority->text, "10");
}

TEST(RuleTest, ResourcesNameTheirServer) {
  const OneRule rule = ParseRule("    kind: resource\n    downstream_server_id: docs\n");
  ASSERT_NE(rule.rule, nullptr);
  EXPECT_EQ(rule.rule->kind, CallKind::kResource);
  EXPECT_EQ(rule.rule->resource_server->text, "docs");
  EXPECT_FALSE(rule.rule->via);
  const OneRule none = ParseRule("    kind: resource\n");
  EXPECT_EQ(none.rule, nullptr);
  EXPECT_THAT(none.parsed->Findings(),
              ElementsAre("5:5 E0110 a rule on resources needs `downstream_server_id`"));
}

TEST(RuleTest, AllowedOrgsAndReposAreRequired) {
  const auto require = [](const std::string& keys) { return Dump(*ParseRule(keys).rule->require); };
  EXPECT_EQ(require("    allowed_orgs: acme\n"), R"(arg["owner"] in ["acme"])");
  EXPECT_EQ(require("    allowed_orgs: [acme, tools]\n"), R"(arg["owner"] in ["acme", "tools"])");
  EXPECT_EQ(require("    allowed_repos: [site, api]\n"), R"(arg["repo"] in ["site", "api"])");
  EXPECT_EQ(require("    allowed_repos: acme/api\n"),
            R"((arg["owner"] == "acme" and arg["repo"] == "api"))");
  EXPECT_EQ(require("    allowed_repos: [site, acme/api, b/c]\n"),
            R"((((arg["owner"] == "acme" and arg["repo"] == "api") or )"
            R"((arg["owner"] == "b" and arg["repo"] == "c")) or arg["repo"] in ["site"]))");
  EXPECT_EQ(require("    allowed_orgs: [acme]\n    allowed_repos: [site, acme/api]\n"),
            R"((arg["owner"] in ["acme"] and ((arg["owner"] == "acme" and )"
            R"(arg["repo"] == "api") or arg["repo"] in ["site"])))");
}

TEST(RuleTest, RestrictionsOnADenyMeanNothing) {
  EXPECT_THAT(ParseRule("    allowed_orgs: [a]\n", "deny").parsed->Findings(),
              ElementsAre("5:5 E0112 a rule that denies cannot have `allowed_orgs`"));
  EXPECT_THAT(ParseRule("    allowed_repos: [a]\n", "deny").parsed->Findings(),
              ElementsAre("5:5 E0112 a rule that denies cannot have `allowed_repos`"));
}

TEST(RuleTest, MalformedRepositories) {
  for (const char* name : {"a/b/c", "/b", "a/"}) {
    const OneRule rule = ParseRule(fmt::format("    allowed_repos: [x, {}]\n", name));
    EXPECT_EQ(rule.rule, nullptr) << name;
    EXPECT_THAT(rule.parsed->Findings(),
                ElementsAre("5:24 E0108 an item of `allowed_repos` is a repository's name, or "
                            "`owner/name`"))
        << name;
  }
}

TEST(RuleTest, ConditionsAreThoseOfTheLanguage) {
  const OneRule rule = ParseRule(
      "    when: has arg.x or not (arg.y == 3)\n"
      "    require: 'arg.a == \"b\"'\n"
      "    allowed_orgs: [o]\n");
  EXPECT_THAT(rule.parsed->Findings(), IsEmpty());
  ASSERT_NE(rule.rule, nullptr);
  EXPECT_EQ(Dump(*rule.rule->when), R"((has arg["x"] or not arg["y"] == 3))");
  EXPECT_EQ(Dump(*rule.rule->require), R"((arg["owner"] in ["o"] and arg["a"] == "b"))");
  // Each node has its own place in the file.
  EXPECT_EQ(rule.parsed->Text(rule.rule->when->nodes[0].span), "has arg.x");
  EXPECT_EQ(rule.parsed->Text(rule.rule->require->nodes[1].lhs.span), "arg.a");
}

TEST(RuleTest, ConditionsInBlocksAndEscapesHaveThePlaceOfTheirValue) {
  const OneRule folded = ParseRule("    when: >-\n      arg.a == 1\n      or arg.b == 2\n");
  EXPECT_THAT(folded.parsed->Findings(), IsEmpty());
  ASSERT_NE(folded.rule, nullptr);
  EXPECT_EQ(Dump(*folded.rule->when), R"((arg["a"] == 1 or arg["b"] == 2))");
  const std::string_view place = folded.parsed->Text(folded.rule->when->nodes[0].lhs.span);
  EXPECT_EQ(place, ">-\n      arg.a == 1\n      or arg.b == 2");
  const OneRule escaped = ParseRule("    when: \"arg.a == \\\"b\\\"\"\n");
  EXPECT_THAT(escaped.parsed->Findings(), IsEmpty());
  ASSERT_NE(escaped.rule, nullptr);
  EXPECT_EQ(Dump(*escaped.rule->when), R"(arg["a"] == "b")");
  EXPECT_EQ(escaped.parsed->Text(escaped.rule->when->span), "\"arg.a == \\\"b\\\"\"");
}

TEST(RuleTest, MalformedConditionsAreErrorsAtTheirPlace) {
  const OneRule rule = ParseRule("    when: arg.a == == 1\n");
  EXPECT_EQ(rule.rule, nullptr);
  ASSERT_THAT(rule.parsed->diagnostics.all(), SizeIs(1));
  const source::Diagnostic& finding = rule.parsed->diagnostics.all()[0];
  EXPECT_EQ(rule.parsed->sources.position(rule.parsed->id, finding.primary.span.begin).line, 5u);
  EXPECT_EQ(rule.parsed->sources.position(rule.parsed->id, finding.primary.span.begin).column, 20u);
}

TEST(RuleTest, AConditionIsAllOfItsText) {
  for (const char* text :
       {"arg.a == 1 using s", "arg.a == 1) or (arg.b == 2", "arg.a == 1 arg.b == 2", "(arg.a == 1",
        "arg.a", "'  '", "arg.a == 1 }", "arg.a == 1 /* x", "arg.a == 1 as x"}) {
    const OneRule rule = ParseRule(fmt::format("    require: {}\n", text));
    EXPECT_EQ(rule.rule, nullptr) << text;
    EXPECT_TRUE(rule.parsed->diagnostics.has_errors()) << text;
  }
}

}  // namespace
}  // namespace mcplexer::yaml
