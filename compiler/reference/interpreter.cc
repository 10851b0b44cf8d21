// SPDX-License-Identifier: Apache-2.0
#include "compiler/reference/interpreter.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/automata/witness.h"
#include "compiler/reference/condition.h"
#include "compiler/reference/regex.h"
#include "runtime/base/check.h"

namespace mcplexer::reference {
namespace {

using automata::Dfa;
using model::CallKind;
using model::Effect;
using model::NamePattern;
using model::Policy;
using model::Rule;

bool MatchesName(const NamePattern& pattern, CallKind kind, const std::string& name) {
  if (pattern.regex) return Matches(pattern.text, name);
  // Without a wildcard it is the name: most patterns, and RE2 takes its time over each.
  if (pattern.text.find_first_of("*?[{\\") == std::string::npos) return pattern.text == name;
  return Matches(
      RegexOfGlob(pattern.text, kind == CallKind::kResource ? GlobKind::kUri : GlobKind::kName),
      name);
}

// Whether `inner` is `outer` or below it, by whole segments; "" is `/`.
bool Contains(const std::string& outer, const std::string& inner) {
  return inner == outer || inner.starts_with(outer + "/");
}

// The policy has been compiled, so its patterns are well-formed and within the limits.
template <typename T, typename E>
T Must(tl::expected<T, E> result) {
  MCPLEXER_CHECK(result.has_value());
  return *std::move(result);
}

}  // namespace

struct Interpreter::Impl {
  const Policy& policy;
  std::string home;

  // "Strictly narrower" is inclusion of sets, so here, and only here, the interpreter needs
  // languages. Built from the patterns, a rule at a time, when first asked for.
  struct Sets {
    Dfa names;
    Dfa paths;
  };
  mutable std::map<RuleId, Sets> sets;
  mutable std::map<std::pair<RuleId, RuleId>, bool> narrower;

  const Rule& Get(RuleId id) const { return policy.rules[id.index()]; }

  std::string Root(WorkspaceId workspace) const {
    const model::Root& root = policy.workspaces[workspace.index()].root;
    return (root.home ? home : "") + root.rest;
  }

  Dfa NamesOf(const std::vector<NamePattern>& patterns, CallKind kind) const {
    std::vector<automata::Nfa> nfas;
    for (const NamePattern& pattern : patterns) {
      nfas.push_back(Must(pattern.regex                 ? automata::ParseRegex(pattern.text)
                          : kind == CallKind::kResource ? automata::ParseUriGlob(pattern.text)
                                                        : automata::ParseNameGlob(pattern.text)));
    }
    return Must(automata::ToDfa(automata::UnionOf(nfas)));
  }

  // Every name the rule could be asked about: `ns__t` with a declared namespace, or a URI.
  Dfa UniverseOf(const Rule& rule) const {
    if (rule.kind == CallKind::kResource) return automata::UriUniverse();
    std::vector<automata::Nfa> nfas;
    for (size_t s = 0; s < policy.servers.size(); ++s) {
      if (rule.server.valid() && rule.server != ServerId(s)) continue;
      const std::string& name_space = policy.servers[s].name_space;
      automata::NfaBuilder builder{automata::Limits()};
      constexpr automata::ByteRange kNameByte[] = {{0x20, 0xFF}};
      const auto prefix = builder.Literal(name_space.empty() ? "" : name_space + "__");
      const auto rest = builder.Plus(builder.Bytes(kNameByte));
      const auto whole = builder.Concat(prefix, rest);
      nfas.push_back(Must(std::move(builder).Finish(whole)));
    }
    return Must(automata::ToDfa(automata::UnionOf(nfas)));
  }

  const Sets& SetsOf(RuleId id) const {
    auto it = sets.find(id);
    if (it != sets.end()) return it->second;
    const Rule& rule = Get(id);
    Dfa names = NamesOf(rule.names, rule.kind);
    if (!rule.except.empty()) {
      names = Must(automata::Difference(names, NamesOf(rule.except, rule.kind)));
    }
    std::vector<automata::Nfa> paths;
    for (const auto& path : rule.paths) paths.push_back(Must(automata::ParsePathGlob(path.text)));
    Sets result{Must(automata::Intersection(names, UniverseOf(rule))),
                Must(automata::Intersection(Must(automata::ToDfa(automata::UnionOf(paths))),
                                            automata::PathUniverse()))};
    return sets.emplace(id, std::move(result)).first->second;
  }

  bool IsSubset(RuleId a, RuleId b) const {
    const Rule& x = Get(a);
    const Rule& y = Get(b);
    if (x.kind != y.kind) return false;
    if (x.kind == CallKind::kResource && x.server != y.server) return false;
    return std::ranges::includes(y.principals, x.principals) &&
           Must(automata::IsSubset(SetsOf(a).names, SetsOf(b).names)) &&
           Must(automata::IsSubset(SetsOf(a).paths, SetsOf(b).paths));
  }

  bool StrictlyNarrower(RuleId a, RuleId b) const {
    const auto [it, inserted] = narrower.try_emplace({a, b}, false);
    if (inserted) it->second = IsSubset(a, b) && !IsSubset(b, a);
    return it->second;
  }

  WorkspaceId HomeOf(const std::string& directory) const {
    WorkspaceId deepest;
    for (size_t w = 0; w < policy.workspaces.size(); ++w) {
      if (!Contains(Root(WorkspaceId(w)), directory)) continue;
      if (!deepest.valid() || Root(WorkspaceId(w)).size() > Root(deepest).size()) {
        deepest = WorkspaceId(w);
      }
    }
    return deepest;
  }

  // The server whose namespace the name begins with, and whether anything follows.
  ServerId ServerOf(const Call& call, std::string* rest) const {
    if (call.kind == CallKind::kResource) {
      *rest = call.name;
      if (call.server.valid()) return call.server;
      return policy.servers.size() == 1 ? ServerId(0u) : ServerId();
    }
    const size_t split = call.name.find("__");
    for (size_t s = 0; s < policy.servers.size(); ++s) {
      const std::string& name_space = policy.servers[s].name_space;
      if (name_space.empty()) {
        *rest = call.name;
        return ServerId(s);
      }
      if (split != std::string::npos && call.name.substr(0, split) == name_space) {
        *rest = call.name.substr(split + 2);
        return ServerId(s);
      }
    }
    return ServerId();
  }

  // `chain` is the home workspace and those around it.
  bool Candidate(const Rule& rule, const Call& call, ServerId server,
                 const std::vector<WorkspaceId>& chain) const {
    if (std::ranges::find(chain, rule.workspace) == chain.end()) return false;
    if (rule.kind != call.kind) return false;
    if (rule.server.valid() && rule.server != server) return false;
    if (std::ranges::find(rule.principals, call.principal) == rule.principals.end()) return false;
    const std::string root = Root(rule.workspace);
    const std::string directory = call.directory == "/" ? "" : call.directory;
    const std::string subpath = directory == root ? "" : directory.substr(root.size() + 1);
    const auto path_matches = [&](const syntax::Name& path) {
      return Matches(RegexOfGlob(path.text, GlobKind::kPath), PathText(subpath));
    };
    if (std::ranges::none_of(rule.paths, path_matches)) return false;
    const auto name_matches = [&](const NamePattern& pattern) {
      return MatchesName(pattern, rule.kind, call.name);
    };
    return std::ranges::any_of(rule.names, name_matches) &&
           std::ranges::none_of(rule.except, name_matches);
  }

  Context ContextOf(const Call& call, WorkspaceId home_ws) const {
    Context context;
    context.arguments = ParseJson(call.arguments.empty() ? "{}" : call.arguments);
    context.client = call.client;
    context.model = call.model;
    const model::Principal& principal = policy.principals[call.principal.index()];
    context.principal = principal.name;
    for (GroupId group : principal.groups) context.groups.push_back(policy.groups[group.index()]);
    context.tags = &policy.workspaces[home_ws.index()].tags;
    context.root = Root(home_ws);
    context.home = home;
    std::string rest;
    const ServerId id = ServerOf(call, &rest);
    if (id.valid() && policy.servers[id.index()].transport == plan::Transport::kStdio) {
      const std::string& cwd = policy.servers[id.index()].cwd;
      context.directory = cwd.empty()            ? call.directory
                          : cwd.starts_with('~') ? home + cwd.substr(1)
                                                 : cwd;
    }
    return context;
  }

  Truth When(RuleId id, const Context& context) const {
    const Rule& rule = Get(id);
    if (!rule.when.valid()) return Truth::kTrue;
    return EvaluateCondition(policy.conditions[rule.when.index()].expr, context);
  }

  bool SameOutcome(const Rule& a, const Rule& b) const {
    const auto require = [&](const Rule& rule) {
      return rule.require.valid() ? policy.conditions[rule.require.index()].text : std::string();
    };
    return a.effect == b.effect && a.scope == b.scope && require(a) == require(b) &&
           (a.effect != Effect::kApprove || a.approval == b.approval);
  }

  Outcome Decide(const Call& call) const {
    Outcome outcome;
    std::string rest;
    outcome.server = ServerOf(call, &rest);
    // 1. Home workspace.
    outcome.workspace = HomeOf(call.directory == "/" ? "" : call.directory);
    if (!outcome.workspace.valid()) {
      outcome.reason = Outcome::Reason::kNoWorkspace;
      return outcome;
    }
    if (!outcome.server.valid()) {
      outcome.reason = Outcome::Reason::kUnknownNamespace;
      return outcome;
    }
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    if (rest.empty() || std::ranges::any_of(rest, control)) {
      outcome.reason = Outcome::Reason::kUnknownName;
      return outcome;
    }
    // 2. Candidates.
    const std::vector<WorkspaceId> chain = policy.Chain(outcome.workspace);
    std::vector<RuleId> candidates;
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      if (Candidate(policy.rules[r], call, outcome.server, chain)) {
        candidates.push_back(RuleId(r));
      }
    }
    const Context context = ContextOf(call, outcome.workspace);
    // 3. Explicit denies always win.
    outcome.reason = Outcome::Reason::kRule;
    for (RuleId id : candidates) {
      if (Get(id).effect == Effect::kDeny && When(id, context) != Truth::kFalse) {
        outcome.rules.push_back(id);
      }
    }
    if (!outcome.rules.empty()) return outcome;
    // 4. The winner among the rest.
    std::vector<RuleId> left;
    for (RuleId id : candidates) {
      if (Get(id).effect != Effect::kDeny && When(id, context) == Truth::kTrue) left.push_back(id);
    }
    if (left.empty()) {
      outcome.reason = Outcome::Reason::kDefault;
      const bool allow = policy.workspaces[outcome.workspace.index()].default_allow;
      outcome.verdict = allow ? Outcome::Verdict::kAllow : Outcome::Verdict::kDeny;
      return outcome;
    }
    const auto distance = [&](RuleId id) {
      return std::ranges::find(chain, Get(id).workspace) - chain.begin();
    };
    const auto priority = [&](RuleId id) { return Get(id).priority; };
    KeepLeast(left, distance);
    KeepLeast(left, priority);
    const std::vector<RuleId> level = left;
    std::erase_if(left, [&](RuleId id) {
      return std::ranges::any_of(level, [&](RuleId other) { return StrictlyNarrower(other, id); });
    });
    KeepLeast(left, [&](RuleId id) { return Get(id).when.valid() ? 0 : 1; });
    outcome.rules = left;
    // 5. Level rules must agree.
    const Rule& winner = Get(left.front());
    for (RuleId id : left) {
      if (!SameOutcome(winner, Get(id))) {
        outcome.reason = Outcome::Reason::kAmbiguous;
        return outcome;
      }
    }
    // 6. Its requirement.
    if (winner.require.valid() && EvaluateCondition(policy.conditions[winner.require.index()].expr,
                                                    context) != Truth::kTrue) {
      outcome.reason = Outcome::Reason::kRequirementFailed;
      return outcome;
    }
    outcome.verdict =
        winner.effect == Effect::kAllow ? Outcome::Verdict::kAllow : Outcome::Verdict::kApprove;
    outcome.scope = winner.scope;
    return outcome;
  }

  template <typename Key>
  static void KeepLeast(std::vector<RuleId>& rules, Key key) {
    const auto least = key(*std::ranges::min_element(rules, {}, key));
    std::erase_if(rules, [&](RuleId id) { return key(id) != least; });
  }
};

Interpreter::Interpreter(const Policy& policy, std::string home)
    : impl_(new Impl{policy, std::move(home), {}, {}}) {}
Interpreter::~Interpreter() = default;

Outcome Interpreter::Decide(const Call& call) const { return impl_->Decide(call); }

Context Interpreter::ContextOf(const Call& call, WorkspaceId home) const {
  return impl_->ContextOf(call, home);
}

}  // namespace mcplexer::reference
