// SPDX-License-Identifier: Apache-2.0
// tests/text/check/imported_priority*.yaml has the cases; here each example is checked against a
// policy in which the denies of a higher number than the allow's are gone.
#include "compiler/analysis/imported_priority.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

using reference::Outcome;

constexpr const char* kBase =
    "downstream_servers:\n"
    "  - {id: s, command: s}\n"
    "principals:\n"
    "  - {name: p, uid: 1}\n"
    "workspaces:\n"
    "  - {id: outer, root_path: /w}\n"
    "  - {id: inner, root_path: /w/i}\n"
    "route_rules:\n";

std::string RandomRules(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  std::string text = kBase;
  for (size_t rules = 3 + random() % 6; rules > 0; --rules) {
    text += fmt::format(
        "  - {{workspace_id: {}, policy: {}, tool_match: \"{}\", priority: {}{}{}{}}}\n",
        pick({"outer", "inner"}), pick({"allow", "deny"}),
        pick({"*", "s__x*", "s__*y", "s__x", "s__xy"}), pick({"10", "50", "100"}),
        pick({"", "", ", principals: p"}), pick({"", "", ", path_glob: \"i/**\""}),
        pick({"", "", ", when: arg.n > 1", ", when: arg.n < 3"}));
  }
  return text;
}

// The policy as the numbers seem to say: without the denies of a higher one.
model::Policy Before(const model::Policy& policy, const model::Rule& allow) {
  model::Policy before = policy;
  std::erase_if(before.rules, [&](const model::Rule& rule) {
    return rule.imported_deny_priority && *rule.imported_deny_priority > allow.priority;
  });
  return before;
}

TEST(ImportedPriorityTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(99);
  size_t warned = 0, clean = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string text = RandomRules(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text, "p.yaml");
    const model::Policy& policy = world.policy();
    const std::vector<Overruled> found = FindOverruled(*world.search);
    const reference::Interpreter now(policy, "/home");
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      if (policy.rules[r].effect == model::Effect::kDeny) continue;
      const model::Policy single = [&] {
        model::Policy one = policy;
        one.rules = {policy.rules[r]};
        return one;
      }();
      const model::Policy without = Before(policy, policy.rules[r]);
      const reference::Interpreter alone(single, "/home");
      const reference::Interpreter before(without, "/home");
      // Denied, matched by this allow, and not denied by a deny of no higher number.
      const auto overruled = [&](const reference::Call& call) {
        return now.Decide(call).verdict == Outcome::Verdict::kDeny &&
               alone.Decide(call).verdict == Outcome::Verdict::kAllow &&
               before.Decide(call).verdict == Outcome::Verdict::kAllow;
      };
      const auto it = std::ranges::find(found, RuleId(r), &Overruled::allow);
      if (it != found.end()) {
        ++warned;
        ASSERT_TRUE(it->witness);
        EXPECT_TRUE(overruled(*it->witness)) << it->witness->name << " " << it->witness->directory;
        continue;
      }
      ++clean;
      for (const char* name : {"s__x", "s__y", "s__xy", "s__z", "s__xzy"}) {
        for (const char* directory : {"/w", "/w/a", "/w/i", "/w/i/a", "/w/i/i"}) {
          for (const char* arguments : {"{}", "{\"n\":0}", "{\"n\":2}", "{\"n\":4}"}) {
            for (size_t principal : {0u, 1u}) {
              reference::Call call;
              call.name = name;
              call.directory = directory;
              call.arguments = arguments;
              call.principal = PrincipalId(principal);
              EXPECT_FALSE(overruled(call)) << name << " " << directory << " " << arguments;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(warned, 20u);
  EXPECT_GT(clean, 20u);
}

TEST(ImportedPriorityTest, PastTheLimitAPairIsUnsettledAndSaidSo) {
  const Analysed world =
      Analyse(std::string(kBase) +
                  "  - {workspace_id: outer, policy: allow, tool_match: s__x, priority: 10}\n"
                  "  - {workspace_id: outer, policy: deny, tool_match: s__x, priority: 50}\n",
              "p.yaml");
  SearchLimits limits;
  limits.max_boxes = 0;
  const auto found = FindOverruled(CallSearch(*world.space, *world.order, limits));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].witness);
}

}  // namespace
}  // namespace mcplexer::analysis
