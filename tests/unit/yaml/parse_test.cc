// SPDX-License-Identifier: Apache-2.0
// What each section's keys become. Rules are in rule_test.cc.

#include "compiler/yaml/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using syntax::BodyItem;
using syntax::CallKind;
using syntax::Declaration;
using syntax::Effect;
using syntax::InvariantClause;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Texts(const std::vector<syntax::Name>& names) {
  std::vector<std::string> texts;
  for (const syntax::Name& name : names) texts.push_back(name.text);
  return texts;
}

std::vector<std::string> Texts(const std::vector<syntax::Pattern>& patterns) {
  std::vector<std::string> texts;
  for (const syntax::Pattern& p : patterns) texts.push_back(p.text);
  return texts;
}

TEST(ParseTest, Servers) {
  const auto parsed = Parse(R"(
downstream_servers:
  - id: github
    name: GitHub
    transport: stdio
    command: npx
    args: [-y, "@modelcontextprotocol/server-github", 8080, ""]
    env: {PORT: 8080, DEBUG: yes, EMPTY: ""}
    cwd: /srv
    tool_namespace: gh
    discovery: static
    idle_timeout_sec: 600
    call_timeout_sec: 30
    max_instances: 2
    restart_policy: on-failure
    start: eager
    share: all
    required: true
    on_drift: warn
  - {id: linear, transport: http, url: "https://mcp.linear.app/mcp", tool_namespace: ""}
  - {id: plain, command: /bin/true}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const Declaration* github = parsed->Find(Declaration::Kind::kServer, "github");
  ASSERT_NE(github, nullptr);
  EXPECT_EQ(
      Show(github->attributes),
      "env = {\"PORT\": \"8080\", \"DEBUG\": \"yes\", \"EMPTY\": \"\"}\n"
      "cwd = \"/srv\"\n"
      "namespace = \"gh\"\n"
      "discovery = word static\n"
      "idle_timeout = 600000ms\n"
      "call_timeout = 30000ms\n"
      "instances = 2\n"
      "restart = word on_failure\n"
      "start = word eager\n"
      "share = word all\n"
      "required = true\n"
      "on_drift = word warn\n"
      "command = [\"npx\", \"-y\", \"@modelcontextprotocol/server-github\", \"8080\", \"\"]\n");
  const syntax::Attribute& timeout = github->attributes[4];
  EXPECT_EQ(timeout.value.text, "600s");
  EXPECT_EQ(parsed->Text(timeout.key.span), "idle_timeout_sec");
  EXPECT_EQ(parsed->Text(timeout.value.span), "600");
  EXPECT_EQ(parsed->Text(timeout.span), "idle_timeout_sec: 600");
  EXPECT_EQ(parsed->Text(github->name.span), "github");
  EXPECT_EQ(Show(parsed->Find(Declaration::Kind::kServer, "linear")->attributes),
            "url = \"https://mcp.linear.app/mcp\"\nnamespace = \"\"\n");
  EXPECT_EQ(Show(parsed->Find(Declaration::Kind::kServer, "plain")->attributes),
            "command = [\"/bin/true\"]\n");
}

TEST(ParseTest, CacheHasNoEffect) {
  const auto parsed = Parse(
      "downstream_servers:\n  - id: a\n    command: b\n    cache:\n      anything: [1, 017]\n");
  EXPECT_THAT(parsed->Findings(),
              ElementsAre("4:5 W0211 `cache` has no effect: responses are not cached"));
  EXPECT_EQ(parsed->file.declarations.size(), 1u);
}

TEST(ParseTest, SecretsScopesAndProviders) {
  const auto parsed = Parse(R"(
secrets:
  - {name: pat, env: GITHUB_PAT}
  - {name: key, file: /run/secrets/key}
  - {name: linear_key, sealed: linear_key}
  - {name: printed, command: [pass, show, "x y"]}
oauth_providers:
  - id: gh
    name: GitHub
    authorize_url: https://github.com/login/oauth/authorize
    token_url: https://github.com/login/oauth/access_token
    issuer: https://github.com
    client_id: abc
    client_secret: ${secret(key)}
    audience: api
    scopes: [repo, "read:org"]
    registration_url: https://a/register
    revoke_url: https://a/revoke
    device_url: https://a/device
    resource: https://b
    pkce: true
auth_scopes:
  - {id: dev, name: Dev, type: env, env: {TOKEN: "${secret(pat)}"}, redaction_hints: [password]}
  - id: linear
    type: header
    headers:
      Authorization: Bearer ${secret(linear_key)}
  - {id: oauth, type: oauth2, oauth_provider_id: gh, scopes: [], client_id: i,
     client_secret: "${secret(key)}", audience: a, resource: r}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const auto secret = [&](std::string_view name) {
    return syntax::Dump(*parsed->Find(Declaration::Kind::kSecret, name)->value);
  };
  EXPECT_EQ(secret("pat"), "call env(\"GITHUB_PAT\")");
  EXPECT_EQ(secret("key"), "call file(\"/run/secrets/key\")");
  EXPECT_EQ(secret("linear_key"), "call sealed(\"linear_key\")");
  EXPECT_EQ(secret("printed"), "call command([\"pass\", \"show\", \"x y\"])");
  EXPECT_EQ(Show(parsed->Find(Declaration::Kind::kProvider, "gh")->attributes),
            "authorize_url = \"https://github.com/login/oauth/authorize\"\n"
            "token_url = \"https://github.com/login/oauth/access_token\"\n"
            "issuer = \"https://github.com\"\n"
            "client_id = \"abc\"\n"
            "client_secret = call secret(word key)\n"
            "audience = \"api\"\n"
            "scopes = [\"repo\", \"read:org\"]\n"
            "registration_url = \"https://a/register\"\n"
            "revoke_url = \"https://a/revoke\"\n"
            "device_url = \"https://a/device\"\n"
            "resource = \"https://b\"\n"
            "pkce = true\n");
  const auto scope = [&](std::string_view name) {
    return Show(parsed->Find(Declaration::Kind::kScope, name)->attributes);
  };
  EXPECT_EQ(scope("dev"),
            "type = word env\nredact = [\"password\"]\nset TOKEN = \"${secret(pat)}\"\n");
  EXPECT_EQ(scope("linear"),
            "type = word header\nset Authorization = \"Bearer ${secret(linear_key)}\"\n");
  EXPECT_EQ(scope("oauth"),
            "type = word oauth2\nprovider = word gh\nscopes = []\nclient_id = \"i\"\n"
            "client_secret = call secret(word key)\naudience = \"a\"\nresource = \"r\"\n");
}

TEST(ParseTest, PrincipalsToolsAndImports) {
  const auto parsed = Parse(R"(
imports: ["std/github.plex", other.yaml]
principals:
  - {name: alice, uid: 1000, groups: [dev, ops]}
  - {name: ci, token: "${secret(ci)}"}
  - {name: bob, jwt: {issuer: "https://i", audience: a, subject: b}}
tools:
  - name: destructive
    tool_match: ["*__{delete,drop}_*", "@other", 're"x__\d+\"?"', plain__x]
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  EXPECT_NE(parsed->Find(Declaration::Kind::kImport, "std/github.plex"), nullptr);
  EXPECT_NE(parsed->Find(Declaration::Kind::kImport, "other.yaml"), nullptr);
  const auto principal = [&](std::string_view name) {
    return Show(parsed->Find(Declaration::Kind::kPrincipal, name)->attributes);
  };
  EXPECT_EQ(principal("alice"), "uid = 1000\ngroups = [\"dev\", \"ops\"]\n");
  EXPECT_EQ(principal("ci"), "token = call secret(word ci)\n");
  EXPECT_EQ(principal("bob"),
            "jwt = {\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"b\"}\n");
  const Declaration* tools = parsed->Find(Declaration::Kind::kTools, "destructive");
  ASSERT_NE(tools, nullptr);
  EXPECT_THAT(Texts(tools->patterns),
              ElementsAre("*__{delete,drop}_*", "other", "x__\\d+\"?", "plain__x"));
  EXPECT_EQ(tools->patterns[0].kind, syntax::Pattern::Kind::kGlob);
  EXPECT_EQ(tools->patterns[1].kind, syntax::Pattern::Kind::kSet);
  EXPECT_EQ(tools->patterns[2].kind, syntax::Pattern::Kind::kRegex);
  EXPECT_EQ(parsed->Text(tools->patterns[0].span), "\"*__{delete,drop}_*\"");
}

TEST(ParseTest, WorkspacesAndTemplates) {
  const auto parsed = Parse(R"(
templates:
  - name: reads
    parameters: [server, scope]
    route_rules:
      - {policy: allow, tool_match: "${server}__get_*", auth_scope_id: "${scope}",
         id: "${server}_reads"}
workspaces:
  - id: acme-web
    name: Acme
    root_path: ~/work/acme
    default_policy: deny
    tags: {team: payments, tier: 1}
    http: true
    use:
      - {template: reads, arguments: [github, dev, 3, [a, {b: null}]]}
      - {template: none}
  - {id: home, root_path: "~"}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const Declaration* acme = parsed->Find(Declaration::Kind::kWorkspace, "acme-web");
  ASSERT_NE(acme, nullptr);
  EXPECT_THAT(acme->attributes, IsEmpty());
  std::string shown;
  for (const BodyItem& item : acme->body) {
    if (item.kind == BodyItem::Kind::kAttribute) shown += Show(item.attribute);
    for (const syntax::Use& use : item.use) {
      shown += "use " + use.name.text + "\n";
      for (const syntax::Value& value : use.arguments) shown += "  " + syntax::Dump(value) + "\n";
    }
  }
  EXPECT_EQ(
      shown,
      "root = \"~/work/acme\"\ndefault = word deny\ntags = {\"team\": \"payments\", \"tier\": "
      "\"1\"}\n"
      "http = true\nuse reads\n  \"github\"\n  \"dev\"\n  3\n  [\"a\", {\"b\": null}]\nuse none\n");
  const Declaration* reads = parsed->Find(Declaration::Kind::kTemplate, "reads");
  ASSERT_NE(reads, nullptr);
  EXPECT_THAT(Texts(reads->parameters), ElementsAre("server", "scope"));
  ASSERT_THAT(reads->body, SizeIs(1));
  EXPECT_EQ(reads->body[0].rule[0].patterns[0].text, "${server}__get_*");
  EXPECT_EQ(reads->body[0].rule[0].id->text, "${server}_reads");
}

TEST(ParseTest, Invariants) {
  const auto parsed = Parse(R"(
invariants:
  - name: safe
    clauses:
      - {never_allow: "@destructive"}
      - never_allow: ["*__push_*"]
        without_approval: true
        except: [a__push_b]
        principals: [ci, anonymous]
        in: ["~/work/**"]
      - {always_deny: "file:///etc/**", kind: resource, downstream_server_id: docs}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const Declaration* safe = parsed->Find(Declaration::Kind::kInvariant, "safe");
  ASSERT_NE(safe, nullptr);
  ASSERT_THAT(safe->clauses, SizeIs(3));
  EXPECT_EQ(safe->clauses[0].kind, InvariantClause::Kind::kNeverAllow);
  const InvariantClause& second = safe->clauses[1];
  EXPECT_EQ(second.kind, InvariantClause::Kind::kNeverAllowWithoutApproval);
  EXPECT_THAT(Texts(second.patterns), ElementsAre("*__push_*"));
  EXPECT_THAT(Texts(second.except), ElementsAre("a__push_b"));
  EXPECT_THAT(Texts(second.principals), ElementsAre("ci", "anonymous"));
  EXPECT_THAT(Texts(second.paths), ElementsAre("~/work/**"));
  const InvariantClause& third = safe->clauses[2];
  EXPECT_EQ(third.kind, InvariantClause::Kind::kAlwaysDeny);
  EXPECT_EQ(third.call_kind, CallKind::kResource);
  EXPECT_EQ(third.resource_server->text, "docs");
}

TEST(ParseTest, Tests) {
  const auto parsed = Parse(R"(
tests:
  - name: reads use the developer's token
    in: ~/work/acme
    as: alice
    calls:
      - call: github__get_issue
        arguments: {owner: acme, number: 7, draft: no, ok: true, none: ~, big: 12345678901234567890,
                    e: 1e3, list: [1.5, "2", {deep: null}], version: 1.2.3, "0x1": x}
        expect: allow
        via: github
        using: dev
        by: acme.reads
        because: fine
      - {call: "file:///x", kind: resource, expect: deny}
      - {call: docs__p, kind: prompt, expect: approve, arguments: {}}
)");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const Declaration* test =
      parsed->Find(Declaration::Kind::kTest, "reads use the developer's token");
  ASSERT_NE(test, nullptr);
  EXPECT_EQ(test->directory->text, "~/work/acme");
  EXPECT_EQ(test->principal->text, "alice");
  ASSERT_THAT(test->calls, SizeIs(3));
  const syntax::TestCall& first = test->calls[0];
  EXPECT_EQ(syntax::Dump(*first.arguments),
            R"({"owner": "acme", "number": 7, "draft": "no", "ok": true, "none": null, )"
            R"("big": 12345678901234567890, "e": 1e3, "list": [1.5, "2", {"deep": null}], )"
            R"("version": "1.2.3", "0x1": "x"})");
  EXPECT_EQ(first.expect, Effect::kAllow);
  EXPECT_EQ(first.via->text, "github");
  EXPECT_EQ(first.scope->text, "dev");
  EXPECT_EQ(first.rule->text, "acme.reads");
  EXPECT_EQ(first.reason->text, "fine");
  EXPECT_EQ(test->calls[1].kind, CallKind::kResource);
  EXPECT_EQ(test->calls[1].expect, Effect::kDeny);
  EXPECT_EQ(test->calls[2].kind, CallKind::kPrompt);
  EXPECT_EQ(test->calls[2].expect, Effect::kApprove);
  EXPECT_EQ(syntax::Dump(*test->calls[2].arguments), "{}");
}

TEST(ParseTest, EmptyFilesDeclareNothing) {
  for (const char* text : {"", "# only a comment\n", "---\n", "{}\n", "workspaces: []\n"}) {
    const auto parsed = Parse(text);
    EXPECT_THAT(parsed->Findings(), IsEmpty()) << text;
    EXPECT_THAT(parsed->file.declarations, IsEmpty()) << text;
    EXPECT_EQ(parsed->file.id, parsed->id);
  }
}

TEST(ParseTest, PlainScalarsAreWhatTheirFieldWants) {
  // YAML 1.1 reads each of these names as something else.
  for (const char* name :
       {"yes", "no", "on", "off", "y", "n", "017", "1e3", "1_000", "0x10", "null"}) {
    const auto parsed =
        Parse(fmt::format("workspaces:\n  - {{id: \"{0}\", root_path: {0}x}}\n", name));
    EXPECT_THAT(parsed->Findings(), IsEmpty()) << name;
    EXPECT_NE(parsed->Find(Declaration::Kind::kWorkspace, name), nullptr) << name;
  }
  const auto plain = Parse("workspaces: [{id: no, root_path: 017, tags: {a: on, b: 0x10}}]\n");
  EXPECT_THAT(plain->Findings(), IsEmpty());
  const Declaration* workspace = plain->Find(Declaration::Kind::kWorkspace, "no");
  ASSERT_NE(workspace, nullptr);
  EXPECT_EQ(Show(workspace->body[0].attribute), "root = \"017\"\n");
  EXPECT_EQ(Show(workspace->body[1].attribute), "tags = {\"a\": \"on\", \"b\": \"0x10\"}\n");
}

}  // namespace
}  // namespace mcplexer::yaml
