// SPDX-License-Identifier: Apache-2.0
// `mcplexer decide`, the program, against the reference interpreter: 100,000 random pairs of a
// policy and a call, conditions and malformed arguments included.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/reference/compile_text.h"
#include "tests/reference/generator.h"

namespace mcplexer {
namespace {

using nlohmann::json;
using reference::Outcome;
using testing::kHome;
using testing::Random;

constexpr int kPairs = 100'000;
constexpr int kCallsPerPolicy = 100;

std::string Line(const model::Policy& policy, const reference::Call& call) {
  static constexpr const char* kKinds[] = {"tool", "resource", "prompt"};
  std::string line = fmt::format(
      R"({{"dir":{},"name":{},"kind":"{}","principal":{},"client":{},"model":{})",
      json(call.directory).dump(), json(call.name).dump(), kKinds[static_cast<int>(call.kind)],
      json(policy.principals[call.principal.index()].name).dump(), json(call.client).dump(),
      json(call.model).dump());
  if (call.server.valid()) {
    line += fmt::format(R"(,"server":{})", json(policy.servers[call.server.index()].name).dump());
  }
  if (!call.arguments.empty()) line += ",\"arguments\":" + call.arguments;
  return line + "}\n";
}

// What the reference says, in the words of the command's output.
void ExpectSame(const model::Policy& policy, const Outcome& want, const json& got) {
  static constexpr const char* kVerdicts[] = {"allow", "approve", "deny"};
  static constexpr const char* kReasons[] = {
      "rule",         "default",  "no_workspace", "requirement_failed", "unknown_namespace",
      "unknown_name", "ambiguous"};
  EXPECT_EQ(got["decision"], kVerdicts[static_cast<int>(want.verdict)]);
  EXPECT_EQ(got["reason"], kReasons[static_cast<int>(want.reason)]);
  const auto name = [](const auto& list, auto id) {
    return id.valid() ? json(list[id.index()].name) : json(nullptr);
  };
  EXPECT_EQ(got["workspace"], name(policy.workspaces, want.workspace));
  EXPECT_EQ(got["server"], name(policy.servers, want.server));
  EXPECT_EQ(got["scope"], name(policy.scopes, want.scope));
  // Level rules agree in outcome, and any of them may be named.
  std::vector<json> rules;
  for (RuleId rule : want.rules) rules.push_back(policy.rules[rule.index()].id);
  if (rules.empty()) rules.push_back(nullptr);
  EXPECT_NE(std::ranges::find(rules, got["rule"]), rules.end());
}

// Arguments that a line of JSON cannot hold are left to the tests of one process.
bool FitsALine(const reference::Call& call) {
  return call.arguments.empty() || json::accept(call.arguments);
}

TEST(Differential, TheProgramAgreesWithTheReferenceOnRandomPoliciesAndCalls) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("mcplexer-differential-{}", ::getpid());
  std::filesystem::create_directories(folder);
  const std::string plan = folder / "p.plan", in = folder / "in", out = folder / "out";
  const std::string command =
      fmt::format("'{}' decide '{}' --home {} <'{}' >'{}'", MCPLEXER, plan, kHome, in, out);
  int pairs = 0, ambiguous = 0, granted = 0;
  for (uint64_t seed = 1; pairs < kPairs; ++seed) {
    Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const auto compilation = testing::CompileText(text);
    if (compilation->plan.empty()) {
      // Random rules are often ambiguous; nothing else may be wrong with them.
      const std::string messages = testing::MessagesOf(*compilation);
      ASSERT_TRUE(messages.find("E0401") != std::string::npos ||
                  messages.find("E0406") != std::string::npos)
          << messages;
      ++ambiguous;
      continue;
    }
    std::ofstream(plan, std::ios::binary)
        .write(reinterpret_cast<const char*>(compilation->plan.data()),
               static_cast<std::streamsize>(compilation->plan.size()));
    std::vector<reference::Call> calls;
    std::ofstream lines(in);
    while (calls.size() < kCallsPerPolicy) {
      calls.push_back(testing::RandomCall(random, compilation->policy));
      if (!FitsALine(calls.back())) {
        calls.pop_back();
        continue;
      }
      lines << Line(compilation->policy, calls.back());
    }
    lines.close();
    ASSERT_EQ(std::system(command.c_str()), 0);
    const reference::Interpreter interpreter(compilation->policy, std::string(kHome));
    std::ifstream decisions(out);
    for (const reference::Call& call : calls) {
      std::string decision;
      ASSERT_TRUE(std::getline(decisions, decision));
      SCOPED_TRACE(Line(compilation->policy, call) + decision);
      const Outcome want = interpreter.Decide(call);
      ASSERT_NE(want.reason, Outcome::Reason::kAmbiguous);
      ExpectSame(compilation->policy, want, json::parse(decision));
      if (want.verdict != Outcome::Verdict::kDeny) ++granted;
      ++pairs;
    }
    if (HasFailure()) break;
  }
  std::filesystem::remove_all(folder);
  fmt::print("{} pairs, {} of them not denied; {} policies were refused as ambiguous\n", pairs,
             granted, ambiguous);
  EXPECT_GT(granted, kPairs / 20);
}

}  // namespace
}  // namespace mcplexer
