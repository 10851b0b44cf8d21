// SPDX-License-Identifier: Apache-2.0
// The checks that know tools, on random small policies and inventories, against trying all calls.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/reachability.h"
#include "compiler/inventory/inventory.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/reported.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Call;
using reference::Outcome;
using Verdict = Outcome::Verdict;

// Name -> input schema, of server `s`.
inventory::Inventory Known(const std::map<std::string, std::string>& tools) {
  inventory::Server server;
  server.name = "s";
  for (const auto& [name, schema] : tools) {
    server.of(inventory::Kind::kTool)
        .push_back({name, fmt::format(R"({{"inputSchema":{},"name":"{}"}})", schema, name), {}});
  }
  inventory::Inventory inventory;
  inventory.Set(std::move(server));
  return inventory;
}

// Those of some tools. Only what `require` asks for is left out: who decides does not depend on it.
std::vector<Call> CallsOf(const std::vector<std::string>& tools) {
  std::vector<Call> calls;
  for (const Call& call : AllCalls()) {
    if (std::ranges::count(tools, call.name.substr(3)) == 0) continue;
    if (call.arguments.find("\"r\"") == std::string::npos) calls.push_back(call);
  }
  return calls;
}

// Rules that differ in names more than in anything else.
std::string RandomNames(std::mt19937& random) {
  std::string text =
      "server s { command = [\"s\"] }\nprincipal p { uid = 1 }\nworkspace outer {\n  root = "
      "\"/w\"\n";
  for (size_t count = 2 + random() % 3; count > 0; --count) {
    text += fmt::format("  {} {}{}{}{}\n", Pick(random, {"allow", "approve", "deny"}),
                        Pick(random, {"s__x*", "s__*y", "s__x", "s__xy", "s__x, s__y", "s__*"}),
                        Pick(random, {"", "", "", " for p"}),
                        Pick(random, {"", "", "", " in \"i/**\""}),
                        Pick(random, {"", "", "", " when arg.n > 1"}));
  }
  return text + "}\n";
}

// W0305: of the known tools that a rule matches, no call is left to it when its exceptions, rules
// about fewer names, are taken away; and what takes them does something else.
TEST(KnownToolsChecksTest, RulesThatDecideNoKnownTool) {
  size_t found = 0, none = 0;
  for (const auto& tools : std::vector<std::vector<std::string>>{{"x"}, {"xy"}, {"xz", "y"}}) {
    std::map<std::string, std::string> known;
    for (const std::string& tool : tools) known[tool] = "{}";
    const inventory::Inventory inventory = Known(known);
    const std::vector<Call> calls = CallsOf(tools);
    ForEachWorldOf(RandomNames, 21, 100, [&](const Analysed& world) {
      const model::Policy& policy = world.policy();
      const std::vector<Reach> reach = ComputeReachability(*world.search);
      const std::set<size_t> reported = Reported(world, CheckMostlyShadowed, &inventory);
      const Space& space = *world.space;
      for (size_t r = 0; r < policy.rules.size(); ++r) {
        if (policy.rules[r].effect == Effect::kDeny || reach[r].kind != Reach::Kind::kDecides ||
            !reach[r].witness) {
          EXPECT_FALSE(reported.contains(r));
          continue;
        }
        const NameSetId names = space.box(RuleId(r)).names;
        const Reduced others = With(policy, [&](size_t o) {
          const Box& box = space.box(RuleId(o));
          return box.empty || box.names == names || !space.NamesSubset(box.names, names);
        });
        const reference::Interpreter interpreter(others.policy, "/home");
        const Alone anyway(policy, r, Alone::When::kLeftOut);
        const Alone matching(policy, r);
        bool matched = false, left = false, differs = false, alike = false;
        for (const Call& call : calls) {
          matched = matched || anyway.Matches(call);
          if (!matching.Matches(call)) continue;
          for (const RuleId decides : interpreter.Decide(call).rules) {
            const size_t taker = others.rules[decides.index()];
            left = left || taker == r;
            const bool same = SameOutcome(policy, policy.rules[r], policy.rules[taker]);
            (same ? alike : differs) = true;
          }
        }
        SCOPED_TRACE(policy.rules[r].id);
        const bool expected = matched && !left && differs;
        // Of several that stand in the way, one that does the same may be all that is looked at.
        if (!expected || !alike) {
          EXPECT_EQ(reported.contains(r), expected);
        }
        ++(expected ? found : none);
      }
    });
  }
  EXPECT_GT(found, 5u);
  EXPECT_GT(none, 50u);
}

// S0609: a call of a tool gets through with a rule by whose scope one of its secrets is kept.
TEST(KnownToolsChecksTest, SecretArgumentsThatTheLogKeeps) {
  const inventory::Inventory inventory = Known({
      {"x", R"({"properties":{"pin":{"format":"password"},"n":{"type":"number"}}})"},
      {"xy", R"({"properties":{"a":{"properties":{"Pin":{"writeOnly":true}}}}})"},
      {"y", R"({"properties":{"l":{"items":{"properties":{"seal":{"writeOnly":true}}}}}})"},
      {"zy", R"({"properties":{"token":{"format":"password"},"pin":{"format":"date"}}})"},
  });
  const std::map<std::string, std::string> secrets = {
      {"s__x", "pin"}, {"s__xy", "pin"}, {"s__y", "seal"}};
  const auto make = [](std::mt19937& random) {
    std::string text = RandomWorld(random);
    const std::string plain = "set A = secret(k) }";
    text.replace(text.find(plain), plain.size(), "set A = secret(k)  redact = [\"pin\"] }");
    return text;
  };
  const std::vector<Call> calls = AllCalls();
  size_t found = 0, none = 0;
  ForEachWorldOf(make, 22, 40, [&](const Analysed& world) {
    const model::Policy& policy = world.policy();
    const reference::Interpreter interpreter(policy, "/home");
    const std::set<size_t> reported = Reported(world, CheckUnredactedArguments, &inventory);
    std::vector<Outcome> outcomes;
    for (const Call& call : calls) outcomes.push_back(interpreter.Decide(call));
    for (size_t r = 0; r < policy.rules.size(); ++r) {
      if (policy.rules[r].effect == Effect::kDeny) continue;
      const bool redacts = policy.rules[r].scope.valid();
      bool expected = false;
      for (size_t c = 0; c < calls.size(); ++c) {
        const auto secret = secrets.find(calls[c].name);
        if (secret == secrets.end() || (redacts && secret->second == "pin")) continue;
        expected = expected || (outcomes[c].verdict != Verdict::kDeny && Decides(outcomes[c], r));
      }
      SCOPED_TRACE(policy.rules[r].id);
      EXPECT_EQ(reported.contains(r), expected);
      ++(expected ? found : none);
    }
  });
  EXPECT_GT(found, 15u);
  EXPECT_GT(none, 15u);
}

}  // namespace
}  // namespace mcplexer::analysis
