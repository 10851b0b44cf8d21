// SPDX-License-Identifier: Apache-2.0
// The tests in a compiled project, run as `mcplexerc test` runs them.

#ifndef MCPLEXER_TESTS_TEXT_TEST_REPORT_H_
#define MCPLEXER_TESTS_TEXT_TEST_REPORT_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/report.h"
#include "compiler/testing/run.h"

namespace mcplexer {

enum class ShowCoverage : uint8_t { kNo, kYes };

// What the command prints for a policy that has a plan.
inline std::string TestReport(const commands::Compilation& compilation, ShowCoverage show) {
  auto plan = plan::Plan::Load(compilation.plan);
  if (!plan) return plan.error().message;
  const auto shared = std::make_shared<const plan::Plan>(*std::move(plan));
  std::vector<const model::Test*> tests;
  for (const model::Test& test : compilation.policy.tests) tests.push_back(&test);
  const auto run = testing::RunTests(compilation.policy, shared, tests);
  if (!run) return run.error().message;
  for (const std::string& disagreement : run->disagreements) ADD_FAILURE() << disagreement;
  const testing::Coverage coverage = testing::Measure(compilation.policy, *run);
  return testing::TextReport({compilation.policy, *shared, compilation.sources, *run,
                              show == ShowCoverage::kYes ? &coverage : nullptr});
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_TEST_REPORT_H_
