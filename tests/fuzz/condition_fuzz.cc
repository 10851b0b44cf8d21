// SPDX-License-Identifier: Apache-2.0
// A condition and arguments: the engine finds the truth value, of three, that the reference
// interpreter finds.
//
// Input: the condition up to the first line break, then arguments, a line each, and all of these
// lines as one text. The condition stands in a policy of one rule, an allow: what it is worth shows
// in the decision.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/reference/condition.h"
#include "compiler/reference/interpreter.h"
#include "runtime/base/check.h"
#include "runtime/decide/decide.h"
#include "runtime/plan/plan.h"
#include "tests/fuzz/require.h"
#include "tests/text/same_plan.h"
#include "tests/unit/json/oracle.h"

namespace mcplexer {
namespace {

using fuzz::Require;
using reference::Truth;

constexpr std::string_view kHome = "/home/u";
constexpr std::string_view kDirectory = "/home/u/w/src";
constexpr std::string_view kClient = "client";
constexpr std::string_view kName = "s__t";

constexpr std::string_view kBefore = R"(server s { command = ["s"] }
principal alice { uid = 1 groups = [eng, ops] }
workspace w {
  root = "~/w"
  tags = { team = "core", empty = "" }
  allow s__t when )";
constexpr std::string_view kBehind = "\n}\n";

// A condition may go on as clauses, and as other declarations: those are not what is compared.
bool IsOneConditionalRule(const model::Policy& policy) {
  if (policy.rules.size() != 1 || policy.workspaces.size() != 1) return false;
  const model::Rule& rule = policy.rules.front();
  return rule.when.valid() && !rule.require.valid() && rule.except.empty() &&
         rule.names.size() == 1 && rule.paths.size() == 1 && rule.paths.front().text == "**" &&
         rule.principals.size() == policy.principals.size() &&
         !policy.workspaces.front().default_allow;
}

// The reference reads JSON with a library that refuses numbers beyond a double; the engine does
// not.
bool HasHugeNumber(std::string_view arguments) {
  return json::oracle::Read(arguments).out_of_range;
}

Truth TruthOf(const decide::Decision& decision) {
  if (decision.verdict == decide::Verdict::kAllow) return Truth::kTrue;
  return decision.unevaluated ? Truth::kUnknown : Truth::kFalse;
}

// Both readings of one condition.
class Comparison {
 public:
  explicit Comparison(const commands::Compilation& compilation)
      : policy_(compilation.policy), interpreter_(policy_, std::string(kHome)) {
    auto plan = plan::Plan::Load(compilation.plan);
    MCPLEXER_CHECK(plan.has_value());
    const auto nothing_exists = [](const std::string&) -> Result<std::optional<std::string>> {
      return std::optional<std::string>();
    };
    auto engine = decide::Engine::Create(std::make_shared<const plan::Plan>(std::move(*plan)),
                                         std::string(kHome), nothing_exists);
    Require(engine.has_value(), "a plan without an engine");
    engine_ = std::move(*engine);
  }

  void Check(std::string_view arguments) const {
    if (HasHugeNumber(arguments)) return;
    for (size_t i = 0; i < policy_.principals.size(); ++i) {
      const PrincipalId principal(i);
      decide::Session session(engine_, std::string(kDirectory), principal, std::string(kClient),
                              "");
      const Truth ours = TruthOf(session.Decide({.name = kName, .arguments = arguments}));
      const Truth theirs = Reference(principal, arguments);
      if (ours != theirs) {
        std::fprintf(stderr, "%.*s as %s: %d, by the reference %d\n",
                     static_cast<int>(arguments.size()), arguments.data(),
                     policy_.principals[i].name.c_str(), static_cast<int>(ours),
                     static_cast<int>(theirs));
      }
      Require(ours == theirs, "another truth value than the reference's");
    }
  }

 private:
  Truth Reference(PrincipalId principal, std::string_view arguments) const {
    reference::Call call;
    call.name = kName;
    call.arguments = arguments;
    call.directory = kDirectory;
    call.principal = principal;
    call.client = kClient;
    const reference::Context context = interpreter_.ContextOf(call, WorkspaceId(0u));
    const ConditionId when = policy_.rules.front().when;
    return reference::EvaluateCondition(policy_.conditions[when.index()].expr, context);
  }

  const model::Policy& policy_;
  const reference::Interpreter interpreter_;
  std::shared_ptr<const decide::Engine> engine_;
};

void Check(std::string_view condition, std::string_view arguments) {
  std::string text(kBefore);
  text += condition;
  text += kBehind;
  const auto compilation = CompileAs(Surface::kPlex, text);
  if (compilation->plan.empty() || !IsOneConditionalRule(compilation->policy)) return;
  const Comparison comparison(*compilation);
  comparison.Check(arguments);
  while (!arguments.empty()) {
    const size_t line = std::min(arguments.find('\n'), arguments.size());
    comparison.Check(arguments.substr(0, line));
    arguments.remove_prefix(std::min(line + 1, arguments.size()));
  }
}

}  // namespace
}  // namespace mcplexer

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(text.find('\n'), text.size());
  mcplexer::Check(text.substr(0, line), text.substr(std::min(line + 1, text.size())));
  return 0;
}
