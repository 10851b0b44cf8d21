// SPDX-License-Identifier: Apache-2.0
// Allows and invariants that end at a directory, on random small policies, against trying all
// calls: each that is found is right, and none is missed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/checks/path_end.h"
#include "compiler/analysis/checks/short_allow.h"
#include "compiler/analysis/checks/short_claim.h"
#include "compiler/analysis/invariants.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/reported.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Call;
using reference::Interpreter;
using reference::Outcome;
using Verdict = Outcome::Verdict;

std::string RandomPlainRules(std::mt19937& random, size_t count) {
  std::string text;
  for (; count > 0; --count) {
    text += fmt::format("  {} {}{}{}\n", Pick(random, {"allow", "approve", "deny", "deny"}),
                        Pick(random, {"s__x", "s__x*", "s__*", "s__x, s__y"}),
                        Pick(random, {"", "", " for p"}),
                        Pick(random, {" in \"*\"", " in \"i\"", " in \"i/*\"", " in \"i/a/**\"",
                                      " in \"*/a/**\"", " in \"i/a\", \"a\"", " in \"i/**\"", ""}));
  }
  return text;
}

std::string RandomPaths(std::mt19937& random) {
  std::string text = "server s { command = [\"s\"] }\nprincipal p { uid = 1 }\n";
  const auto any_default = [&] { return Pick(random, {"", "", "", "", "  default = allow\n"}); };
  text += "workspace outer {\n  root = \"/w\"\n" + any_default() +
          RandomPlainRules(random, 2 + random() % 3) + "}\n";
  if (random() % 3 == 0) {
    text += "workspace inner {\n  root = \"/w/i/i\"\n" + any_default() +
            RandomPlainRules(random, random() % 2) + "}\n";
  }
  return text;
}

// One for each way in which these can tell calls apart.
std::vector<Call> PlainCalls() {
  std::vector<std::string> directories = {"/w"};
  for (size_t begin = 0, depth = 1; depth <= 3; ++depth) {
    const size_t end = directories.size();
    for (size_t d = begin; d < end; ++d) {
      for (const char* name : {"/i", "/a", "/z"}) directories.push_back(directories[d] + name);
    }
    begin = end;
  }
  std::vector<Call> calls;
  for (const std::string& directory : directories) {
    for (const char* name : {"s__x", "s__xy", "s__y", "s__z"}) {
      for (const size_t principal : {0u, 1u}) {
        Call call;
        call.name = name;
        call.directory = directory;
        call.principal = PrincipalId(principal);
        calls.push_back(std::move(call));
      }
    }
  }
  return calls;
}

// Whether the deny is an exception to nothing but what the rule would allow.
bool IsException(const model::Policy& policy, size_t rule, size_t path, size_t deny,
                 const std::vector<Call>& calls) {
  model::Policy wide = policy;
  wide.rules[rule].paths[path].text = WithAllBelow(wide.rules[rule].paths[path].text);
  const Reduced without = With(policy, [&](size_t r) { return r != deny; });
  const Reduced wide_without = With(wide, [&](size_t r) { return r != deny; });
  const Interpreter is(without.policy, "/home");
  const Interpreter would_be(wide_without.policy, "/home");
  const Alone denied(policy, deny);
  const Alone matched(policy, rule);
  const Alone would_match(wide, rule);
  bool taken_out = false;
  for (const Call& call : calls) {
    if (!denied.Matches(call)) continue;
    if (matched.Matches(call) || !would_match.Matches(call)) return false;
    const Outcome outcome = is.Decide(call);
    if (outcome.verdict != Verdict::kDeny) return false;
    const Outcome widened = would_be.Decide(call);
    taken_out = taken_out || (outcome.rules.empty() && widened.verdict != Verdict::kDeny);
  }
  return taken_out;
}

TEST(ShortAllowTest, AgreesWithAllCallsOfASmallWorld) {
  const std::vector<Call> calls = PlainCalls();
  size_t found = 0, none = 0;
  ForEachWorldOf(RandomPaths, 31, 400, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    std::set<std::pair<size_t, std::string>> reported;
    for (const ShortAllow& one : FindShortAllows(*world.search)) {
      reported.emplace(one.rule.index(), one.path->text);
      const Outcome outcome = world.search->interpreter().Decide(one.call);
      EXPECT_EQ(outcome.rules, std::vector{one.exception});
    }
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const model::Rule& rule = policy.rules[r];
      for (size_t p = 0; p < rule.paths.size(); ++p) {
        bool expected = false;
        for (size_t s = 0; s < policy.rules.size() && !expected; ++s) {
          expected = rule.effect != Effect::kDeny && policy.rules[s].effect == Effect::kDeny &&
                     StopsAtDirectory(rule.paths[p].text) &&
                     policy.rules[s].workspace == rule.workspace &&
                     IsException(policy, r, p, s, calls);
        }
        SCOPED_TRACE(rule.id + " " + rule.paths[p].text);
        EXPECT_EQ(reported.contains({r, rule.paths[p].text}), expected);
        ++(expected ? found : none);
      }
    }
  });
  EXPECT_GT(found, 5u);
  EXPECT_GT(none, 100u);
}

// Something that lets calls through everywhere, and something that does not in some directories.
std::string RandomFences(std::mt19937& random) {
  std::string text = RandomPaths(random);
  const std::string root = "root = \"/w\"\n";
  text.insert(text.find(root) + root.size(),
              fmt::format("  {} s__*\n  deny s__{} in \"{}\"\n", Pick(random, {"allow", "approve"}),
                          Pick(random, {"x", "*"}), Pick(random, {"", "i", "*"})));
  return text;
}

// Directories that a path of an invariant means, and those below.
bool IsIn(const std::string& path, const std::string& directory) {
  if (path == "/w/*") {
    return directory.starts_with("/w/") && directory.find('/', 3) == std::string::npos;
  }
  return directory == path;
}

TEST(ShortClaimTest, AgreesWithAllCallsOfASmallWorld) {
  const std::vector<Call> calls = PlainCalls();
  size_t found = 0, none = 0, missed = 0;
  for (const std::string path : {"/w", "/w/i", "/w/*"}) {
    const auto make = [&](std::mt19937& random) {
      return RandomFences(random) + fmt::format("invariant v {{ {} s__{} in \"{}\" }}\n",
                                                Pick(random, {"never allow", "always deny"}),
                                                Pick(random, {"x", "*"}), path);
    };
    ForEachWorldOf(make, 32, 160, [&](const Analysed& world) {
      if (!FindViolations(*world.search).empty()) return;
      const model::Policy& policy = world.policy();
      const Interpreter interpreter(policy, "/home");
      const std::string& claimed = policy.invariants[0].clauses[0].names[0].text;
      bool expected = false;
      for (Call call : calls) {
        if (expected) break;
        if (claimed == "s__x" && call.name != claimed) continue;
        const Outcome through = interpreter.Decide(call);
        if (through.verdict == Verdict::kDeny || IsIn(path, call.directory)) continue;
        while (call.directory.size() > 2 && !IsIn(path, call.directory)) {
          call.directory.resize(call.directory.rfind('/'));
        }
        if (!IsIn(path, call.directory)) continue;
        for (const RuleId way : through.rules) {
          expected = expected || Alone(policy, way.index()).Matches(call);
        }
      }
      const std::vector<ShortClaim> claims = FindShortClaims(*world.search);
      if (claims.empty()) {
        ++(expected ? missed : none);
        return;
      }
      ++found;
      EXPECT_TRUE(expected);
      ASSERT_EQ(claims.size(), 1u);
      const ShortClaim& claim = claims.front();
      EXPECT_TRUE(IsIn(path, claim.held.directory));
      EXPECT_TRUE(claim.through.directory.starts_with(claim.held.directory + "/"));
      EXPECT_EQ(interpreter.Decide(claim.held).verdict, Verdict::kDeny);
      EXPECT_TRUE(Decides(interpreter.Decide(claim.through), claim.way.index()));
    });
  }
  EXPECT_GT(found, 10u);
  EXPECT_GT(none, 30u);
  EXPECT_EQ(missed, 0u);
}

}  // namespace
}  // namespace mcplexer::analysis
