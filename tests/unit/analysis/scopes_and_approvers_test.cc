// SPDX-License-Identifier: Apache-2.0
// Scopes that are wider than needed and approvals that nobody else can give, on random small
// policies, against trying all calls.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/reported.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Call;
using reference::Outcome;
using Verdict = Outcome::Verdict;

// Nothing here depends on directories.
std::vector<Call> CallsAtTheRoot() {
  std::vector<Call> calls = AllCalls();
  std::erase_if(calls, [](const Call& call) { return call.directory != "/w"; });
  return calls;
}

// S0606: a call gets through with more than a rule about all of its names needs.
TEST(WideScopeTest, ScopesWiderThanAnotherRuleNeeds) {
  const auto make = [](std::mt19937& random) {
    std::string text =
        "server s { command = [\"s\"] }\nsecret k = env(\"K\")\nsecret m = env(\"M\")\n"
        "scope less { type = env  set A = secret(k) }\n"
        "scope more { type = env  set A = secret(k)  set B = secret(m) }\n"
        "scope other { type = env  set B = secret(k) }\n"
        "principal p { uid = 1 }\nworkspace outer {\n  root = \"/w\"\n";
    for (size_t count = 2 + random() % 4; count > 0; --count) {
      const std::string effect = Pick(random, {"allow", "allow", "approve", "deny"});
      text += fmt::format("  {} {}{}", effect, RandomTarget(random), RandomCondition(random));
      if (effect != "deny") {
        text += Pick(random, {" using less", " using more", " using more", " using other", ""});
        text += Pick(random, {"", " priority 50", " priority 60", " require has arg.r"});
      }
      text += "\n";
    }
    return text + "}\n";
  };
  const std::vector<Call> calls = CallsAtTheRoot();
  size_t found = 0, none = 0;
  ForEachWorldOf(make, 23, 150, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    std::vector<std::set<std::string>> names(policy.rules.size());
    std::vector<bool> called(policy.rules.size());
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const Alone anyway(policy, r, Alone::When::kLeftOut);
      for (const Call& call : calls) {
        if (call.arguments == "{}" && anyway.Matches(call)) names[r].insert(call.name);
      }
    }
    for (const Call& call : calls) {
      const Outcome outcome = interpreter.Decide(call);
      if (outcome.verdict == Verdict::kDeny) continue;
      for (const RuleId decides : outcome.rules) called[decides.index()] = true;
    }
    const auto scope_of = [&](size_t r) -> std::string {
      const ScopeId scope = policy.rules[r].scope;
      return scope.valid() ? policy.scopes[scope.index()].name : "";
    };
    const std::set<size_t> reported = Reported(world, CheckWideScopes);
    for (size_t wide = 0; wide < policy.rules.size(); ++wide) {
      bool expected = false;
      for (size_t narrow = 0; narrow < policy.rules.size(); ++narrow) {
        expected =
            expected || (scope_of(wide) == "more" && scope_of(narrow) == "less" && called[wide] &&
                         called[narrow] && std::ranges::includes(names[narrow], names[wide]));
      }
      SCOPED_TRACE(policy.rules[wide].id);
      EXPECT_EQ(reported.contains(wide), expected);
      ++(expected ? found : none);
    }
  });
  EXPECT_GT(found, 5u);
  EXPECT_GT(none, 50u);
}

// S0607: whoever the rule names has too few others to approve, and somebody may ask.
TEST(SelfApprovalTest, ApprovalsThatNobodyElseCanGive) {
  const auto make = [](std::mt19937& random) {
    std::string text =
        "server s { command = [\"s\"] }\nprincipal p { uid = 1  groups = [g] }\n"
        "principal q { uid = 2  groups = [g, h] }\nprincipal r { uid = 3  groups = [h] }\n"
        "workspace outer {\n  root = \"/w\"\n";
    for (size_t count = 1 + random() % 2; count > 0; --count) {
      text +=
          "  approve " + Pick(random, {"s__x", "s__y", "s__*"}) +
          Pick(random, {"", " for p", " for q", " for g", " for h", " for p, r", " for g, h"}) +
          Pick(random, {" approvers g", " approvers h", " approvers g, h", " approvers g", ""}) +
          Pick(random, {"", " quorum 1", " quorum 2"}) + RandomCondition(random) + "\n";
    }
    text += Pick(random, {"", "", "  deny s__x for p\n", "  deny s__* for g\n", "  deny s__y\n"});
    return text + "}\n";
  };
  std::vector<Call> calls;
  for (Call call : CallsAtTheRoot()) {
    if (call.principal != PrincipalId(0u)) continue;
    for (const size_t principal : {0u, 1u, 2u, 3u}) {
      call.principal = PrincipalId(principal);
      calls.push_back(call);
    }
  }
  size_t found = 0, none = 0;
  ForEachWorldOf(make, 24, 150, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    const std::set<size_t> reported = Reported(world, CheckSelfApproval);
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const model::Rule& rule = policy.rules[r];
      if (rule.effect != Effect::kApprove) continue;
      const bool asked = std::ranges::any_of(calls, [&](const Call& call) {
        const Outcome outcome = interpreter.Decide(call);
        return outcome.verdict == Verdict::kApprove && Decides(outcome, r);
      });
      const auto can_get_it = [&](PrincipalId who) {
        size_t others = 0;
        for (size_t p = 0; p < policy.principals.size(); ++p) {
          const bool approves = std::ranges::any_of(policy.principals[p].groups, [&](GroupId g) {
            return std::ranges::count(rule.approval.approvers, g) > 0;
          });
          others += approves && PrincipalId(p) != who ? 1 : 0;
        }
        return others >= rule.approval.quorum;
      };
      const bool expected = asked && !rule.approval.approvers.empty() &&
                            std::ranges::none_of(rule.principals, can_get_it);
      SCOPED_TRACE(rule.id);
      EXPECT_EQ(reported.contains(r), expected);
      ++(expected ? found : none);
    }
  });
  EXPECT_GT(found, 5u);
  EXPECT_GT(none, 50u);
}

}  // namespace
}  // namespace mcplexer::analysis
