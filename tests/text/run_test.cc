// SPDX-License-Identifier: Apache-2.0
// Every case of tests/text/test: a policy with tests, and what `mcplexerc test --coverage` prints.

#include <gtest/gtest.h>

#include <string>

#include "compiler/source/render.h"
#include "tests/text/golden.h"
#include "tests/text/project.h"
#include "tests/text/test_report.h"

namespace mcplexer {
namespace {

std::string Outcome(const std::string& name, const std::string& text) {
  const auto compilation = CompileProject({{name, text}}, name);
  std::string out;
  for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
    out += RenderText(compilation->sources, diagnostic);
  }
  if (compilation->plan.empty()) return out + "no plan\n";
  return out + TestReport(*compilation, ShowCoverage::kYes);
}

TEST(RunTest, EachCasePassesAndFailsWhereItSays) { CheckGoldenFolder("tests/text/test", Outcome); }

}  // namespace
}  // namespace mcplexer
