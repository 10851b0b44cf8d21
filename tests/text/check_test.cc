// SPDX-License-Identifier: Apache-2.0
// Every case of tests/text/check and tests/text/lint (cases.h says what they look like), through
// the whole compiler.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "compiler/source/render.h"
#include "tests/text/cases.h"

namespace mcplexer {
namespace {

std::string Count(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string Outcome(const Case& one) {
  const auto compilation = CompileProject(one.files, one.golden.name, one.command);
  std::string all;
  for (const std::string& error : compilation->input_errors) all += error + "\n";
  for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
    if (!diagnostic.suppressed) all += RenderText(compilation->sources, diagnostic);
  }
  const auto count = [&](source::Severity severity) {
    return compilation->diagnostics.count(severity);
  };
  all += fmt::format("{}, {}, {}, {}\n", Count(compilation->rule_count(), "rule"),
                     Count(count(source::Severity::kError), "error"),
                     Count(count(source::Severity::kWarning), "warning"),
                     compilation->plan.empty() ? "no plan" : "a plan");
  if (const size_t suppressed = compilation->diagnostics.suppressed_count(); suppressed > 0) {
    all.insert(all.size() - 1, fmt::format(", {} suppressed", suppressed));
  }
  return all;
}

TEST(CheckTest, EachCaseFindsWhatItSays) {
  const std::vector<Case> cases = ReadCases();
  ASSERT_FALSE(cases.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const Case& one : cases) CheckGolden(one.golden, Outcome(one));
}

}  // namespace
}  // namespace mcplexer
