// SPDX-License-Identifier: Apache-2.0
// Order says which rule wins without looking at inclusion again; the interpreter looks at it anew
// for each call. Random policies from few patterns, so that inclusions and ties abound.
#include "compiler/analysis/order.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Outcome;

std::string RandomPolicy(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  std::string text =
      "server a { command = [\"a\"] }\n"
      "server b { command = [\"b\"] }\n"
      "principal p { uid = 1 }\n"
      "workspace w { root = \"/w\"\n";
  for (size_t rules = 4 + random() % 8; rules > 0; --rules) {
    text += fmt::format(
        "  {} {}{}{}{}{}\n", pick({"allow", "allow", "allow", "approve"}),
        pick({"*", "a__*", "a__x*", "*__x*", "*__*y", "a__xy", "b__*", "*__x", "a__x, b__y"}),
        pick({"", "", " for p", " for anonymous"}), pick({"", "", " in \"d/**\"", " in \"\""}),
        pick({"", "", " when arg.c == true", " when arg.d == true", " when not has arg.c"}),
        pick({"", "", " priority 100", " priority 50"}));
  }
  return text + "}\n";
}

// The winner as a reader of Order finds it: of the true ones that no rule there beats, the first.
RuleId WinnerOf(const Order& order, const model::Policy& policy,
                const std::vector<RuleId>& matching, const reference::Context& context) {
  RuleId winner;
  for (RuleId id : matching) {
    const ConditionId when = policy.rules[id.index()].when;
    if (when.valid() && EvaluateCondition(policy.conditions[when.index()].expr, context) !=
                            reference::Truth::kTrue) {
      continue;
    }
    const auto& beaten_by = order.beaten_by[id.index()];
    const auto matches = [&](RuleId other) { return std::ranges::binary_search(matching, other); };
    if (std::ranges::any_of(beaten_by, matches)) continue;
    if (!winner.valid() || order.place[id.index()] < order.place[winner.index()]) winner = id;
  }
  return winner;
}

TEST(OrderTest, TheFirstThatIsNotBeatenIsAWinnerOfTheInterpreter) {
  std::mt19937 random(20240613);
  size_t decided = 0, beaten = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string text = RandomPolicy(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    const model::Policy& policy = world.policy();
    const Order order = ComputeOrder(*world.space);
    for (const auto& by : order.beaten_by) beaten += by.size();
    const RuleIndex index(*world.space);
    const reference::Interpreter interpreter(policy, "/home");
    for (size_t server : {0u, 1u}) {
      for (const char* name : {"x", "y", "xy", "z", "xz"}) {
        for (const char* subpath : {"", "d", "e"}) {
          for (size_t principal : {0u, 1u}) {
            for (const char* arguments :
                 {"{}", "{\"c\":true}", "{\"d\":true}", "{\"c\":true,\"d\":true}"}) {
              reference::Call call;
              call.name = (server == 0 ? "a__" : "b__") + std::string(name);
              call.directory = *subpath == '\0' ? "/w" : "/w/" + std::string(subpath);
              call.principal = PrincipalId(principal);
              call.arguments = arguments;
              const std::vector<RuleId> matching = index.Matching(
                  WorkspaceId(0u), world.space->FieldOf(model::CallKind::kTool, ServerId(server)),
                  name, subpath, call.principal);
              const RuleId winner =
                  WinnerOf(order, policy, matching, interpreter.ContextOf(call, WorkspaceId(0u)));
              const Outcome outcome = interpreter.Decide(call);
              if (outcome.reason == Outcome::Reason::kDefault) {
                ASSERT_FALSE(winner.valid()) << call.name;
                continue;
              }
              ++decided;
              ASSERT_TRUE(std::ranges::binary_search(outcome.rules, winner))
                  << call.name << " in " << call.directory << " with " << arguments;
            }
          }
        }
      }
    }
  }
  // The policies are ones that the question is worth asking of.
  EXPECT_GT(decided, 1000u);
  EXPECT_GT(beaten, 10u);
}

TEST(OrderTest, PlacesAreALinearExtension) {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    const std::string text = RandomPolicy(random);
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    const auto& rules = world.policy().rules;
    const Order order = ComputeOrder(*world.space);
    EXPECT_EQ(std::set(order.place.begin(), order.place.end()).size(), rules.size());
    for (size_t a = 0; a < rules.size(); ++a) {
      for (size_t b = 0; b < rules.size(); ++b) {
        if (rules[a].priority < rules[b].priority) {
          EXPECT_LT(order.place[a], order.place[b]);
        }
        const bool strict = world.space->IsStrictSubset(RuleId(a), RuleId(b));
        if (rules[a].priority != rules[b].priority || !strict) continue;
        const bool when_a = rules[a].when.valid(), when_b = rules[b].when.valid();
        if (when_a == when_b) {
          EXPECT_LT(order.place[a], order.place[b]);
        }
        const auto& beaten_by = order.beaten_by[b];
        EXPECT_EQ(std::ranges::binary_search(beaten_by, RuleId(a)), !when_a && when_b);
        const auto& wider = order.wider[a];
        EXPECT_NE(std::ranges::find(wider, RuleId(b)), wider.end());
      }
    }
  }
}

TEST(OrderTest, DeniesKeepTheirOrderAndTakeNoPartInInclusion) {
  const Analysed world = Analyse(
      "server a { command = [\"a\"] }\n"
      "workspace w { root = \"/w\"\n"
      "  deny  a__*  as d1\n"
      "  allow a__*  as wide\n"
      "  deny  a__x  as d2\n"
      "  allow a__x* as narrow\n"
      "}\n");
  const Order order = ComputeOrder(*world.space);
  const auto place = [&](const char* id) { return order.place[world.Find(id).index()]; };
  EXPECT_LT(place("w.d1"), place("w.d2"));
  EXPECT_LT(place("w.narrow"), place("w.wide"));
  EXPECT_TRUE(order.wider[world.Find("w.d2").index()].empty());
  EXPECT_EQ(order.wider[world.Find("w.narrow").index()], std::vector{world.Find("w.wide")});
}

}  // namespace
}  // namespace mcplexer::analysis
