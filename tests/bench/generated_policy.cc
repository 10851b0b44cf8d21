// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/generated_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/base/check.h"

namespace mcplexer::bench {
namespace {

constexpr std::array<std::string_view, 10> kVerbs = {
    "get", "list", "search", "create", "update", "delete", "merge", "push", "read", "write"};
constexpr std::array<std::string_view, 24> kNouns = {
    "issue",   "issues",  "pull_request", "branch",   "file",    "files",     "comment", "commit",
    "release", "project", "user",         "team",     "table",   "row",       "query",   "schema",
    "message", "channel", "page",         "document", "invoice", "directory", "event",   "label"};
constexpr std::array<std::string_view, 6> kAreas = {"src",   "tests",  "docs",
                                                    "tools", "deploy", "migrations"};
// Directories that lie anywhere.
constexpr std::array<std::string_view, kMostFloating> kFloating = {
    "secrets", "keys", "build", "node_modules", "dist", "vendor", "generated", "migrations"};
constexpr std::array<std::string_view, 4> kOwners = {"acme", "example", "initech", "umbrella"};

template <size_t N>
std::string_view Pick(Random& random, const std::array<std::string_view, N>& from) {
  return from[random.Below(N)];
}

std::string ServerName(size_t server) { return fmt::format("srv{:02}", server); }

// One workspace in five lies at the top, the four after it in it, beside each other.
std::string RootOf(size_t workspace) {
  const std::string top = fmt::format("/srv/work/team{}", workspace / 5);
  return workspace % 5 == 0 ? top : fmt::format("{}/project{}", top, workspace);
}

// The rules of one workspace.
class Writer {
 public:
  Writer(Random& random, size_t servers, size_t floating, Words words)
      : random_(random), servers_(servers), floating_(floating), words_(words) {}

  std::string NextRule() {
    ++rules_;
    if (words_ == Words::kAll || rules_ % 3 != 0) return Rule();
    return fmt::format("{} for {}", Rule(), rules_ % 2 == 0 ? "agents" : "bob");
  }

 private:
  std::string Rule() {
    const size_t kind = random_.Below(100);
    if (kind < 40) return fmt::format("allow {}", Exact());
    if (kind < 55) return fmt::format("allow {}__{}_*", Server(), Pick(random_, kVerbs));
    if (kind < 60) return fmt::format("allow *__{}_*", kVerbs[random_.Below(3)]);
    if (kind < 70) return fmt::format("allow {} in \"{}\"", Prefix(), Directories());
    if (kind < 75 && words_ == Words::kCommon) {
      return fmt::format("allow {} priority {}", Prefix(), Own());
    }
    if (kind < 75) {
      return fmt::format("approve {} timeout {}m priority {}", Prefix(), 1 + random_.Below(9),
                         Own());
    }
    if (kind < 82) return fmt::format("allow {} using token priority {}", Exact(), Own());
    if (kind < 90) return fmt::format("deny {}", Exact());
    if (kind < 93) {
      return fmt::format("deny {} in \"{}\"", Prefix(), Directories());
    }
    return Conditional();
  }

  std::string Conditional() {
    const std::string_view guard = words_ == Words::kAll ? "require" : "when";
    switch (random_.Below(4)) {
      case 0:
        return fmt::format("allow {} {} arg.owner == \"{}\" priority {}", Prefix(), guard,
                           Pick(random_, kOwners), Own());
      case 1:
        return fmt::format(
            "allow {} {} arg.owner in [\"{}\", \"{}\"] and not (arg.branch like "
            "\"release/*\") "
            "priority {}",
            Prefix(), guard, Pick(random_, kOwners), Pick(random_, kOwners), Own());
      case 2:
        return fmt::format("allow {} when arg.limit <= {} priority {}", Prefix(),
                           10 + random_.Below(90), Own());
      default:
        return fmt::format("deny {} when {}", Exact(),
                           words_ == Words::kAll
                               ? "arg.branch? matches re\"(main|release/[0-9.]+)\""
                               : "arg.branch? == \"main\" or arg.branch? like \"release/*\"");
    }
  }

  std::string Server() { return ServerName(random_.Below(servers_)); }
  std::string Exact() {
    return fmt::format("{}__{}_{}", Server(), Pick(random_, kVerbs), Pick(random_, kNouns));
  }
  std::string Prefix() { return fmt::format("{}__{}_*", Server(), Pick(random_, kVerbs)); }
  // With floating directories, three in four are such.
  std::string Directories() {
    const std::string_view area = Pick(random_, kAreas);
    if (floating_ == 0 || ++directories_ % 4 == 0) return fmt::format("{}/**", area);
    return fmt::format("**/{}/**", kFloating[directories_ % floating_]);
  }
  // 100 is the default priority.
  int Own() { return ++priority_ == 100 ? ++priority_ : priority_; }

  Random& random_;
  const size_t servers_;
  const size_t floating_;
  const Words words_;
  size_t rules_ = 0;
  size_t directories_ = 0;
  int priority_ = 0;
};

}  // namespace

GeneratedPolicy GeneratePolicy(size_t rules, size_t floating, Words words) {
  MCPLEXER_CHECK(floating <= kMostFloating);
  Random random(rules);
  const size_t servers = rules <= 100 ? 4 : 40;
  const size_t workspaces = std::max<size_t>(1, rules / 50);
  GeneratedPolicy policy;
  policy.text =
      "secret key = env(\"BENCH_KEY\")\nscope token { type = env  set KEY = secret(key) }\n";
  if (words == Words::kCommon) {
    policy.text += "principal alice { groups = [agents] }\nprincipal bob { groups = [people] }\n";
  }
  for (size_t s = 0; s < servers; ++s) {
    policy.text += fmt::format("server {0} {{ command = [\"{0}\"] }}\n", ServerName(s));
    for (const std::string_view verb : kVerbs) {
      for (const std::string_view noun : kNouns) {
        policy.tools.push_back(fmt::format("{}__{}_{}", ServerName(s), verb, noun));
      }
    }
  }
  for (size_t w = 0; w < workspaces; ++w) {
    policy.roots.push_back(RootOf(w));
    policy.text += fmt::format("workspace w{} {{\n  root = \"{}\"\n", w, policy.roots.back());
    Writer writer(random, servers, floating, words);
    const size_t end = rules * (w + 1) / workspaces;
    for (size_t r = rules * w / workspaces; r < end; ++r) {
      policy.text += fmt::format("  {}\n", writer.NextRule());
    }
    policy.text += "}\n";
  }
  return policy;
}

std::string RandomDirectory(Random& random, const std::string& root) {
  switch (random.Below(3)) {
    case 0:
      return root;
    case 1:
      return fmt::format("{}/{}", root, Pick(random, kAreas));
    default:
      return fmt::format("{}/{}/part{}/deep", root, Pick(random, kAreas), random.Below(1000));
  }
}

std::string RandomArguments(Random& random, size_t bytes) {
  constexpr std::array<std::string_view, 4> kBranches = {"main", "release/1.2", "agent/fix",
                                                         "next"};
  std::string text =
      fmt::format(R"({{"owner":"{}","repo":"shop","branch":"{}","limit":{},"body":")",
                  Pick(random, kOwners), Pick(random, kBranches), random.Below(100));
  constexpr std::string_view kEnd = "\"}";
  MCPLEXER_CHECK(text.size() + kEnd.size() <= bytes);
  text.append(bytes - text.size() - kEnd.size(), 'x');
  return text += kEnd;
}

std::string WithoutSomeRules(const std::string& text) {
  std::string rest;
  size_t rules = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin) + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    // Rules, and only they, are indented by two and begin with what they do.
    const bool rule =
        line.starts_with("  allow") || line.starts_with("  approve") || line.starts_with("  deny");
    if (!rule || ++rules % 100 != 0) rest += line;
    begin = end;
  }
  return rest;
}

}  // namespace mcplexer::bench
