// SPDX-License-Identifier: Apache-2.0
// The policy: all sources of one compilation with every name resolved, templates expanded and
// defaults filled in. What a policy means (docs/language.md, "What a call is decided by") is
// defined on this structure; the reference interpreter reads it directly.
//
// Vectors are indexed by the typed ids. Servers, scopes, secrets, providers, workspaces, groups and
// principals are sorted by name and rules by (workspace, place in the sources), so the same sources
// in any order give the same policy.

#ifndef MCPLEXER_COMPILER_MODEL_POLICY_H_
#define MCPLEXER_COMPILER_MODEL_POLICY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"
#include "runtime/base/id.h"
#include "runtime/plan/format.h"

namespace mcplexer::model {

using plan::CallKind;
using plan::Effect;
using plan::LogLevel;
using source::Span;
using KeyValues = std::vector<std::pair<std::string, std::string>>;

struct Server {
  std::string name;
  std::string name_space;
  plan::Transport transport = plan::Transport::kStdio;
  std::vector<std::string> command;
  KeyValues env;
  std::string cwd;
  std::string url;
  uint32_t idle_timeout_ms = 300'000;
  uint32_t call_timeout_ms = 60'000;
  uint32_t instances = 1;
  plan::Restart restart = plan::Restart::kOnFailure;
  plan::Start start = plan::Start::kLazy;
  plan::Share share = plan::Share::kSession;
  plan::Discovery discovery = plan::Discovery::kDynamic;
  plan::OnDrift on_drift = plan::OnDrift::kBlock;
  bool required = false;
  Span span;
};

struct Secret {
  std::string name;
  plan::SecretSource source = plan::SecretSource::kEnv;
  std::vector<std::string> arguments;
  Span span;
};

struct TemplatePart {
  std::string literal;  // used when `secret` is not valid
  SecretId secret;
};

struct Injection {
  std::string key;
  std::vector<TemplatePart> parts;
};

struct Scope {
  std::string name;
  plan::ScopeType type = plan::ScopeType::kEnv;
  std::vector<Injection> injections;  // sorted by key
  std::vector<std::string> redact;    // sorted
  ProviderId provider;
  KeyValues attributes;  // sorted by key; lists joined by a space
  Span span;
};

struct Provider {
  std::string name;
  KeyValues attributes;  // sorted by key; lists joined by a space
  Span span;
};

// A root is absolute, or follows the home directory. `rest` begins with `/` and has no trailing
// one; it is empty for `/` and for `~` themselves.
struct Root {
  bool home = false;
  std::string rest;
};

struct Workspace {
  std::string name;
  Root root;
  bool default_allow = false;
  bool http = false;
  WorkspaceId parent;  // whose root most closely contains this one's
  KeyValues tags;      // sorted by key
  Span span;
};

struct Principal {
  std::string name;  // empty: the anonymous one, always PrincipalId 0
  std::optional<uint32_t> uid;
  SecretId token;
  std::string jwt_issuer;
  std::string jwt_audience;
  std::string jwt_subject;
  std::vector<GroupId> groups;  // sorted
  Span span;
};

struct NamePattern {
  bool regex = false;  // else a glob: over `ns__tool`, or over a URI for resources
  std::string text;
  Span span;
};

struct Approval {
  uint32_t timeout_ms = 300'000;
  uint32_t quorum = 1;
  std::vector<GroupId> approvers;  // sorted; empty: anyone entitled
  friend bool operator==(const Approval&, const Approval&) = default;
};

struct Condition {
  syntax::Expr expr;  // valid: literals typed, quantifiers where `[*]` demands one
  std::string text;   // as written, for messages
};

struct Rule {
  std::string id;
  bool named = false;
  WorkspaceId workspace;
  Effect effect = Effect::kDeny;
  CallKind kind = CallKind::kTool;
  ServerId server;                      // `via`, or the server of a resource rule
  std::vector<NamePattern> names;       // union
  std::vector<NamePattern> except;      // taken away from it
  std::vector<syntax::Name> paths;      // union of path globs; never empty (`**`)
  std::vector<PrincipalId> principals;  // sorted; every principal when `for` is absent
  ScopeId scope;
  ConditionId when;
  ConditionId require;
  int32_t priority = 100;  // 0 for denies, where it means nothing
  Approval approval;       // of an `approve`
  LogLevel log = LogLevel::kInfo;
  std::string because;
  std::optional<int64_t> imported_deny_priority;  // a YAML deny's, for W0212 only
  Span span;                                      // whole rule
  Span head_span;                                 // effect to patterns
  std::vector<Span> uses;  // of the templates that it comes out of, the outermost first
};

// One call of a test, and what it has to come to. Ids that are not valid, and a `because` that is
// not there, mean that the test does not say.
struct TestCall {
  CallKind kind = CallKind::kTool;
  std::string name;
  std::string arguments;  // JSON; empty when none are written
  Effect effect = Effect::kDeny;
  ServerId server;  // `via`; of a resource also the server that is asked
  ScopeId scope;
  RuleId rule;
  std::optional<std::string> because;
  Span span;
};

struct Test {
  std::string title;
  Root directory;
  PrincipalId principal;
  std::vector<TestCall> calls;
  Span span;  // of the title
};

// What an invariant says of every call that it means.
struct InvariantClause {
  using Kind = syntax::InvariantClause::Kind;
  Kind kind = Kind::kNeverAllow;
  CallKind call_kind = CallKind::kTool;
  ServerId server;  // of a clause on resources
  std::vector<NamePattern> names;
  std::vector<NamePattern> except;
  std::vector<syntax::Name> directories;  // globs, absolute or from `~`; empty: everywhere
  std::vector<PrincipalId> principals;    // sorted
  ConditionId when;
  Span span;
};

struct Invariant {
  std::string name;
  std::vector<InvariantClause> clauses;
  Span span;  // of the name
};

struct Policy {
  std::vector<Server> servers;
  std::vector<Secret> secrets;
  std::vector<Scope> scopes;
  std::vector<Provider> providers;
  std::vector<Workspace> workspaces;
  std::vector<std::string> groups;
  std::vector<Principal> principals;
  std::vector<Rule> rules;
  std::vector<Condition> conditions;  // of rules, then those of invariants, which no plan holds
  size_t rule_conditions = 0;
  std::vector<Invariant> invariants;  // by name
  std::vector<Test> tests;            // by place in the sources
  std::string home;                   // --home, canonical, or empty

  // The workspace itself, then its parent, and so on outwards.
  std::vector<WorkspaceId> Chain(WorkspaceId workspace) const {
    std::vector<WorkspaceId> chain;
    for (; workspace.valid(); workspace = workspaces[workspace.index()].parent) {
      chain.push_back(workspace);
    }
    return chain;
  }
};

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_POLICY_H_
