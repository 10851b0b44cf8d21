// SPDX-License-Identifier: Apache-2.0
// What Compare says of two random small policies equals what trying all calls on both says.
// MCPLEXER_ROUNDS=10000 tries that many pairs.
#include "compiler/analysis/difference.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/unit/analysis/small_world.h"
#include "tests/unit/analysis/tried_pair.h"

namespace mcplexer::analysis {
namespace {

using Kind = Difference::Kind;
using Verdict = Comparison::Verdict;
using Lines = std::vector<std::string>;

std::string Text(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

// A policy in parts that can be changed one by one.
struct World {
  std::string command = "s";
  std::string scope = "set A = secret(k)";
  bool second_server = true;
  bool principal = true;
  std::string outer_root = "/w";
  std::string inner_root = "/w/i";
  bool inner = true;
  Lines outer_rules;
  Lines inner_rules;

  bool SameDeclarations(const World& other) const {
    return scope == other.scope && second_server == other.second_server &&
           principal == other.principal;
  }

  std::string ToText() const {
    std::string text = "server s { command = [\"" + command + "\"] }\n";
    if (second_server) text += "server t { command = [\"t\"] }\n";
    text += "secret k = env(\"K\")\nscope a {\n  type = env\n  " + scope + "\n}\n";
    if (principal) text += "principal p {\n  uid = 1\n  groups = [g]\n}\n";
    text += "workspace outer {\n  root = \"" + outer_root + "\"\n" + Text(outer_rules) + "}\n";
    if (inner) {
      text += "workspace inner {\n  root = \"" + inner_root + "\"\n" + Text(inner_rules) + "}\n";
    }
    return text;
  }
};

Lines RandomLines(std::mt19937& random, size_t count) {
  Lines lines;
  std::istringstream text(RandomRules(random, count));
  for (std::string line; std::getline(text, line);) {
    const size_t at = line.find("s__");
    if (random() % 4 == 0) line.replace(at, 1, Pick(random, {"?", "t"}));
    if (line.find("approve") != std::string::npos && random() % 3 == 0) line += " timeout 60s";
    lines.push_back(line + "\n");
  }
  return lines;
}

World AnyWorld(std::mt19937& random) {
  World world;
  const auto any_default = [&] { return Pick(random, {"", "", "  default = allow\n"}); };
  world.outer_rules = RandomLines(random, 1 + random() % 4);
  world.inner_rules = RandomLines(random, random() % 3);
  world.outer_rules.insert(world.outer_rules.begin(), any_default());
  world.inner_rules.insert(world.inner_rules.begin(), any_default());
  return world;
}

void ChangeRules(std::mt19937& random, Lines& lines) {
  const size_t at = random() % lines.size();
  switch (random() % 4) {
    case 0:
      lines[0] = Pick(random, {"", "  default = allow\n"});
      break;
    case 1:
      if (at > 0) lines.erase(lines.begin() + static_cast<ptrdiff_t>(at));
      break;
    case 2:
      if (at > 0) lines[at] = RandomLines(random, 1).front();
      break;
    default:
      lines.push_back(RandomLines(random, 1).front());
  }
}

// A principal that is not there cannot be named.
void DropPrincipal(Lines& lines) {
  std::erase_if(lines,
                [](const std::string& line) { return line.find(" for p") != std::string::npos; });
}

void DropServer(Lines& lines) {
  std::erase_if(lines,
                [](const std::string& line) { return line.find(" t__") != std::string::npos; });
}

World Changed(std::mt19937& random, World world) {
  for (size_t changes = 1 + random() % 3; changes > 0; --changes) {
    switch (random() % 16) {
      case 0:
        world.command = "s2";
        break;
      case 1:
        world.scope = Pick(random, {"set A = secret(k)\n  set B = \"b\"", "set C = secret(k)"});
        break;
      case 2:
        world.second_server = false;
        break;
      case 3:
        world.principal = false;
        break;
      case 4:
        world.inner_root = Pick(random, {"/w/a", "/w/i/i"});
        break;
      case 5:
        world.inner = false;
        break;
      case 6:
        world.outer_root = Pick(random, {"/", "/w/i/a"});
        break;
      default:
        ChangeRules(random, random() % 3 == 0 ? world.inner_rules : world.outer_rules);
    }
  }
  for (Lines* lines : {&world.outer_rules, &world.inner_rules}) {
    if (!world.principal) DropPrincipal(*lines);
    if (!world.second_server) DropServer(*lines);
  }
  if (world.inner_root.starts_with(world.outer_root + "/w")) world.inner_root = "/w/a";
  return world;
}

const std::vector<std::string>& Names() {
  static const std::vector<std::string> kNames = {"x", "y", "xy", "xz", "zy", "xzy", "z"};
  return kNames;
}

std::vector<std::string> Directories() {
  std::vector<std::string> all = {"/", "/z", "/i", "/i/a", "/w"};
  for (size_t begin = 4, depth = 0; depth < 3; ++depth) {
    const size_t end = all.size();
    for (; begin < end; ++begin) {
      // The roots and patterns of a policy name the first two; both policies may, so that only a
      // third is left for what neither speaks of.
      for (const char* segment : {"/a", "/i", "/z"}) all.push_back(all[begin] + segment);
    }
  }
  return all;
}

std::vector<reference::Call> AllCallsOfBoth() {
  std::vector<reference::Call> calls;
  for (const std::string& directory : Directories()) {
    // What no rule speaks of; only the second server may be missing.
    for (const size_t server : {0, 1}) {
      reference::Call call;
      call.kind = model::CallKind::kResource;
      call.server = ServerId(server);
      call.name = "a";
      call.directory = directory;
      calls.push_back(std::move(call));
    }
    for (const char* server : {"s", "t"}) {
      for (const std::string& name : Names()) {
        for (const char* arguments :
             {R"({})", R"({"n":0})", R"({"n":2})", R"({"n":4})", R"({"n":null})", R"({"r":1})",
              R"({"n":0,"r":1})", R"({"n":2,"r":1})", R"({"n":4,"r":1})", R"({"n":null,"r":1})"}) {
          reference::Call call;
          call.name = std::string(server) + "__" + name;
          call.directory = directory;
          call.arguments = arguments;
          calls.push_back(std::move(call));
        }
      }
    }
  }
  return calls;
}

struct Tried {
  std::set<Kind> kinds;
  std::map<Kind, std::set<std::string>> names;
};

Tried Try(const TriedPolicy& before, const TriedPolicy& after) {
  Tried tried;
  static const std::vector<reference::Call> kCalls = AllCallsOfBoth();
  for (const reference::Call& call : kCalls) {
    for (const char* principal : {"", "p"}) {
      const reference::Outcome was = before.Decide(call, principal);
      const reference::Outcome is = after.Decide(call, principal);
      const std::set<Kind> kinds = KindsByTrying(before, was, after, is);
      for (const Kind kind : kinds) {
        std::set<std::string>& names = tried.names[kind];
        if (call.kind == model::CallKind::kTool) names.insert(call.name);
      }
      tried.kinds.insert(kinds.begin(), kinds.end());
    }
  }
  return tried;
}

TEST(DifferenceTest, AgreesWithAllCallsOfSmallWorlds) {
  std::mt19937 random(11);
  std::map<Kind, size_t> kinds_seen;
  std::map<Verdict, size_t> verdicts_seen;
  size_t compared = 0;
  for (int round = 0; round < Rounds(50); ++round) {
    const World old_world = AnyWorld(random);
    const World new_world = random() % 8 == 0 ? AnyWorld(random) : Changed(random, old_world);
    SCOPED_TRACE(old_world.ToText() + "-----\n" + new_world.ToText());
    const TriedPolicy before(old_world.ToText());
    const TriedPolicy after(new_world.ToText());
    if (before.ambiguous() || after.ambiguous()) continue;
    ++compared;
    Tried tried = Try(before, after);
    CompareOptions options;
    options.deciders = old_world.SameDeclarations(new_world);
    if (!options.deciders) {
      tried.kinds.erase(Kind::kDecider);
      tried.names.erase(Kind::kDecider);
    }
    for (const char* server : {"s__", "t__"}) {
      for (const std::string& name : Names()) options.tools.push_back(server + name);
    }
    const Comparison comparison = Compare(before.policy(), after.policy(), options);
    EXPECT_TRUE(comparison.complete()) << comparison.unsettled.front();
    std::set<Kind> kinds;
    std::map<Kind, std::set<std::string>> names;
    for (const Difference& difference : comparison.differences) {
      kinds.insert(difference.kind);
      names[difference.kind].insert(difference.tools.begin(), difference.tools.end());
    }
    EXPECT_EQ(kinds, tried.kinds);
    EXPECT_EQ(names, tried.names);
    EXPECT_EQ(comparison.verdict(), VerdictOf(tried.kinds));
    for (const Kind kind : kinds) ++kinds_seen[kind];
    ++verdicts_seen[comparison.verdict()];
    if (::testing::Test::HasFailure()) return;
  }
  RecordProperty("compared", static_cast<int>(compared));
  for (const Kind kind :
       {Kind::kNewlyAllowed, Kind::kApprovalRemoved, Kind::kCredentialsWidened, Kind::kRouteChanged,
        Kind::kNewlyDenied, Kind::kApprovalAdded, Kind::kDecider}) {
    EXPECT_GT(kinds_seen[kind], 0u) << static_cast<int>(kind);
  }
  EXPECT_EQ(verdicts_seen.size(), 4u);
}

}  // namespace
}  // namespace mcplexer::analysis
