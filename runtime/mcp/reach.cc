// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/reach.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/decide/automaton.h"
#include "runtime/decide/paths.h"

namespace mcplexer::mcp {
namespace {

using plan::Slice;

// What follows a root in a directory that it contains, in normal form (paths.h): path automata say
// nothing of any other.
std::string_view SubpathOf(std::string_view directory, std::string_view root) {
  if (root == "/") root = {};
  directory.remove_prefix(std::min(root.size(), directory.size()));
  if (!directory.empty() && directory.front() == '/') directory.remove_prefix(1);
  return directory;
}

// The name sets that hold some name that the server may have, ascending.
struct ServerNames {
  uint32_t server;
  std::vector<uint32_t> sets;
};

ServerNames NamesOf(const plan::Tables& t, uint32_t server, plan::Range automata) {
  ServerNames names{server, {}};
  for (const plan::AutomatonRecord& automaton : Slice(t.automata, automata)) {
    for (const plan::ClassRecord& record : Slice(t.classes, automaton.classes)) {
      const auto of_class = Slice(t.class_sets, record.sets);
      names.sets.insert(names.sets.end(), of_class.begin(), of_class.end());
    }
  }
  std::sort(names.sets.begin(), names.sets.end());
  names.sets.erase(std::unique(names.sets.begin(), names.sets.end()), names.sets.end());
  return names;
}

// Of the servers that some rule of the kind is about.
std::vector<ServerNames> NamesOfAll(const plan::Tables& t, plan::CallKind kind) {
  std::vector<ServerNames> all;
  const auto add = [&](ServerNames names) {
    if (!names.sets.empty()) all.push_back(std::move(names));
  };
  if (kind == plan::CallKind::kResource) {
    for (size_t s = 0; s < t.servers.size(); ++s) {
      add(NamesOf(t, static_cast<uint32_t>(s), t.servers[s].resource_automata));
    }
    return all;
  }
  for (const plan::NamespaceRecord& name_space : t.namespaces) {
    const bool tools = kind == plan::CallKind::kTool;
    add(NamesOf(t, name_space.server,
                tools ? name_space.tool_automata : name_space.prompt_automata));
  }
  return all;
}

bool HoldsPrincipal(const plan::Tables& t, uint32_t set, PrincipalId principal) {
  const size_t words = (t.principals.size() + 31) / 32;
  const uint32_t word = t.principal_sets[set * words + principal.index() / 32];
  return ((word >> (principal.index() % 32)) & 1) != 0;
}

// The best rule so far for each server; those of a nearer workspace are never replaced.
class Reach {
 public:
  Reach(const plan::Tables& tables, plan::CallKind kind)
      : t_(tables), kind_(kind), names_(NamesOfAll(tables, kind)), best_(tables.servers.size()) {}

  void AddBucket(const plan::BucketRecord& bucket) {
    for (const plan::EntryRecord& entry : Slice(t_.entries, bucket.entries)) {
      for (const ServerNames& names : names_) {
        if (!std::binary_search(names.sets.begin(), names.sets.end(), entry.name_set)) continue;
        AddRule(names.server, entry.rule);
      }
    }
  }

  void EndWorkspace() {
    for (Best& best : best_) best.final = best.rule.has_value();
  }

  void AddAll() {
    for (Best& best : best_) best.by_default = true;
  }

  std::vector<Target> Targets() const {
    std::vector<Target> targets;
    for (size_t s = 0; s < best_.size(); ++s) {
      if (best_[s].rule) {
        targets.push_back({ServerId(s), ScopeId(t_.outcome(t_.rules[*best_[s].rule]).scope)});
      } else if (best_[s].by_default) {
        targets.push_back({ServerId(s), ScopeId()});
      }
    }
    return targets;
  }

 private:
  struct Best {
    std::optional<uint32_t> rule;
    bool final = false;
    bool by_default = false;
  };

  void AddRule(uint32_t server, uint32_t rule) {
    const plan::RuleRecord& record = t_.rules[rule];
    const plan::OutcomeRecord& outcome = t_.outcome(record);
    if (outcome.effect == plan::Effect::kDeny || outcome.kind != kind_) return;
    Best& best = best_[server];
    if (best.final) return;
    if (!best.rule || record.order < t_.rules[*best.rule].order) best.rule = rule;
  }

  const plan::Tables& t_;
  const plan::CallKind kind_;
  const std::vector<ServerNames> names_;
  std::vector<Best> best_;  // by server
};

}  // namespace

std::vector<Target> ReachableServers(const decide::Engine& engine, const decide::Session& session,
                                     plan::CallKind kind) {
  if (!session.workspace().valid()) return {};
  std::string directory;
  if (!decide::NormalizePath("", session.directory(), directory)) return {};
  const plan::Tables& t = engine.plan().tables();
  Reach reach(t, kind);
  const uint32_t home = session.workspace().value;
  for (uint32_t w = home; w != plan::kNone; w = t.workspaces[w].parent) {
    const plan::WorkspaceRecord& workspace = t.workspaces[w];
    const std::string_view subpath = SubpathOf(directory, engine.root(WorkspaceId(w)));
    for (const plan::AutomatonRecord& automaton : Slice(t.automata, workspace.path_automata)) {
      for (const uint32_t path_set : decide::SetsOf(automaton, subpath, t)) {
        for (const plan::BucketRecord& bucket : Slice(t.buckets, workspace.buckets)) {
          if (bucket.path_set == path_set &&
              HoldsPrincipal(t, bucket.principal_set, session.principal())) {
            reach.AddBucket(bucket);
          }
        }
      }
    }
    reach.EndWorkspace();
  }
  if (t.workspaces[home].default_allow != 0) reach.AddAll();
  return reach.Targets();
}

}  // namespace mcplexer::mcp
