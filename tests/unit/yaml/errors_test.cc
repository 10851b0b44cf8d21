// SPDX-License-Identifier: Apache-2.0
// Findings in well-formed YAML: unknown keys, wrong types, what is missing, each at its place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using syntax::Declaration;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Case {
  std::string text;
  std::string finding;  // the beginning of the only one
  std::string underlined;
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const auto parsed = Parse(c.text);
    EXPECT_THAT(parsed->Findings(), ElementsAre(StartsWith(c.finding))) << c.text;
    EXPECT_EQ(parsed->Underlined(), c.underlined) << c.text;
  }
}

std::string RuleWith(const std::string& keys) {
  return "route_rules:\n  - workspace_id: w\n    policy: allow\n    tool_match: a__b\n    " + keys +
         "\n";
}

std::string ServerWith(const std::string& keys) {
  return "downstream_servers:\n  - id: s\n    command: c\n    " + keys + "\n";
}

TEST(ErrorsTest, UnknownKeys) {
  ExpectAll({
      {"route_rule: []\n", "1:1 E0107 `route_rule` is not a key of a policy", "route_rule"},
      {"version: 1\n", "1:1 E0107 `version` is not a key of a policy", "version"},
      {RuleWith("tool_matches: x"), "5:5 E0107 `tool_matches` is not a key of `route_rule`",
       "tool_matches"},
      {ServerWith("restart: always"), "4:5 E0107 `restart` is not a key of `downstream_server`",
       "restart"},
      {"principals:\n  - {name: a, jwt: {issuer: a, audience: b, subject: c, issuers: b}}\n",
       "2:57 E0107 `issuers` is not a key of `jwt`", "issuers"},
  });
  const auto near = Parse(RuleWith("tool_mach: x"));
  ASSERT_EQ(near->diagnostics.all().size(), 1u);
  EXPECT_EQ(near->diagnostics.all()[0].notes[0].text, "did you mean `tool_match`?");
  const auto far = Parse("zzz: 1\n");
  EXPECT_THAT(far->diagnostics.all()[0].notes[0].text, HasSubstr("workspaces, route_rules"));
}

TEST(ErrorsTest, KeysOfOtherCaseAreUnknown) {
  ExpectAll({{"Workspaces: []\n", "1:1 E0107 ", "Workspaces"}});
}

TEST(ErrorsTest, MissingKeys) {
  ExpectAll({
      {"workspaces:\n  - id: a\n", "2:9 E0110 this `workspace` has no `root_path`", "a"},
      {"workspaces:\n  - root_path: /a\n", "2:16 E0110 this `workspace` has no `id`", "/a"},
      {"auth_scopes: [{type: env}, ]\n", "1:22 E0110 ", "env"},
      {"route_rules:\n  - {workspace_id: w, policy: deny}\n",
       "2:20 E0110 this `route_rule` has no `tool_match`", "w"},
      {"route_rules:\n  - {workspace_id: w, tool_match: x}\n",
       "2:20 E0110 this `route_rule` has no `policy`", "w"},
      {"route_rules:\n  - {policy: deny, tool_match: x}\n",
       "2:14 E0110 this `route_rule` has no `workspace_id`", "deny"},
      {"principals: [{name: a, jwt: {issuer: b, audience: c}}]\n",
       "1:38 E0110 this `jwt` has no `subject`", "b"},
      {"secrets: [{name: a}]\n", "1:18 E0110 this secret says none of", "a"},
      {"auth_scopes: [{id: a}]\n", "1:20 E0110 this `auth_scope` has no `type`", "a"},
  });
}

TEST(ErrorsTest, NothingMalformedMeansEverything) {
  const std::string head = "route_rules:\n  - workspace_id: w\n    policy: allow\n    tool_match:";
  ExpectAll({
      {head + " []\n", "4:17 E0108 `tool_match` is an empty list", "[]"},
      {head + "\n", "4:5 E0108 `tool_match` has no value", "tool_match"},
      {head + " ~\n", "4:17 E0108 `tool_match` has no value", "~"},
      {head + " null\n", "4:17 E0108 `tool_match` has no value", "null"},
      {head + " ''\n", "4:17 E0108 `tool_match` is empty", "''"},
      {head + " [a__b, '']\n", "4:24 E0108 an item of `tool_match` is empty", "''"},
      {head + " [a__b, null]\n", "4:24 E0108 an item of `tool_match` has no value", "null"},
      {head + " {a: b}\n", "4:17 E0108 `tool_match` has to be a text or a list of texts, not a map",
       "{a: b}"},
      {head + " [[a]]\n", "4:18 E0108 an item of `tool_match` has to be a text, not a list", "[a]"},
      {head + " \"@\"\n", "4:17 E0102 ", "\"@\""},
      {head + " 're\"\"'\n", "4:17 E0102 ", "'re\"\"'"},
      {head + " 're\"a'\n", "4:17 E0102 ", "'re\"a'"},
      {head + " 're\"a\"b\"'\n", "4:17 E0102 ", "'re\"a\"b\"'"},
      {head + " 're\"a\\\"'\n", "4:17 E0102 ", "'re\"a\\\"'"},
      {RuleWith("principals: []"), "5:17 E0108 `principals` is an empty list", "[]"},
      {RuleWith("path_glob: []"), "5:16 E0108 `path_glob` is an empty list", "[]"},
      {RuleWith("path_glob: ''"), "5:16 E0108 `path_glob` is empty", "''"},
      {RuleWith("allowed_orgs: []"), "5:19 E0108 `allowed_orgs` is an empty list", "[]"},
      {RuleWith("allowed_repos:"), "5:5 E0108 `allowed_repos` has no value", "allowed_repos"},
      {RuleWith("approvers: []"), "5:16 E0108 `approvers` is an empty list", "[]"},
      {RuleWith("when: ''"), "5:11 E0108 `when` is empty", "''"},
      {RuleWith("require:"), "5:5 E0108 `require` has no value", "require"},
      {RuleWith("auth_scope_id: ''"), "5:20 E0108 `auth_scope_id` is empty", "''"},
      {"route_rules:\n", "1:1 E0108 `route_rules` has no value", "route_rules"},
      {"route_rules: {a: b}\n", "1:14 E0108 `route_rules` has to be a list, not a map", "{a: b}"},
      {"route_rules:\n  -\n", "2:3 E0108 an entry of `route_rule` has no value", "-"},
      {"- a\n", "1:1 E0108 the file has to be a map of keys and values, not a list", "- a"},
      {"just text\n", "1:1 E0108 the file has to be a map of keys and values", "just text"},
  });
}

TEST(ErrorsTest, ARuleWithAFindingIsNotInTheTree) {
  for (const std::string& text : {RuleWith("principals: []"), RuleWith("zzz: 1"),
                                  RuleWith("priority: x"), RuleWith("except: '@'")}) {
    const auto parsed = Parse(text);
    EXPECT_TRUE(parsed->diagnostics.has_errors()) << text;
    EXPECT_THAT(parsed->file.declarations, IsEmpty()) << text;
  }
}

TEST(ErrorsTest, DeclarationsWithAFindingCanStillBeReferredTo) {
  const auto parsed = Parse(ServerWith("max_instances: many"));
  EXPECT_THAT(parsed->Findings(), ElementsAre(StartsWith("4:20 E0108 ")));
  EXPECT_NE(parsed->Find(Declaration::Kind::kServer, "s"), nullptr);
}

TEST(ErrorsTest, Numbers) {
  for (const char* value : {"017", "0x10", "1_000", "1e3", "+1", "-0", "--1", "1.0", "5m", "'5'",
                            "\"5\"", "many", "1000000000000000", "true"}) {
    const auto parsed = Parse(RuleWith(fmt::format("priority: {}", value)));
    EXPECT_THAT(parsed->Findings(),
                ElementsAre(StartsWith("5:15 E0108 `priority` has to be a whole number, not")))
        << value;
    EXPECT_EQ(parsed->Underlined(), value);
  }
  ExpectAll({
      {RuleWith("approval_timeout: 5x"),
       "5:23 E0108 `approval_timeout` has to be a whole number of seconds, not `5x`", "5x"},
      {RuleWith("priority: [1]"), "5:15 E0108 `priority` has to be a text, not a list", "[1]"},
      {RuleWith("priority:"), "5:5 E0108 `priority` has no value", "priority"},
  });
}

TEST(ErrorsTest, Booleans) {
  for (const char* value : {"yes", "no", "on", "off", "True", "FALSE", "1", "'true'", "y"}) {
    const auto parsed = Parse(ServerWith(fmt::format("required: {}", value)));
    EXPECT_THAT(parsed->Findings(),
                ElementsAre("4:15 E0108 `required` has to be `true` or `false`, without quotes"))
        << value;
  }
}

TEST(ErrorsTest, Words) {
  ExpectAll({
      {"route_rules: [{workspace_id: w, policy: alow, tool_match: a}]\n",
       "1:41 E0108 `policy` is `alow`, which is none of allow, deny, approve", "alow"},
      {"workspaces: [{id: w, root_path: /, default_policy: approve}]\n",
       "1:52 E0108 `default_policy` is `approve`, which is none of allow, deny", "approve"},
      {RuleWith("log_level: loud"), "5:16 E0108 `log_level` is `loud`", "loud"},
      {RuleWith("kind: Tool"), "5:11 E0108 `kind` is `Tool`", "Tool"},
      {ServerWith("discovery: 'on'"), "4:16 E0108 `discovery` is `on`", "'on'"},
      {"auth_scopes: [{id: a, type: basic}]\n", "1:29 E0108 `type` is `basic`", "basic"},
  });
}

TEST(ErrorsTest, Names) {
  ExpectAll({
      {"workspaces: [{id: a b, root_path: /}]\n", "1:19 E0108 `id` `a b` is not a name", "a b"},
      {"workspaces: [{id: a.b, root_path: /}]\n", "1:19 E0108 `id` `a.b` is not a name", "a.b"},
      {RuleWith("id: \"#1\""), "5:9 E0108 `id` `#1` is not a name", "\"#1\""},
      {"secrets: [{name: [a], env: X}]\n", "1:18 E0108 `name` has to be a text, not a list", "[a]"},
  });
}

TEST(ErrorsTest, SecretValuesAreRefusedAndNotRepeated) {
  const auto parsed = Parse("principals: [{name: ci, token: hunter2}]\n");
  EXPECT_THAT(parsed->Findings(), ElementsAre("1:32 S0605 `token` has to refer to a secret"));
  ExpectAll({{"oauth_providers: [{id: a, client_secret: \"x${secret(a)}\"}]\n",
              "1:42 S0605 `client_secret` has to refer to a secret", "\"x${secret(a)}\""}});
}

TEST(ErrorsTest, ContradictionsOfServersAndScopes) {
  ExpectAll({
      {"downstream_servers: [{id: a, transport: http, command: c}]\n",
       "1:41 E0110 `transport: http` needs a `url`", "http"},
      {"downstream_servers: [{id: a, transport: stdio, url: u}]\n",
       "1:41 E0110 `transport: stdio` needs a `command`", "stdio"},
      {"downstream_servers: [{id: a, transport: http, command: c, url: u}]\n",
       "1:47 E0112 `transport: http` has no `command`", "command"},
      {"downstream_servers: [{id: a, transport: stdio, command: c, url: u}]\n",
       "1:60 E0112 `transport: stdio` has no `url`", "url"},
      {"downstream_servers: [{id: a, url: u, args: [x]}]\n", "1:38 E0112 `args` needs a `command`",
       "args"},
      {"auth_scopes: [{id: a, type: env, headers: {A: b}}]\n",
       "1:34 E0112 `headers` belongs to `type: header`, and this scope is `env`", "headers"},
      {"auth_scopes: [{id: a, type: oauth2, env: {A: b}}]\n", "1:37 E0112 `env` belongs to", "env"},
      {"secrets: [{name: a, env: X, file: /y}]\n", "1:29 E0112 a secret comes from one source",
       "file"},
  });
}

TEST(ErrorsTest, InvariantsAndTestsThatProveNothing) {
  ExpectAll({
      {"invariants: [{name: a, clauses: []}]\n", "1:33 E0108 an invariant without clauses", "[]"},
      {"tests: [{name: a, in: /, calls: []}]\n", "1:33 E0108 a test without calls", "[]"},
      {"invariants: [{name: a, clauses: [{when: has arg.x}]}]\n", "1:34 E0110 a clause says either",
       "{when: has arg.x}"},
      {"invariants: [{name: a, clauses: [{never_allow: x, always_deny: y}]}]\n",
       "1:51 E0110 a clause says either", "always_deny"},
      {"invariants: [{name: a, clauses: [{always_deny: y, without_approval: true}]}]\n",
       "1:51 E0112 `without_approval` belongs to `never_allow`", "without_approval"},
      {"invariants: [{name: a, clauses: [{always_deny: y, kind: resource}]}]\n",
       "1:51 E0110 a clause on resources needs", "kind"},
      {"invariants: [{name: a, clauses: [{always_deny: y, downstream_server_id: s}]}]\n",
       "1:51 E0112 `downstream_server_id` belongs to `kind: resource`", "downstream_server_id"},
  });
}

TEST(ErrorsTest, DoubtfulNumbersInArguments) {
  const std::string head =
      "tests: [{name: a, in: /, calls: [{call: x__y, expect: deny, arguments: ";
  for (const char* value : {"017", "0x1F", "1_000", "+1", ".5", ".inf"}) {
    const auto parsed = Parse(head + "{n: [" + value + "]}}]}]\n");
    EXPECT_THAT(parsed->Findings(), ElementsAre(HasSubstr("E0108 `" + std::string(value) +
                                                          "` is a number to some readers")));
    EXPECT_EQ(parsed->Underlined(), value);
  }
  EXPECT_THAT(Parse(head + "{n: '017'}}]}]\n")->Findings(), IsEmpty());
}

TEST(ErrorsTest, TextMapsHoldTexts) {
  ExpectAll({
      {ServerWith("env: {A: [b]}"), "4:14 E0108 `A` in `env` has to be a text, not a list", "[b]"},
      {ServerWith("env: {A: }"), "4:11 E0108 `A` in `env` has no value", "A"},
      {ServerWith("env: {'': b}"), "4:11 E0108 a key of `env` is empty", "''"},
      {ServerWith("env: [A=b]"), "4:10 E0108 `env` has to be a map of texts, not a list", "[A=b]"},
      {ServerWith("args: -y"), "4:11 E0108 `args` has to be a list, not a single value", "-y"},
  });
}

TEST(ErrorsTest, LongTextIsCutInMessages) {
  const auto parsed = Parse(RuleWith("priority: " + std::string(1000, 'x')));
  ASSERT_EQ(parsed->diagnostics.all().size(), 1u);
  EXPECT_LT(parsed->diagnostics.all()[0].message.size(), 200u);
}

TEST(ErrorsTest, AllFindingsOfAFileAreShown) {
  const auto parsed = Parse(
      "workspaces:\n  - {id: w}\nroute_rules:\n  - {workspace_id: w, policy: x, tool_match: []}\n"
      "zzz: 1\n");
  EXPECT_EQ(parsed->Findings().size(), 4u);
}

}  // namespace
}  // namespace mcplexer::yaml
