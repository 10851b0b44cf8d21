// SPDX-License-Identifier: Apache-2.0
// Imported route rules against what they meant. The original is simulated step by step as
// docs/import.md tells it, with nothing of the importer. The import must not let through what the
// original does not, nor with other credentials or without a person's approval; and where it lets
// through less, a note has to name a rule that is involved.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "compiler/reference/interpreter.h"
#include "tests/import/cases.h"
#include "tests/reference/compile_text.h"

namespace mcplexer {
namespace {

using std::string_view;

struct Server {
  std::string id;
  std::string name_space;
  std::string here;  // the namespace that it gets
};

const std::vector<Server>& Servers() {
  static const std::vector<Server> servers = {
      {"hub", "github", "github"}, {"db", "db", "db"}, {"odd", "my.db", "my_db"}};
  return servers;
}

struct Place {
  std::string id;
  std::string root;
};

struct Route {
  std::string id;
  size_t place = 0;
  std::vector<std::string> patterns;  // none: the key is left out, as with the others
  std::optional<std::string> path;
  std::string policy = "allow";  // allow, deny
  std::optional<int> priority;
  std::string server;
  std::string scope;
  std::string approval;  // none, write, all
  std::vector<std::string> orgs;
  std::vector<std::string> repos;
};

struct Original {
  std::vector<Place> places;
  std::vector<Route> routes;
};

struct Call {
  std::string directory;
  std::string name;   // as the original calls it
  std::string owner;  // empty: the arguments have none
  std::string repo;
};

// ---- The original.

std::vector<std::string> Split(string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool SegmentsMatch(const std::vector<std::string>& pattern, size_t p,
                   const std::vector<std::string>& path, size_t at) {
  if (p == pattern.size()) return at == path.size();
  if (pattern[p] == "**") {
    for (size_t skip = at; skip <= path.size(); ++skip) {
      if (SegmentsMatch(pattern, p + 1, path, skip)) return true;
    }
    return false;
  }
  if (at == path.size()) return false;
  if (pattern[p] != "*" && pattern[p] != path[at]) return false;
  return SegmentsMatch(pattern, p + 1, path, at + 1);
}

int PathScore(string_view pattern) {
  int score = 0;
  for (const std::string& part : Split(pattern)) score += part == "**" ? 0 : part == "*" ? 1 : 10;
  return score;
}

std::vector<std::string> PatternsOf(const Route& route) {
  return route.patterns.empty() ? std::vector<std::string>{"*"} : route.patterns;
}

int ToolScore(const Route& route) {
  int score = 0;
  for (const std::string& pattern : PatternsOf(route)) {
    score = std::max(score, pattern == "*" ? 0 : pattern.ends_with('*') ? 1 : 2);
  }
  return score;
}

bool ToolMatches(const Route& route, string_view name) {
  for (const std::string& pattern : PatternsOf(route)) {
    if (pattern.ends_with('*')) {
      if (name.starts_with(string_view(pattern).substr(0, pattern.size() - 1))) return true;
    } else if (name == pattern) {
      return true;
    }
  }
  return false;
}

const Server* ServerOf(const Route& route) {
  for (const Server& server : Servers()) {
    if (server.id == route.server) return &server;
  }
  return nullptr;
}

// The directory below the root, or nothing when it is not there.
std::optional<std::string> Below(string_view directory, string_view root) {
  if (root == "/") return std::string(directory.substr(1));
  if (directory == root) return "";
  const std::string prefix = std::string(root) + "/";
  if (!directory.starts_with(prefix)) return std::nullopt;
  return std::string(directory.substr(prefix.size()));
}

struct Verdict {
  int permits = 0;  // 0 deny, 1 approve, 2 allow
  std::string scope;
  std::string rule;
  bool listed = false;  // the rule has lists of organisations or repositories
};

Verdict Simulate(const Original& original, const Call& call) {
  std::vector<size_t> chain;
  for (size_t p = 0; p < original.places.size(); ++p) {
    if (Below(call.directory, original.places[p].root)) chain.push_back(p);
  }
  std::sort(chain.begin(), chain.end(), [&](size_t a, size_t b) {
    return original.places[a].root.size() > original.places[b].root.size();
  });
  for (const size_t place : chain) {
    std::vector<const Route*> rules;
    for (const Route& route : original.routes) {
      if (route.place == place) rules.push_back(&route);
    }
    std::stable_sort(rules.begin(), rules.end(), [](const Route* a, const Route* b) {
      const auto key = [](const Route& route) {
        return std::tuple(-PathScore(route.path.value_or("")), -ToolScore(route),
                          -route.priority.value_or(0), route.id);
      };
      return key(*a) < key(*b);
    });
    const auto path = Split(*Below(call.directory, original.places[place].root));
    for (const Route* rule : rules) {
      if (!SegmentsMatch(Split(rule->path.value_or("")), 0, path, 0)) continue;
      if (!ToolMatches(*rule, call.name)) continue;
      const Server* server = ServerOf(*rule);
      if (server != nullptr && !call.name.starts_with(server->name_space + "__")) continue;
      Verdict verdict{0, "", rule->id, !rule->orgs.empty() || !rule->repos.empty()};
      if (rule->policy == "deny" || server == nullptr) return verdict;
      const bool targets = call.name.starts_with("github__") && verdict.listed &&
                           !call.owner.empty() && !call.repo.empty();
      const auto holds = [](const std::vector<std::string>& list, const std::string& text) {
        return std::find(list.begin(), list.end(), text) != list.end();
      };
      if (targets && !holds(rule->repos, call.owner + "/" + call.repo) &&
          !holds(rule->orgs, call.owner)) {
        return verdict;
      }
      verdict.permits = rule->approval == "none" ? 2 : 1;
      verdict.scope = rule->scope;
      return verdict;
    }
  }
  return {};
}

// ---- The import.

std::string ListText(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts)
    out += fmt::format("{}\"{}\"", out.empty() ? "" : ", ", text);
  return "[" + out + "]";
}

std::string YamlOf(const Original& original) {
  std::string yaml = "auth_scopes: [{id: a, type: env}, {id: b, type: env}]\ndownstream_servers:\n";
  for (const Server& server : Servers()) {
    yaml += fmt::format("  - {{id: {}, command: x, tool_namespace: {}}}\n", server.id,
                        server.name_space);
  }
  yaml += "workspaces:\n";
  for (const Place& place : original.places) {
    yaml += fmt::format("  - {{id: {}, root_path: {}}}\n", place.id, place.root);
  }
  yaml += "route_rules:\n";
  for (const Route& route : original.routes) {
    yaml += fmt::format("  - {{id: {}, workspace_id: {}, policy: {}", route.id,
                        original.places[route.place].id, route.policy);
    if (!route.patterns.empty()) yaml += ", tool_match: " + ListText(route.patterns);
    if (route.path) yaml += fmt::format(", path_glob: \"{}\"", *route.path);
    if (route.priority) yaml += fmt::format(", priority: {}", *route.priority);
    if (!route.server.empty()) yaml += ", downstream_server_id: " + route.server;
    if (!route.scope.empty()) yaml += ", auth_scope_id: " + route.scope;
    if (route.approval != "none") yaml += ", approval_mode: " + route.approval;
    if (!route.orgs.empty()) yaml += ", allowed_orgs: " + ListText(route.orgs);
    if (!route.repos.empty()) yaml += ", allowed_repos: " + ListText(route.repos);
    yaml += "}\n";
  }
  return yaml;
}

std::string NameHere(const std::string& name) {
  for (const Server& server : Servers()) {
    if (name.starts_with(server.name_space + "__")) {
      return server.here + name.substr(server.name_space.size());
    }
  }
  return name;
}

std::vector<Call> Calls() {
  std::vector<Call> calls;
  for (const char* directory :
       {"/", "/docs", "/docs/a", "/v", "/w", "/w/docs", "/w/docs/a", "/w/x/docs", "/w/in",
        "/w/in/docs", "/w/in/docs/a/b", "/w/docs/deep", "/w/docs/deep/a", "/w/a*"}) {
    for (const char* name : {"github__get_a", "github__get_b", "github__get_?", "github__delete",
                             "db__query", "db__get_a", "my.db__read"}) {
      for (const auto& [owner, repo] : {std::pair("", ""), std::pair("acme", "api"),
                                        std::pair("evil", "site"), std::pair("evil", "api")}) {
        calls.push_back({directory, name, owner, repo});
      }
    }
  }
  return calls;
}

struct Difference {
  size_t looser = 0;
  size_t tighter = 0;  // but for what lists do
  size_t lists = 0;    // tighter, where lists take part
  size_t untold = 0;   // of the tighter ones
  std::string first;
};

Difference Compare(const Original& original) {
  Difference difference;
  const std::string yaml = YamlOf(original);
  const auto imported = importer::Import({{"/x/mcplexer.yaml", "m.yaml", yaml}}, TestOptions());
  EXPECT_TRUE(imported.has_value()) << imported.error().message << "\n" << yaml;
  if (!imported) return difference;
  const auto compilation = testing::CompileText(imported->policy);
  EXPECT_FALSE(compilation->plan.empty()) << imported->policy;
  const model::Policy& policy = compilation->policy;
  const reference::Interpreter interpreter(policy, std::string(kHome));
  static const std::vector<Call> calls = Calls();
  for (const Call& call : calls) {
    const Verdict there = Simulate(original, call);
    reference::Call asked;
    asked.directory = call.directory;
    asked.name = NameHere(call.name);
    asked.principal = PrincipalId(0U);
    asked.arguments = call.owner.empty()
                          ? std::string("{}")
                          : fmt::format(R"({{"owner":"{}","repo":"{}"}})", call.owner, call.repo);
    const reference::Outcome outcome = interpreter.Decide(asked);
    const int here = outcome.verdict == reference::Outcome::Verdict::kAllow     ? 2
                     : outcome.verdict == reference::Outcome::Verdict::kApprove ? 1
                                                                                : 0;
    const std::string scope =
        outcome.scope.valid() ? policy.scopes[outcome.scope.index()].name : std::string();
    if (here == there.permits && (here == 0 || scope == there.scope)) continue;
    bool told = false;
    for (const importer::Note& note : imported->notes) {
      told = told ||
             (!there.rule.empty() && note.text.find("`" + there.rule + "`") != std::string::npos);
    }
    const bool looser = here >= there.permits;  // or with other credentials
    ++(looser ? difference.looser : there.listed ? difference.lists : difference.tighter);
    if (!looser && !told) ++difference.untold;
    if (difference.first.empty() && (looser || !told)) {
      difference.first =
          fmt::format("{} in {} of {}/{}: {} with `{}` there ({}), {} with `{}` here\n{}\n{}",
                      call.name, call.directory, call.owner, call.repo, there.permits, there.scope,
                      there.rule, here, scope, yaml, imported->policy);
    }
  }
  return difference;
}

class RandomPolicy {
 public:
  explicit RandomPolicy(uint32_t seed) : random_(seed) {}

  Original Make() {
    Original original;
    for (const char* root : {"/", "/w", "/w/in", "/w/docs"}) {
      if (string_view(root) != "/w" && OneIn(2)) continue;
      original.places.push_back({fmt::format("p{}", original.places.size()), root});
    }
    std::shuffle(original.places.begin(), original.places.end(), random_);
    std::vector<std::string> ids = {"r1", "r2", "r3", "r4", "r5", "r6", "r7"};
    std::shuffle(ids.begin(), ids.end(), random_);
    const size_t count = 1 + Below(ids.size());
    for (size_t i = 0; i < count; ++i) original.routes.push_back(MakeRoute(original, ids[i]));
    return original;
  }

 private:
  size_t Below(size_t limit) { return static_cast<size_t>(random_()) % limit; }
  bool OneIn(size_t count) { return Below(count) == 0; }

  template <typename List>
  std::string Pick(const List& list) {
    return list[Below(std::size(list))];
  }

  Route MakeRoute(const Original& original, const std::string& id) {
    static constexpr const char* kPatterns[] = {"*",
                                                "*",
                                                "*",
                                                "github__*",
                                                "github__*",
                                                "db__*",
                                                "gith*",
                                                "github__g*",
                                                "github__get_*",
                                                "github__get_a",
                                                "github__delete",
                                                "db__query",
                                                "my.db__*",
                                                "my*",
                                                "my.db__read",
                                                "github__get_?",
                                                "*get_*",
                                                "nothing__*"};
    static constexpr const char* kPaths[] = {"**",      "**",   "**",          "**",    "docs/**",
                                             "docs/**", "docs", "*",           "*/**",  "**/docs",
                                             "docs/*",  "a*",   "docs/a/**",   "/docs", "",
                                             "in/**",   "**/a", "docs/deep/**"};
    static constexpr const char* kServers[] = {"hub", "hub", "hub", "db", "odd"};
    Route route;
    route.id = id;
    route.place = Below(original.places.size());
    const size_t patterns = OneIn(8) ? 0 : OneIn(3) ? 2 + Below(2) : 1;
    for (size_t i = 0; i < patterns; ++i) route.patterns.push_back(Pick(kPatterns));
    if (!OneIn(12)) route.path = Pick(kPaths);
    if (!OneIn(5)) route.priority = static_cast<int>(Below(3)) * 50;
    route.approval = "none";
    if (OneIn(2)) {
      route.policy = "deny";
      if (OneIn(6)) route.server = Pick(kServers);
      return route;
    }
    if (!OneIn(25)) route.server = Pick(kServers);
    if (OneIn(3)) route.scope = OneIn(2) ? "a" : "b";
    if (OneIn(4)) route.approval = OneIn(2) ? "all" : "write";
    if (OneIn(10)) route.orgs = {"acme"};
    if (OneIn(10)) route.repos = {"evil/site"};
    return route;
  }

  std::mt19937 random_;
};

Route Rule(std::string id, std::string policy, std::string pattern, std::string path,
           int priority = 0) {
  Route route;
  route.id = std::move(id);
  route.policy = std::move(policy);
  route.patterns = {std::move(pattern)};
  route.path = std::move(path);
  route.priority = priority;
  route.approval = "none";
  if (route.policy == "allow") route.server = "hub";
  return route;
}

void ExpectSame(const Original& original) {
  const Difference difference = Compare(original);
  EXPECT_EQ(difference.looser, 0U) << difference.first;
  EXPECT_EQ(difference.tighter, 0U) << difference.first << YamlOf(original);
}

TEST(ImportRoutesTest, TheHigherPriorityNumberComesFirst) {
  ExpectSame({{{"w", "/w"}},
              {Rule("allows", "allow", "github__get_*", "**", 100),
               Rule("denies", "deny", "github__g*", "**", 50)}});
  ExpectSame({{{"w", "/w"}},
              {Rule("allows", "allow", "github__get_*", "**", 50),
               Rule("denies", "deny", "github__g*", "**", 100)}});
}

TEST(ImportRoutesTest, TheMoreSpecificToolComesBeforePriority) {
  ExpectSame(
      {{{"w", "/w"}},
       {Rule("one", "allow", "github__get_a", "**", 0),
        Rule("denies", "deny", "github__get_*", "**", 1000), Rule("rest", "allow", "*", "**", 0)}});
}

TEST(ImportRoutesTest, TheMoreSpecificPathComesFirst) {
  ExpectSame({{{"w", "/w"}},
              {Rule("deep", "allow", "github__*", "docs/deep/**", 0),
               Rule("denies", "deny", "github__get_a", "docs/**", 1000)}});
}

TEST(ImportRoutesTest, ADenyOfEverythingBehindAllowsIsTheDefault) {
  ExpectSame({{{"o", "/"}, {"w", "/w"}},
              {Rule("reads", "allow", "github__get_*", "**", 0),
               Rule("lockdown", "deny", "*", "**", 100)}});
}

TEST(ImportRoutesTest, ADenyOfEverythingHoldsAgainstOuterAllows) {
  Original original{{{"o", "/"}, {"w", "/w"}},
                    {Rule("all", "allow", "*", "**"), Rule("reads", "allow", "github__get_*", "**"),
                     Rule("lockdown", "deny", "*", "**")}};
  original.routes[1].place = 1;
  original.routes[2].place = 1;
  ExpectSame(original);
}

TEST(ImportRoutesTest, AStarIsTheRootAndTheDirectoriesInIt) {
  ExpectSame({{{"w", "/w"}}, {Rule("near", "allow", "*", "*")}});
  ExpectSame({{{"w", "/w"}}, {Rule("root", "allow", "*", "")}});
  ExpectSame({{{"w", "/w"}}, {Rule("any", "allow", "*", "*/**")}});
  ExpectSame({{{"w", "/w"}}, {Rule("letters", "allow", "*", "a*")}});
}

TEST(ImportRoutesTest, WhatCannotBeSaidIsDeniedAndTold) {
  // Within `docs` the allow comes first, and outside of it the deny keeps the outer allow off.
  Original original{{{"o", "/"}, {"w", "/w"}},
                    {Rule("outer", "allow", "*", "**"), Rule("docs", "allow", "*", "docs/**"),
                     Rule("denies", "deny", "github__get_*", "**")}};
  original.routes[1].place = 1;
  original.routes[2].place = 1;
  const Difference difference = Compare(original);
  EXPECT_EQ(difference.looser, 0U) << difference.first;
  EXPECT_GT(difference.tighter, 0U);
  EXPECT_EQ(difference.untold, 0U) << difference.first;
}

// MCPLEXER_ROUNDS for more of them.
TEST(ImportRoutesTest, RandomRulesAreNeverLooserAndTighterOnlyWithANote) {
  const char* rounds_text = std::getenv("MCPLEXER_ROUNDS");
  const int rounds = rounds_text == nullptr ? 120 : std::atoi(rounds_text);
  RandomPolicy random(20260112);
  int tighter = 0;
  int lists = 0;
  for (int round = 0; round < rounds; ++round) {
    const Difference difference = Compare(random.Make());
    ASSERT_EQ(difference.looser, 0U) << "round " << round << ": " << difference.first;
    ASSERT_EQ(difference.untold, 0U) << "round " << round << ": " << difference.first;
    if (difference.tighter != 0) ++tighter;
    if (difference.lists != 0) ++lists;
  }
  RecordProperty("tighter", tighter);
  RecordProperty("lists", lists);
  // Most keep their meaning.
  EXPECT_LT(tighter, rounds / 10) << "of " << rounds;
}

}  // namespace
}  // namespace mcplexer
