// SPDX-License-Identifier: Apache-2.0
// The checks that are decided over calls, on random small policies, against trying all calls.
// MCPLEXER_ROUNDS=10000 tries that many policies.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/reported.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Call;
using reference::Outcome;
using Verdict = Outcome::Verdict;

template <typename Visit>
void ForEachWorld(unsigned seed, int rounds, const Visit& visit) {
  ForEachWorldOf([](std::mt19937& random) { return RandomWorld(random); }, seed, rounds, visit);
}

TEST(SecurityChecksTest, WhatARuleLetsThrough) {
  size_t found = 0, none = 0;
  ForEachWorld(11, 40, [&](const Analysed& world) {
    const reference::Interpreter interpreter(world.policy(), "/home");
    for (size_t r = 0; r < world.policy().rules.size(); ++r) {
      if (world.policy().rules[r].effect == Effect::kDeny) continue;
      SCOPED_TRACE(world.policy().rules[r].id);
      const bool expected = std::ranges::any_of(AllCalls(), [&](const Call& call) {
        const Outcome outcome = interpreter.Decide(call);
        return outcome.verdict != Verdict::kDeny && Decides(outcome, r);
      });
      const Answer answer = FindLetThrough(*world.search, RuleId(r));
      EXPECT_EQ(answer.kind, expected ? Answer::Kind::kFound : Answer::Kind::kNone);
      ++(expected ? found : none);
    }
  });
  EXPECT_GT(found, 20u);
  EXPECT_GT(none, 3u);
}

// S0601: a call without the argument that the approve asks about, which something behind it allows.
TEST(SecurityChecksTest, ApprovalsThatAMissingArgumentAvoids) {
  size_t found = 0, none = 0;
  ForEachWorld(12, 60, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    const std::vector<Reach> reach = ComputeReachability(*world.search);
    const std::set<size_t> reported = Reported(world, CheckMissingArguments);
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      const model::Rule& rule = policy.rules[r];
      if (rule.effect != Effect::kApprove || !rule.when.valid()) continue;
      // `has` can always be evaluated.
      const bool asks = policy.conditions[rule.when.index()].text.find("has") == std::string::npos;
      model::Policy unconditional = policy;
      unconditional.rules = {rule};
      unconditional.rules[0].when = ConditionId();
      unconditional.rules[0].require = ConditionId();
      const reference::Interpreter matching(unconditional, "/home");
      const bool avoided = std::ranges::any_of(AllCalls(), [&](const Call& call) {
        if (call.arguments.find("\"n\"") != std::string::npos) return false;
        if (matching.Decide(call).rules.empty()) return false;
        const Outcome outcome = interpreter.Decide(call);
        if (outcome.verdict != Verdict::kAllow) return false;
        return outcome.rules.empty() || std::ranges::any_of(outcome.rules, [&](RuleId other) {
                 return world.search->Precedes(RuleId(r), other);
               });
      });
      const bool expected = asks && avoided && reach[r].kind == Reach::Kind::kDecides;
      SCOPED_TRACE(rule.id);
      EXPECT_EQ(reported.contains(r), expected);
      ++(expected ? found : none);
    }
  });
  EXPECT_GT(found, 3u);
  EXPECT_GT(none, 3u);
}

// S0602: the same call from a directory around is allowed with the same scope. Each finding is
// right; those that are missed are few.
TEST(SecurityChecksTest, ApprovalsThatADirectoryFurtherOutAvoids) {
  size_t found = 0, none = 0, missed = 0;
  ForEachWorld(13, 80, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    const std::set<size_t> reported = Reported(world, CheckApprovalBypass);
    std::vector<Call> calls = AllCalls();
    std::map<std::string, std::vector<size_t>> alike;  // all but the directory
    std::vector<Outcome> outcomes;
    for (size_t c = 0; c < calls.size(); ++c) {
      outcomes.push_back(interpreter.Decide(calls[c]));
      alike[fmt::format("{} {} {}", calls[c].name, calls[c].arguments, calls[c].principal.value)]
          .push_back(c);
    }
    std::set<size_t> expected;
    for (const auto& [key, same] : alike) {
      for (const size_t inside : same) {
        for (const size_t outside : same) {
          if (!calls[inside].directory.starts_with(calls[outside].directory + "/") ||
              outcomes[inside].verdict != Verdict::kApprove ||
              outcomes[outside].verdict != Verdict::kAllow ||
              outcomes[inside].scope != outcomes[outside].scope) {
            continue;
          }
          for (const RuleId asks : outcomes[inside].rules) expected.insert(asks.index());
        }
      }
    }
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      if (policy.rules[r].effect != Effect::kApprove) continue;
      SCOPED_TRACE(policy.rules[r].id);
      if (reported.contains(r)) {
        EXPECT_TRUE(expected.contains(r));
        ++found;
      } else {
        ++(expected.contains(r) ? missed : none);
      }
    }
  });
  EXPECT_GT(found, 8u);
  EXPECT_GT(none, 20u);
  EXPECT_LT(missed * 10, found);
}

// S0603, in a world of two servers: a pattern without a namespace and calls of both that get
// through with the scope.
TEST(SecurityChecksTest, CredentialsForSeveralServers) {
  std::mt19937 random(14);
  size_t found = 0, none = 0;
  for (int round = 0; round < Rounds(60); ++round) {
    std::string text =
        "server s { command = [\"s\"] }\nserver t { command = [\"t\"] }\n"
        "secret k = env(\"K\")\nscope a { type = env set A = secret(k) }\nprincipal p { uid = 1 }\n"
        "workspace outer {\n  root = \"/w\"\n";
    const size_t count = 1 + random() % 4;
    for (size_t i = 0; i < count; ++i) {
      text += Pick(random, {"  allow ", "  allow ", "  deny "});
      const bool denies = text.ends_with("deny ");
      text += Pick(random, {"*__x*", "*__*", "?__y", "s__*", "t__x"});
      text += Pick(random, {"", " except s__x", " except t__*", " for p"});
      text += denies ? "" : Pick(random, {" using a", " using a", ""});
      text += RandomCondition(random) + "\n";
    }
    text += "}\n";
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;
    const reference::Interpreter interpreter(world.policy(), "/home");
    const std::set<size_t> reported = Reported(world, CheckBroadCredentials);
    for (size_t r = 0; r < world.policy().rules.size(); ++r) {
      const model::Rule& rule = world.policy().rules[r];
      if (rule.effect != Effect::kAllow) continue;
      std::set<char> servers;
      for (Call call : AllCalls()) {
        for (const char server : {'s', 't'}) {
          call.name[0] = server;
          if (Decides(interpreter.Decide(call), r) &&
              interpreter.Decide(call).verdict == Verdict::kAllow) {
            servers.insert(server);
          }
        }
      }
      const char first = rule.names.front().text[0];
      const bool expected =
          rule.scope.valid() && servers.size() == 2 && (first == '*' || first == '?');
      SCOPED_TRACE(rule.id);
      EXPECT_EQ(reported.contains(r), expected);
      ++(expected ? found : none);
    }
  }
  EXPECT_GT(found, 10u);
  EXPECT_GT(none, 10u);
}

}  // namespace
}  // namespace mcplexer::analysis
