// SPDX-License-Identifier: Apache-2.0
// Two surfaces, one meaning: the same policy in YAML and in .plex gives the same tree. The .plex
// front end is the oracle here. Apart from places, the trees may differ in one thing: YAML keeps a
// workspace's rules in a declaration of their own.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using syntax::BodyItem;
using syntax::Declaration;

constexpr const char* kYaml = R"(
imports: [std/github.plex]
secrets:
  - {name: github_pat, env: GITHUB_PAT}
  - {name: linear_key, sealed: linear_key}
  - {name: vault, command: [vault, read, -field=x, secret/y]}
oauth_providers:
  - {id: gh, authorize_url: "https://a/authorize", token_url: "https://a/token", scopes: [repo],
     client_secret: "${secret(vault)}"}
auth_scopes:
  - id: github_dev
    type: env
    redaction_hints: [password, private_key]
    env: {GITHUB_PERSONAL_ACCESS_TOKEN: "${secret(github_pat)}"}
  - {id: linear_api, type: header, headers: {Authorization: "Bearer ${secret(linear_key)}"}}
downstream_servers:
  - {id: github, idle_timeout_sec: 300, max_instances: 2, restart_policy: on-failure,
     required: true, command: npx, args: ["-y", "@modelcontextprotocol/server-github"]}
  - {id: linear, url: "https://mcp.linear.app/mcp", on_drift: warn}
principals:
  - {name: alice, uid: 1000, groups: [dev]}
  - {name: ci, token: "${secret(vault)}"}
tools:
  - {name: destructive, tool_match: ["*__{delete,drop,destroy}_*", 're"x__\d+\"?"', "@other"]}
templates:
  - name: reads
    parameters: [server, scope]
    route_rules:
      - {policy: allow, tool_match: "${server}__get_*", auth_scope_id: "${scope}"}
workspaces:
  - {id: home, root_path: "~", default_policy: deny}
  - id: acme
    root_path: ~/work/acme
    tags: {team: payments}
    http: true
    use: [{template: reads, arguments: [github, github_dev]}]
route_rules:
  - {workspace_id: acme, policy: allow, tool_match: "github__{get,list,search}_*",
     auth_scope_id: github_dev, id: reads, priority: 50, log_level: debug}
  - {workspace_id: acme, policy: allow, requires_approval: true, approval_timeout: 120, quorum: 2,
     approvers: [ops], tool_match: ["github__create_*", github__merge_pr]}
  - {workspace_id: acme, policy: deny, tool_match: "@destructive", except: [github__delete_draft],
     principals: [ci, anonymous], because: "a human deletes, an agent does not"}
  - workspace_id: acme
    policy: allow
    tool_match: github__push_files
    path_glob: ["src/**", docs]
    downstream_server_id: github
    when: session.client != "x"
    require: arg.owner == "acme" and not (arg.branch matches re"main|release/.*")
  - {workspace_id: acme, policy: allow, kind: resource, downstream_server_id: docs,
     tool_match: "file:///srv/docs/**"}
  - {workspace_id: acme, policy: allow, kind: prompt, tool_match: docs__p, allowed_orgs: [a, b],
     allowed_repos: [s, o/r], require: has arg.x}
invariants:
  - name: no_unattended_deletes
    clauses:
      - {never_allow: "@destructive", without_approval: true, principals: [ci]}
      - {always_deny: [a__b], in: ["~/x/**"], when: has arg.y, except: a__c}
tests:
  - name: reads use the developer token
    in: ~/work/acme/src
    as: alice
    calls:
      - {call: github__get_issue, arguments: {owner: acme, number: 7, list: [1.5, null, {a: true}]},
         expect: allow, via: github, using: github_dev, by: acme.reads}
      - {call: github__delete_repo, arguments: {owner: acme}, expect: deny}
)";

constexpr const char* kPlex = R"(
import "std/github.plex"
secret github_pat = env("GITHUB_PAT")
secret linear_key = sealed("linear_key")
secret vault = command(["vault", "read", "-field=x", "secret/y"])
provider gh {
  authorize_url = "https://a/authorize"
  token_url = "https://a/token"
  scopes = ["repo"]
  client_secret = secret(vault)
}
scope github_dev {
  type = env
  redact = ["password", "private_key"]
  set GITHUB_PERSONAL_ACCESS_TOKEN = "${secret(github_pat)}"
}
scope linear_api {
  type = header
  set Authorization = "Bearer ${secret(linear_key)}"
}
server github {
  idle_timeout = 5m
  instances = 2
  restart = on_failure
  required = true
  command = ["npx", "-y", "@modelcontextprotocol/server-github"]
}
server linear {
  url = "https://mcp.linear.app/mcp"
  on_drift = warn
}
principal alice {
  uid = 1000
  groups = ["dev"]
}
principal ci { token = secret(vault) }
tools destructive = [*__{delete,drop,destroy}_*, re"x__\d+\"?", @other]
template reads(server, scope) {
  allow "${server}__get_*" using ${scope}
}
workspace home {
  root = "~"
  default = deny
}
workspace acme {
  root = "~/work/acme"
  tags = { team: "payments" }
  http = true
  use reads("github", "github_dev")
  allow github__{get,list,search}_* using github_dev as reads priority 50 log debug
  approve github__create_*, github__merge_pr timeout 2m quorum 2 approvers ops
  deny @destructive except github__delete_draft for ci, anonymous
       because "a human deletes, an agent does not"
  allow github__push_files in "src/**", "docs" via github when session.client != "x"
        require arg.owner == "acme" and not (arg.branch matches re"main|release/.*")
  allow resource docs: "file:///srv/docs/**"
  allow prompt docs__p
        require (arg.owner in ["a", "b"]
                 and ((arg.owner == "o" and arg.repo == "r") or arg.repo in ["s"]))
                and has arg.x
}
invariant no_unattended_deletes {
  never allow @destructive without approval for ci
  always deny a__b except a__c in "~/x/**" when has arg.y
}
test "reads use the developer token" {
  in "~/work/acme/src"
  as alice
  call github__get_issue { owner: "acme", number: 7, list: [1.5, null, {a: true}] }
       expect allow via github using github_dev by acme.reads
  call github__delete_repo { owner: "acme" } expect deny
}
)";

// The tree as YAML would give it: rules behind all workspaces, apart from them.
syntax::File SplitWorkspaces(syntax::File file) {
  std::vector<Declaration> declarations;
  std::vector<Declaration> rest;
  for (Declaration& declaration : file.declarations) {
    const bool proof = declaration.kind == Declaration::Kind::kInvariant ||
                       declaration.kind == Declaration::Kind::kTest;
    if (declaration.kind == Declaration::Kind::kWorkspace) {
      Declaration rules;
      rules.kind = Declaration::Kind::kRules;
      rules.name = declaration.name;
      std::vector<BodyItem> others;
      for (BodyItem& item : declaration.body) {
        (item.kind == BodyItem::Kind::kRule ? rules.body : others).push_back(std::move(item));
      }
      declaration.body = std::move(others);
      if (!rules.body.empty()) rest.push_back(std::move(rules));
    }
    (proof ? rest : declarations).push_back(std::move(declaration));
  }
  for (Declaration& declaration : rest) declarations.push_back(std::move(declaration));
  file.declarations = std::move(declarations);
  return file;
}

TEST(SurfacesTest, TheSamePolicyInBothGivesTheSameTree) {
  const auto yaml = Parse(kYaml);
  EXPECT_TRUE(yaml->Findings().empty());
  Parsed plex;
  plex.id = plex.sources.Add("a.plex", kPlex);
  plex.file = syntax::ParsePlex(plex.sources, plex.id, {}, plex.diagnostics);
  EXPECT_TRUE(plex.Findings().empty());
  EXPECT_EQ(syntax::Dump(yaml->file), syntax::Dump(SplitWorkspaces(std::move(plex.file))));
}

}  // namespace
}  // namespace mcplexer::yaml
