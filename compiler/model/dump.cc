// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/dump.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/roots.h"

namespace mcplexer::model {
namespace {

constexpr std::string_view kTransports[] = {"stdio", "http"};
constexpr std::string_view kRestarts[] = {"on_failure", "always", "never"};
constexpr std::string_view kStarts[] = {"lazy", "eager"};
constexpr std::string_view kShares[] = {"session", "all"};
constexpr std::string_view kDiscoveries[] = {"dynamic", "static"};
constexpr std::string_view kDrifts[] = {"block", "approve", "warn"};
constexpr std::string_view kSources[] = {"env", "file", "sealed", "command"};
constexpr std::string_view kScopeTypes[] = {"env", "header", "oauth2"};
constexpr std::string_view kEffects[] = {"allow", "approve", "deny"};
constexpr std::string_view kKinds[] = {"tool", "resource", "prompt"};
constexpr std::string_view kClauses[] = {"never_allow", "never_allow_without_approval",
                                         "always_deny"};
constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error"};

template <typename Enum>
std::string_view Word(const std::string_view* words, Enum value) {
  return words[static_cast<size_t>(value)];
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// Items with `show` applied, separated by commas.
template <typename Items, typename Show>
std::string Join(const Items& items, const Show& show) {
  std::string out;
  for (const auto& item : items) out += fmt::format("{}{}", out.empty() ? "" : ", ", show(item));
  return "[" + out + "]";
}

std::string Texts(const std::vector<std::string>& texts) { return Join(texts, Quoted); }

std::string Pairs(const KeyValues& pairs) {
  return Join(pairs, [](const auto& pair) { return pair.first + "=" + Quoted(pair.second); });
}

std::string Patterns(const std::vector<NamePattern>& patterns) {
  return Join(patterns, [](const NamePattern& pattern) {
    return (pattern.regex ? "re" : "") + Quoted(pattern.text);
  });
}

template <typename Item, typename IdType>
std::string NameOf(const std::vector<Item>& items, IdType id) {
  return id.valid() ? items[id.index()].name : "-";
}

class Dumper {
 public:
  explicit Dumper(const Policy& policy) : policy_(policy) {}

  std::string Run() {
    Line("home " + Quoted(policy_.home));
    for (const Server& server : policy_.servers) DumpServer(server);
    for (const Secret& secret : policy_.secrets) {
      Line(fmt::format("secret {} {}{}", secret.name, Word(kSources, secret.source),
                       Texts(secret.arguments)));
    }
    for (const Provider& provider : policy_.providers) {
      Line(fmt::format("provider {} {}", provider.name, Pairs(provider.attributes)));
    }
    for (const Scope& scope : policy_.scopes) DumpScope(scope);
    for (const Workspace& workspace : policy_.workspaces) {
      Line(fmt::format(
          "workspace {} root={} parent={} default={} http={} tags={}", workspace.name,
          Quoted(RootText(workspace.root)), NameOf(policy_.workspaces, workspace.parent),
          workspace.default_allow ? "allow" : "deny", workspace.http, Pairs(workspace.tags)));
    }
    for (const Principal& principal : policy_.principals) DumpPrincipal(principal);
    for (const Rule& rule : policy_.rules) DumpRule(rule);
    for (const Invariant& invariant : policy_.invariants) {
      for (const InvariantClause& clause : invariant.clauses) DumpClause(invariant, clause);
    }
    for (const Test& test : policy_.tests) DumpTest(test);
    return std::move(out_);
  }

 private:
  void Line(const std::string& text) { out_ += text + "\n"; }

  void DumpServer(const Server& server) {
    Line(fmt::format("server {} namespace={} {} command={} env={} cwd={} url={}", server.name,
                     Quoted(server.name_space), Word(kTransports, server.transport),
                     Texts(server.command), Pairs(server.env), Quoted(server.cwd),
                     Quoted(server.url)));
    Line(fmt::format(
        "  idle={}ms call={}ms instances={} restart={} start={} share={} discovery={} "
        "on_drift={} required={}",
        server.idle_timeout_ms, server.call_timeout_ms, server.instances,
        Word(kRestarts, server.restart), Word(kStarts, server.start), Word(kShares, server.share),
        Word(kDiscoveries, server.discovery), Word(kDrifts, server.on_drift), server.required));
  }

  void DumpScope(const Scope& scope) {
    Line(fmt::format("scope {} {} redact={} provider={} {}", scope.name,
                     Word(kScopeTypes, scope.type), Texts(scope.redact),
                     NameOf(policy_.providers, scope.provider), Pairs(scope.attributes)));
    for (const Injection& injection : scope.injections) {
      Line(fmt::format("  set {} {}", injection.key,
                       Join(injection.parts, [&](const TemplatePart& part) {
                         return part.secret.valid() ? NameOf(policy_.secrets, part.secret)
                                                    : Quoted(part.literal);
                       })));
    }
  }

  void DumpPrincipal(const Principal& principal) {
    Line(fmt::format("principal {} uid={} token={} jwt={} groups={}", Quoted(principal.name),
                     principal.uid ? std::to_string(*principal.uid) : "-",
                     NameOf(policy_.secrets, principal.token),
                     Texts({principal.jwt_issuer, principal.jwt_audience, principal.jwt_subject}),
                     Groups(principal.groups)));
  }

  std::string Groups(const std::vector<GroupId>& groups) const {
    return Join(groups, [&](GroupId id) { return policy_.groups[id.index()]; });
  }

  std::string Principals(const std::vector<PrincipalId>& principals) const {
    return Join(principals,
                [&](PrincipalId id) { return Quoted(policy_.principals[id.index()].name); });
  }

  std::string ConditionText(ConditionId id) const {
    return id.valid() ? Quoted(policy_.conditions[id.index()].text) : "-";
  }

  void DumpClause(const Invariant& invariant, const InvariantClause& clause) {
    Line(fmt::format("invariant {} {} {} server={} names={} except={}", invariant.name,
                     Word(kClauses, clause.kind), Word(kKinds, clause.call_kind),
                     NameOf(policy_.servers, clause.server), Patterns(clause.names),
                     Patterns(clause.except)));
    Line(fmt::format(
        "  directories={} principals={} when={}",
        Join(clause.directories, [](const syntax::Name& path) { return Quoted(path.text); }),
        Principals(clause.principals), ConditionText(clause.when)));
  }

  void DumpRule(const Rule& rule) {
    Line(fmt::format("rule {} {} {} {} server={} names={} except={}", rule.id,
                     NameOf(policy_.workspaces, rule.workspace), Word(kEffects, rule.effect),
                     Word(kKinds, rule.kind), NameOf(policy_.servers, rule.server),
                     Patterns(rule.names), Patterns(rule.except)));
    Line(fmt::format("  paths={} principals={} scope={} when={} require={}",
                     Join(rule.paths, [](const syntax::Name& path) { return Quoted(path.text); }),
                     Principals(rule.principals), NameOf(policy_.scopes, rule.scope),
                     ConditionText(rule.when), ConditionText(rule.require)));
    Line(fmt::format("  priority={} timeout={}ms quorum={} approvers={} log={} because={}{}",
                     rule.priority, rule.approval.timeout_ms, rule.approval.quorum,
                     Groups(rule.approval.approvers), Word(kLevels, rule.log), Quoted(rule.because),
                     rule.imported_deny_priority
                         ? fmt::format(" imported_priority={}", *rule.imported_deny_priority)
                         : ""));
  }

  void DumpTest(const Test& test) {
    Line(fmt::format("test {} in={} as={}", Quoted(test.title), Quoted(RootText(test.directory)),
                     Quoted(policy_.principals[test.principal.index()].name)));
    for (const TestCall& call : test.calls) {
      Line(fmt::format("  {} {} {} -> {} via={} using={} by={} because={}", Word(kKinds, call.kind),
                       Quoted(call.name), call.arguments.empty() ? "-" : call.arguments,
                       Word(kEffects, call.effect), NameOf(policy_.servers, call.server),
                       NameOf(policy_.scopes, call.scope),
                       call.rule.valid() ? policy_.rules[call.rule.index()].id : "-",
                       call.because ? Quoted(*call.because) : "-"));
    }
  }

  const Policy& policy_;
  std::string out_;
};

}  // namespace

std::string Dump(const Policy& policy) { return Dumper(policy).Run(); }

}  // namespace mcplexer::model
