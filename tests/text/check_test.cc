// SPDX-License-Identifier: Apache-2.0
// Every case of tests/text/check and tests/text/lint (cases.h says what they look like), through
// the whole compiler.
//
// MCPLEXER_UPDATE=1 writes what came out into the files; read the change before committing it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
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
  const auto compilation = CompileProject(one.files, one.root, one.command);
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
  std::string out;
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) {
    out += fmt::format("{}{}{}\n", one.comment(), line.empty() ? "" : " ", line);
  }
  return out;
}

TEST(CheckTest, EachCaseFindsWhatItSays) {
  const std::vector<Case> cases = ReadCases();
  ASSERT_FALSE(cases.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  const char* update = std::getenv("MCPLEXER_UPDATE");
  for (const Case& one : cases) {
    SCOPED_TRACE(one.path.string());
    const std::string outcome = Outcome(one);
    if (update != nullptr && std::string_view(update) == "1") {
      std::ofstream(one.path, std::ios::binary) << one.files.at(one.root) << one.mark() << outcome;
      continue;
    }
    ASSERT_FALSE(one.expected.empty()) << "the case expects nothing";
    EXPECT_EQ(one.expected, outcome);
  }
}

}  // namespace
}  // namespace mcplexer
