// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/analysis/territory.h"
#include "compiler/source/printable.h"
#include "compiler/testing/expectation.h"
#include "runtime/base/check.h"

namespace mcplexer::testing {
namespace {

using reference::Outcome;

std::string_view VerdictText(Outcome::Verdict verdict) {
  constexpr std::string_view kTexts[] = {"allow", "approve", "deny"};
  return kTexts[static_cast<size_t>(verdict)];
}

// As decide::ToString names the same reasons.
std::string_view ReasonText(Outcome::Reason reason) {
  constexpr std::string_view kTexts[] = {
      "rule",         "default",  "no_workspace", "requirement_failed", "unknown_namespace",
      "unknown_name", "ambiguous"};
  return kTexts[static_cast<size_t>(reason)];
}

class Runner {
 public:
  Runner(const model::Policy& policy, std::shared_ptr<const decide::Engine> engine,
         std::string home)
      : policy_(policy),
        engine_(std::move(engine)),
        home_(std::move(home)),
        interpreter_(policy, home_) {}

  Run Go(std::span<const model::Test* const> tests) && {
    for (const model::Test* test : tests) run_.tests.push_back(RunTest(*test));
    return std::move(run_);
  }

 private:
  TestResult RunTest(const model::Test& test) {
    std::string directory = (test.directory.home ? home_ : "") + test.directory.rest;
    if (directory.empty()) directory.push_back('/');
    TestResult result{&test, decide::Session(engine_, directory, test.principal, "", ""), {}};
    for (const model::TestCall& call : test.calls) {
      decide::Call asked;
      asked.kind = call.kind;
      asked.name = call.name;
      asked.arguments = call.arguments;
      if (call.kind == model::CallKind::kResource) asked.server = call.server;
      CallResult one{&call, explain::Explain(result.session, asked), {}};
      Confirm(test, call, directory, one.explanation.decision);
      one.mismatches = Mismatches(policy_, call, one.explanation.decision);
      result.calls.push_back(std::move(one));
    }
    return result;
  }

  void Confirm(const model::Test& test, const model::TestCall& call, const std::string& directory,
               const decide::Decision& decision) {
    reference::Call asked;
    asked.kind = call.kind;
    asked.name = call.name;
    if (call.kind == model::CallKind::kResource) asked.server = call.server;
    asked.arguments = call.arguments;
    asked.directory = directory;
    asked.principal = test.principal;
    if (const auto difference = Disagreement(decision, interpreter_.Decide(asked))) {
      run_.disagreements.push_back(
          fmt::format("test `{}`, call `{}` {}: {}", source::Printable(test.title),
                      source::Printable(call.name), call.arguments, *difference));
    }
  }

  const model::Policy& policy_;
  std::shared_ptr<const decide::Engine> engine_;
  std::string home_;  // empty for `/`
  reference::Interpreter interpreter_;
  Run run_;
};

}  // namespace

bool TestResult::passed() const {
  return std::ranges::all_of(calls, [](const CallResult& one) { return one.mismatches.empty(); });
}

size_t Run::call_count() const {
  size_t count = 0;
  for (const TestResult& test : tests) count += test.calls.size();
  return count;
}

size_t Run::failed_count() const {
  size_t count = 0;
  for (const TestResult& test : tests) {
    for (const CallResult& one : test.calls) count += one.mismatches.empty() ? 0 : 1;
  }
  return count;
}

Result<Run> RunTests(const model::Policy& policy, const std::shared_ptr<const plan::Plan>& plan,
                     std::span<const model::Test* const> tests) {
  // Ids of the policy are ids of its plan.
  MCPLEXER_CHECK(plan->rules().size() == policy.rules.size());
  const std::string home = analysis::HomeDirectory(policy);
  const decide::PathResolver nothing_exists = [](const std::string&) {
    return Result<std::optional<std::string>>(std::nullopt);
  };
  auto engine = decide::Engine::Create(plan, home, nothing_exists);
  if (!engine) return tl::unexpected(engine.error());
  return Runner(policy, *std::move(engine), home == "/" ? "" : home).Go(tests);
}

std::optional<std::string> Disagreement(const decide::Decision& engine,
                                        const reference::Outcome& reference) {
  const auto differ = [](std::string_view what, auto ours, auto theirs) {
    return fmt::format("the engine and the reference interpreter differ in the {}: {} and {}", what,
                       ours, theirs);
  };
  if (decide::ToString(engine.verdict) != VerdictText(reference.verdict)) {
    return differ("decision", decide::ToString(engine.verdict), VerdictText(reference.verdict));
  }
  if (decide::ToString(engine.reason) != ReasonText(reference.reason)) {
    return differ("reason", decide::ToString(engine.reason), ReasonText(reference.reason));
  }
  // Ids as they are: whoever reads this looks into the plan.
  const auto number = [](auto id) {
    return id.valid() ? static_cast<int64_t>(id.index()) : int64_t{-1};
  };
  if (engine.workspace != reference.workspace) {
    return differ("workspace", number(engine.workspace), number(reference.workspace));
  }
  if (engine.server != reference.server) {
    return differ("server", number(engine.server), number(reference.server));
  }
  if (engine.scope != reference.scope) {
    return differ("scope", number(engine.scope), number(reference.scope));
  }
  const bool known = engine.rule.valid()
                         ? std::ranges::find(reference.rules, engine.rule) != reference.rules.end()
                         : reference.rules.empty();
  if (!known) {
    return differ("rule", number(engine.rule),
                  number(reference.rules.empty() ? RuleId() : reference.rules.front()));
  }
  return std::nullopt;
}

}  // namespace mcplexer::testing
