// SPDX-License-Identifier: Apache-2.0
//
// The original decides by the lowest priority number, and among equals by deny first; here a deny
// always wins. Two things keep the meaning where that differs: a deny of everything in a workspace
// is its default, and an allow with a lower number than a deny becomes an exception of that deny.
// What is left over is told.
#include "compiler/import/import_routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "compiler/import/names.h"
#include "compiler/import/plex_text.h"

namespace mcplexer::importer {
namespace {

using std::string_view;

constexpr int64_t kDefaultPriority = 100;

class RouteImport {
 public:
  RouteImport(Yaml& yaml, const YamlNames& names, const Check& check, Draft& draft)
      : yaml_(yaml), names_(names), check_(check), draft_(draft) {}

  void Run() {
    std::vector<Route> routes;
    for (const Value item : yaml_.Items("route_rules")) {
      if (auto route = ReadRule(item)) {
        route->order = routes.size();
        routes.push_back(std::move(*route));
      }
    }
    // By priority, and as they stand: what SpreadPriorities takes for the order.
    std::sort(routes.begin(), routes.end(), [](const Route& a, const Route& b) {
      return a.priority != b.priority ? a.priority < b.priority : a.order < b.order;
    });
    for (Route& route : routes) {
      if (route.rule.effect == "deny") Except(routes, route);
    }
    for (Route& route : routes) {
      Workspace& workspace = draft_.workspaces[route.workspace];
      if (route.everything) {
        workspace.allow_by_default = false;
        workspace.comments.push_back(
            fmt::format("A rule denied everything ({}): that is the default.", Ticked(route.id)));
        continue;
      }
      if (Fits(route)) workspace.rules.push_back(std::move(route.rule));
    }
  }

 private:
  // A rule on its way, with what the order of the original needs.
  struct Route {
    Rule rule;
    size_t workspace = 0;
    int64_t priority = kDefaultPriority;
    size_t order = 0;  // in the file
    std::string path;
    bool partial = false;     // its patterns alone do not say what it matches
    bool everything = false;  // a deny of all tools everywhere in its workspace
    uint32_t line = 0;
    std::string id;
  };

  void Except(const std::vector<Route>& routes, Route& deny) {
    for (const Route& other : routes) {
      if (other.workspace != deny.workspace || other.rule.effect == "deny" ||
          other.priority >= deny.priority || deny.everything) {
        continue;
      }
      if (other.partial || (other.path != deny.path && !other.path.empty())) {
        draft_.notes.push_back(
            {yaml_.file(), deny.line,
             fmt::format("deny {}: it now also wins over {}, which was tried before it",
                         Ticked(deny.id), Ticked(other.id)),
             false});
        continue;
      }
      for (const std::string& pattern : other.rule.patterns) {
        auto& except = deny.rule.except;
        if (std::find(except.begin(), except.end(), pattern) == except.end()) {
          except.push_back(pattern);
        }
      }
    }
  }

  bool Compiles(const Route& route, const Rule& rule) const {
    Draft probe = draft_;
    probe.workspaces = {draft_.workspaces[route.workspace]};
    probe.workspaces.front().rules = {rule};
    return check_(Write(probe)).empty();
  }

  // Whether the compiler takes the rule, or what is left of it without the patterns that no name of
  // the servers can match; told where not all of it stays. A deny is never made narrower than that:
  // without a path that can be one it holds in the whole workspace.
  bool Fits(Route& route) {
    Rule& rule = route.rule;
    if (Compiles(route, rule)) return true;
    const auto tell = [&](string_view what) {
      draft_.notes.push_back(
          {yaml_.file(), route.line, fmt::format("rule {}: {}", Ticked(route.id), what), false});
    };
    if (rule.effect == "deny") {
      rule.except.clear();
      std::erase_if(rule.clauses,
                    [](const std::string& clause) { return clause.starts_with("in "); });
      if (!route.path.empty() && Compiles(route, rule)) {
        tell("its path is none, and it holds in the whole workspace");
        return true;
      }
    }
    std::vector<std::string> patterns;
    for (const std::string& pattern : rule.patterns) {
      Rule one = rule;
      one.patterns = {pattern};
      if (Compiles(route, one)) patterns.push_back(pattern);
    }
    rule.patterns = patterns;
    if (!patterns.empty() && Compiles(route, rule)) {
      tell("patterns that match nothing the servers can have are left out");
      return true;
    }
    tell("left out: it matches nothing that the servers can have, or is no rule of a policy");
    return false;
  }

  std::optional<Route> ReadRule(Value item) {
    Route route;
    route.id = IdOf(item);
    route.line = item.line();
    const auto skip = [&](string_view why) {
      yaml_.Tell(item, fmt::format("rule {} is left out: {}", Ticked(route.id), why));
      return std::nullopt;
    };
    const auto name = names_.workspaces.find(Scalar(item.Find("workspace_id")));
    if (name == names_.workspaces.end()) return skip("it is of no workspace");
    for (size_t i = 0; i < draft_.workspaces.size(); ++i) {
      if (draft_.workspaces[i].name == name->second) route.workspace = i;
    }
    const std::string policy = Scalar(item.Find("policy"));
    if (policy != "allow" && policy != "deny" && policy != "approve" && !policy.empty()) {
      return skip("its policy is none");
    }
    Rule& rule = route.rule;
    rule.effect = policy.empty() ? "allow" : policy;
    if (rule.effect == "allow" && item.Find("requires_approval").is_true()) rule.effect = "approve";
    const bool deny = rule.effect == "deny";
    rule.patterns = Texts(item.Find("tool_match"));
    if (rule.patterns.empty()) rule.patterns = {"*"};
    route.path = Scalar(item.Find("path_glob"));
    if (route.path == "**") route.path.clear();
    route.priority = Number(item.Find("priority")).value_or(kDefaultPriority);
    if (const std::string via = Scalar(item.Find("downstream_server_id")); !via.empty()) {
      const auto server = names_.servers.find(via);
      if (server == names_.servers.end()) {
        if (!deny) return skip("its server is not declared");
        yaml_.Tell(item, fmt::format("deny {}: its server is not declared; it holds for all",
                                     Ticked(route.id)));
      } else {
        // Everything of one server is its namespace.
        for (std::string& pattern : rule.patterns) {
          if (pattern == "*") pattern = EscapedGlob(names_.spaces.at(via)) + "__*";
        }
        const bool own = std::all_of(rule.patterns.begin(), rule.patterns.end(),
                                     [&](const std::string& pattern) {
                                       return pattern.starts_with(names_.spaces.at(via) + "__");
                                     });
        route.partial = !own;
        if (!own) rule.clauses.push_back("via " + server->second);
      }
    }
    route.everything = deny && route.path.empty() && rule.clauses.empty() &&
                       rule.patterns == std::vector<std::string>{"*"};
    for (std::string& pattern : rule.patterns) {
      if (pattern == "*") pattern = "*__*";
    }
    if (!route.path.empty()) rule.clauses.push_back("in " + Quoted(route.path));
    if (!deny && !Grant(item, route)) return std::nullopt;
    if (!route.id.empty()) {
      rule.name = rule_names_.Take(NamespaceFor(route.id, "rule"));
    }
    yaml_.Others(item, {"id", "name", "priority", "workspace_id", "path_glob", "tool_match",
                        "downstream_server_id", "auth_scope_id", "policy", "log_level",
                        "requires_approval", "approval_timeout", "allowed_orgs", "allowed_repos"});
    return route;
  }

  // What an allow or approve has besides.
  bool Grant(Value item, Route& route) {
    Rule& rule = route.rule;
    if (const std::string scope = Scalar(item.Find("auth_scope_id")); !scope.empty()) {
      const auto at = names_.scopes.find(scope);
      if (at == names_.scopes.end()) {
        yaml_.Tell(item,
                   fmt::format("rule {} is left out: its scope is not declared", Ticked(route.id)));
        return false;
      }
      rule.scope = at->second;
    }
    const auto orgs = Texts(item.Find("allowed_orgs"));
    const auto repos = Texts(item.Find("allowed_repos"));
    std::vector<std::string> conditions;
    if (!orgs.empty()) conditions.push_back("arg.owner in " + ListOf(orgs));
    if (!repos.empty()) conditions.push_back(RepoCondition(repos));
    if (!conditions.empty()) {
      rule.clauses.push_back(fmt::format("require {}", fmt::join(conditions, " and ")));
    }
    if (route.priority != kDefaultPriority) {
      rule.clauses.push_back(fmt::format("priority {}", route.priority));
    }
    if (rule.effect == "approve") {
      const int64_t timeout = Number(item.Find("approval_timeout")).value_or(300);
      rule.clauses.push_back(fmt::format("timeout {}s", timeout > 0 ? timeout : 300));
    }
    const std::string level = Scalar(item.Find("log_level"));
    if (level == "debug" || level == "warn" || level == "error") {
      rule.clauses.push_back("log " + level);
    }
    return true;
  }

  // `site` is a repository of any owner, `acme/api` of one.
  static std::string RepoCondition(const std::vector<std::string>& repos) {
    std::vector<std::string> plain;
    std::vector<std::string> terms;
    for (const std::string& repo : repos) {
      const size_t slash = repo.find('/');
      if (slash == std::string::npos) {
        plain.push_back(repo);
      } else {
        terms.push_back(fmt::format("arg.owner == {} and arg.repo == {}",
                                    Quoted(repo.substr(0, slash)), Quoted(repo.substr(slash + 1))));
      }
    }
    if (!plain.empty()) terms.insert(terms.begin(), "arg.repo in " + ListOf(plain));
    return terms.size() == 1 ? terms.front() : fmt::format("({})", fmt::join(terms, " or "));
  }

  Yaml& yaml_;
  const YamlNames& names_;
  const Check& check_;
  Draft& draft_;
  UniqueNames rule_names_;
};

}  // namespace

void ImportRoutes(Yaml& yaml, const YamlNames& names, const Check& check, Draft& draft) {
  RouteImport(yaml, names, check, draft).Run();
}

void SpreadPriorities(Draft& draft) {
  for (Workspace& workspace : draft.workspaces) {
    int64_t next = 1;
    for (Rule& rule : workspace.rules) {
      if (rule.effect == "deny") continue;
      std::erase_if(rule.clauses,
                    [](const std::string& clause) { return clause.starts_with("priority "); });
      rule.clauses.push_back(fmt::format("priority {}", next++));
    }
  }
}

}  // namespace mcplexer::importer
