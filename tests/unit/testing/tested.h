// SPDX-License-Identifier: Apache-2.0
// What the tests of this folder share: the text of a policy to a run of its tests.

#ifndef MCPLEXER_TESTS_UNIT_TESTING_TESTED_H_
#define MCPLEXER_TESTS_UNIT_TESTING_TESTED_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/syntax/parse.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/report.h"
#include "compiler/testing/run.h"
#include "runtime/base/check.h"

namespace mcplexer::testing {

struct Tested {
  commands::Compilation compilation;
  std::shared_ptr<const plan::Plan> plan;
  Run run;
  Coverage coverage;

  Report report() const { return {compilation.policy, *plan, compilation.sources, run, &coverage}; }
};

// `text` has no errors.
inline std::unique_ptr<Tested> RunText(const std::string& text, const std::string& home = "") {
  auto tested = std::make_unique<Tested>();
  commands::Compilation& compilation = tested->compilation;
  const FileId file = compilation.sources.Add("p.plex", text);
  const syntax::File tree =
      syntax::ParsePlex(compilation.sources, file, source::Limits(), compilation.diagnostics);
  commands::CompileTrees({tree}, home, compilation);
  MCPLEXER_CHECK(!compilation.plan.empty());
  auto plan = plan::Plan::Load(compilation.plan);
  MCPLEXER_CHECK(plan.has_value());
  tested->plan = std::make_shared<const plan::Plan>(*std::move(plan));
  std::vector<const model::Test*> tests;
  for (const model::Test& test : compilation.policy.tests) tests.push_back(&test);
  auto run = RunTests(compilation.policy, tested->plan, tests);
  MCPLEXER_CHECK(run.has_value());
  tested->run = *std::move(run);
  tested->coverage = Measure(compilation.policy, tested->run);
  return tested;
}

}  // namespace mcplexer::testing

#endif  // MCPLEXER_TESTS_UNIT_TESTING_TESTED_H_
