// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/read_route.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/import/plex_text.h"
#include "compiler/import/route_paths.h"

namespace mcplexer::importer {
namespace {

using std::string_view;

constexpr int64_t kLongestTimeout = 2'592'000;  // 30 days, in seconds

// One text or a list of texts, as the original takes it; anything else it does not take.
bool IsListOfTexts(Value value) {
  if (value.is_map()) return false;
  const auto children = value.Children();
  return std::all_of(children.begin(), children.end(), [](Value each) { return each.is_text(); });
}

}  // namespace

Rule WrittenRule(const Route& route) {
  Rule rule = route.rule;
  for (const ToolNames& names : route.names) rule.patterns.push_back(GlobOf(names));
  for (const ToolNames& names : route.except) rule.except.push_back(GlobOf(names));
  if (!IsEverywhere(route.globs)) {
    std::vector<std::string> paths;
    for (const std::string& glob : route.globs) paths.push_back(Quoted(glob));
    rule.clauses.insert(rule.clauses.begin(), fmt::format("in {}", fmt::join(paths, ", ")));
  }
  return rule;
}

void RouteReader::Tell(const Route& route, string_view text) {
  draft_.notes.push_back(
      {yaml_.file(), route.line, fmt::format("rule {}: {}", Ticked(route.id), text), false});
}

std::optional<Route> RouteReader::Read(Value item) {
  Route route;
  route.id = IdOf(item);
  route.line = item.line();
  const auto skip = [&](string_view why) {
    yaml_.Tell(item, fmt::format("rule {} is left out: {}", Ticked(route.id), why));
    return std::nullopt;
  };
  const std::string workspace = Scalar(item.Find("workspace_id"));
  const auto name = names_.workspaces.find(workspace);
  if (name == names_.workspaces.end()) return skip("it is of no workspace");
  for (size_t i = 0; i < draft_.workspaces.size(); ++i) {
    if (draft_.workspaces[i].name == name->second) route.workspace = i;
  }
  if (const auto rank = names_.ranks.find(workspace); rank != names_.ranks.end()) {
    route.rank = rank->second;
  }
  route.priority = Number(item.Find("priority")).value_or(0);
  const std::string path = Scalar(item.Find("path_glob"));
  route.globs = PathGlobs(path);
  route.path_specificity = PathSpecificity(path);
  if (route.globs.empty()) return skip("its `path_glob` matches no directory");

  const std::string policy = Scalar(item.Find("policy"));
  std::string refused;
  route.rule.effect = policy.empty() ? "allow" : policy;
  if (policy != "allow" && policy != "deny" && policy != "approve" && !policy.empty()) {
    refused = "its policy is none";
    route.rule.effect = "deny";
  }
  if (!ReadNames(item, route, refused)) return skip("it matches nothing that the servers can have");
  if (refused.empty() && !route.denies()) refused = Grant(item, route);
  if (!refused.empty()) {
    Refuse(route);
    Tell(route, fmt::format("{}, so it denies what it matches", refused));
  }
  if (!route.id.empty()) {
    route.rule.name = rule_names_.Take(NamespaceFor(route.id, "rule"));
  }
  yaml_.Others(item,
               {"id", "name", "priority", "workspace_id", "path_glob", "tool_match",
                "downstream_server_id", "auth_scope_id", "policy", "log_level", "requires_approval",
                "approval_mode", "approval_timeout", "allowed_orgs", "allowed_repos", "source"});
  Fit(route);
  if (path.empty()) pathless_.push_back(route.id);
  return route;
}

void RouteReader::Refuse(Route& route) {
  route.rule.effect = "deny";
  route.rule.scope.clear();
  route.rule.clauses.clear();
}

// False where no tool matches.
bool RouteReader::ReadNames(Value item, Route& route, std::string& refused) {
  const Value match = item.Find("tool_match");
  std::vector<ToolNames> there;
  if (IsListOfTexts(match)) {
    for (const std::string& pattern : Texts(match)) there.push_back(ReadToolMatch(pattern));
  } else {
    refused = "its `tool_match` is no list of texts";
  }
  if (there.empty()) there.push_back(ReadToolMatch("*"));
  for (const ToolNames& names : there) {
    route.tool_specificity = std::max(route.tool_specificity, SpecificityOf(names));
  }
  const std::string via = Scalar(item.Find("downstream_server_id"));
  const auto guard = names_.spaces.find(via);
  if (via.empty()) {
    if (!route.denies() && refused.empty()) refused = "it has no server";
  } else if (guard == names_.spaces.end()) {
    if (refused.empty()) refused = "its server is not declared";
  }
  const bool renamed =
      std::any_of(names_.spaces.begin(), names_.spaces.end(), [](const auto& entry) {
        const Space& space = entry.second;
        return !space.here.empty() && space.here != space.there;
      });
  for (const ToolNames& names : there) {
    bool matched = false;
    for (const auto& [id, space] : names_.spaces) {
      if (guard != names_.spaces.end() && guard->first != id) continue;
      const auto here = NamesHere(names, space);
      if (!here) continue;
      matched = true;
      if (renamed || guard != names_.spaces.end()) AddTo(route.names, *here);
    }
    // Of any server, and they are called as they were: as it is written.
    if (matched && !renamed && guard == names_.spaces.end()) AddTo(route.names, names);
  }
  return !route.names.empty();
}

std::string RouteReader::Grant(Value item, Route& route) {
  if (const std::string scope = Scalar(item.Find("auth_scope_id")); !scope.empty()) {
    const auto at = names_.scopes.find(scope);
    if (at == names_.scopes.end()) return "its scope is not declared";
    route.rule.scope = at->second;
  }
  if (std::string refused = ReadLists(item, route); !refused.empty()) return refused;
  ReadApproval(item, route);
  const std::string level = Scalar(item.Find("log_level"));
  if (level == "debug" || level == "warn" || level == "error") {
    route.rule.clauses.push_back("log " + level);
  }
  return {};
}

// A repository passes if it is listed, or its owner is.
std::string RouteReader::ReadLists(Value item, Route& route) {
  const auto orgs = Texts(item.Find("allowed_orgs"));
  const auto repos = Texts(item.Find("allowed_repos"));
  if (orgs.empty() && repos.empty()) return {};
  std::vector<std::string> terms;
  std::vector<std::string> others;
  if (!orgs.empty()) terms.push_back("arg.owner in " + ListOf(orgs));
  for (const std::string& repo : repos) {
    const size_t slash = repo.find('/');
    if (slash == 0 || slash >= repo.size() - 1 || slash != repo.rfind('/')) {
      others.push_back(Ticked(repo));
      continue;
    }
    terms.push_back(fmt::format("arg.owner == {} and arg.repo == {}", Quoted(repo.substr(0, slash)),
                                Quoted(repo.substr(slash + 1))));
  }
  if (!others.empty()) {
    Tell(route, fmt::format("not carried of `allowed_repos`, as they are not of the form "
                            "`OWNER/REPOSITORY`: {}",
                            fmt::join(others, ", ")));
  }
  if (terms.empty()) return "nothing is left of its `allowed_repos`";
  route.rule.clauses.push_back(fmt::format("require {}", fmt::join(terms, " or ")));
  Tell(route,
       "its `allowed_orgs` and `allowed_repos` are about the arguments `owner` and `repo`, letter "
       "for letter, and calls without them are denied; the original looks for repositories in all "
       "arguments, and only of tools `github__*`");
  return {};
}

void RouteReader::ReadApproval(Value item, Route& route) {
  const Value asks = item.Find("requires_approval");
  const bool asked = asks.kind() != Kind::kNull && !asks.is_false();
  const std::string mode = Scalar(item.Find("approval_mode"));
  if (asked || (!mode.empty() && mode != "none")) route.rule.effect = "approve";
  if (route.rule.effect != "approve") return;
  if (!asked && mode == "write") {
    Tell(route,
         "the original asks for tools only that do not say they are read-only; here a "
         "person is asked for all of them");
  }
  const int64_t timeout = Number(item.Find("approval_timeout")).value_or(0);
  route.rule.clauses.push_back(
      fmt::format("timeout {}s", timeout > 0 ? std::min(timeout, kLongestTimeout) : 300));
}

bool RouteReader::Compiles(const Route& route) const {
  Draft probe = draft_;
  probe.workspaces = {draft_.workspaces[route.workspace]};
  probe.workspaces.front().rules = {WrittenRule(route)};
  return check_(Write(probe)).empty();
}

// What the compiler does not take, such as a pattern past its limits, becomes a deny, and as wide a
// one as it does take.
void RouteReader::Fit(Route& route) {
  if (Compiles(route)) return;
  if (!route.denies()) {
    Refuse(route);
    Tell(route, "a policy cannot have it, so it denies what it matches");
    if (Compiles(route)) return;
  }
  route.globs = {"**"};
  Tell(route, "a policy cannot have its path or its patterns, so it denies more");
  if (!Compiles(route)) route.names = {ReadToolMatch("*")};
}

}  // namespace mcplexer::importer
