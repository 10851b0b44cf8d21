// SPDX-License-Identifier: Apache-2.0
// Every case of tests/text/test: a policy with tests, and what `mcplexerc test --coverage` prints.

#include "compiler/testing/run.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/source/render.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/report.h"
#include "tests/text/golden.h"
#include "tests/text/project.h"

namespace mcplexer {
namespace {

std::string Outcome(const std::string& name, const std::string& text) {
  const auto compilation = CompileProject({{name, text}}, name);
  std::string out;
  for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
    out += RenderText(compilation->sources, diagnostic);
  }
  if (compilation->plan.empty()) return out + "no plan\n";
  auto plan = plan::Plan::Load(compilation->plan);
  if (!plan) return plan.error().message;
  const auto shared = std::make_shared<const plan::Plan>(*std::move(plan));
  std::vector<const model::Test*> tests;
  for (const model::Test& test : compilation->policy.tests) tests.push_back(&test);
  const auto run = testing::RunTests(compilation->policy, shared, tests);
  if (!run) return run.error().message;
  for (const std::string& disagreement : run->disagreements) ADD_FAILURE() << disagreement;
  const testing::Coverage coverage = testing::Measure(compilation->policy, *run);
  return testing::TextReport({compilation->policy, *shared, compilation->sources, *run, &coverage});
}

TEST(RunTest, EachCasePassesAndFailsWhereItSays) { CheckGoldenFolder("tests/text/test", Outcome); }

}  // namespace
}  // namespace mcplexer
