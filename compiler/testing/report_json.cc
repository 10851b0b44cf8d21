// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "compiler/model/roots.h"
#include "compiler/testing/report.h"
#include "runtime/json/writer.h"

namespace mcplexer::testing {
namespace {

using json::EscapeString;

std::string CallJson(const Report& report, const TestResult& test, const CallResult& call) {
  std::string mismatches;
  for (const std::string& mismatch : call.mismatches) {
    mismatches += (mismatches.empty() ? "" : ",") + EscapeString(mismatch);
  }
  constexpr std::string_view kKinds[] = {"tool", "resource", "prompt"};
  return fmt::format(
      R"({{"kind":"{}","name":{},"arguments":{},"at":{},"passed":{},"mismatches":[{}],"decision":{}}})",
      kKinds[static_cast<size_t>(call.call->kind)], EscapeString(call.call->name),
      call.call->arguments.empty() ? "null" : call.call->arguments,
      EscapeString(Place(report.sources, call.call->span)), call.mismatches.empty(), mismatches,
      explain::ToJson(report.plan, test.session, call.explanation));
}

std::string TestJson(const Report& report, const TestResult& test) {
  const std::string& principal = report.policy.principals[test.test->principal.index()].name;
  std::string calls;
  for (const CallResult& call : test.calls) {
    calls += (calls.empty() ? "" : ",") + CallJson(report, test, call);
  }
  return fmt::format(R"({{"title":{},"at":{},"dir":{},"principal":{},"passed":{},"calls":[{}]}})",
                     EscapeString(test.test->title),
                     EscapeString(Place(report.sources, test.test->span)),
                     EscapeString(model::RootText(test.test->directory)),
                     principal.empty() ? "null" : EscapeString(principal), test.passed(), calls);
}

std::string CoverageJson(const Report& report) {
  if (report.coverage == nullptr) return "null";
  const Coverage& coverage = *report.coverage;
  std::string rules;
  for (const RuleId id : ByPlace(report.policy, report.sources)) {
    const model::Rule& rule = report.policy.rules[id.index()];
    const RuleUse& use = coverage.rules[id.index()];
    rules +=
        fmt::format(R"({}{{"rule":{},"effect":"{}","at":{},"decided":{},"matched":{}}})",
                    rules.empty() ? "" : ",", EscapeString(rule.id), explain::ToString(rule.effect),
                    EscapeString(Place(report.sources, rule.span)), use.decided, use.matched);
  }
  return fmt::format(R"({{"percent":{},"decided":{},"matched":{},"rules":[{}]}})",
                     PercentText(coverage.permille()), coverage.decided_count(),
                     coverage.matched_count(), rules);
}

}  // namespace

std::string JsonReport(const Report& report) {
  std::string tests;
  for (const TestResult& test : report.run.tests) {
    tests += (tests.empty() ? "" : ",") + TestJson(report, test);
  }
  return fmt::format(R"({{"tests":[{}],"coverage":{},"calls":{},"failed":{}}})"
                     "\n",
                     tests, CoverageJson(report), report.run.call_count(),
                     report.run.failed_count());
}

}  // namespace mcplexer::testing
