// SPDX-License-Identifier: Apache-2.0
// Mistakes that people make (tests/mistakes), and what the compiler says to them. A file holds both
// what was written and what was meant:
//
//     // What somebody did, and what they thought it does.
//     allow github__get_isue     //-
//     allow github__get_issue    //+
//
// A line that ends in `//-` is part of the mistake only, one that ends in `//+` of the correction;
// `#-` and `#+` in YAML. With a line `//@ inventory` the compiler knows what tests/mistakes/
// mcplexer.lock records, with `//@ inventory base` it compares that with base.lock, and with
// `//@ enable S0606` lint looks for what it is not asked about by itself. Below `//! expect:`
// stands what check, lint and test come to for the mistake; of what was meant nothing may come.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "compiler/source/render.h"
#include "tests/text/golden.h"
#include "tests/text/project.h"
#include "tests/text/test_report.h"

namespace mcplexer {
namespace {

constexpr char kFolder[] = "tests/mistakes";

enum class Form : uint8_t { kMistaken, kCorrected };

// The policy of one form. A line of the other one is left empty, so that lines keep their numbers.
std::string PolicyOf(const Golden& golden, Form form) {
  const std::string comment = golden.comment().substr(0, golden.comment().size() - 1);
  const std::string mine = comment + (form == Form::kMistaken ? "-" : "+");
  const std::string others = comment + (form == Form::kMistaken ? "+" : "-");
  std::string policy;
  std::istringstream lines(golden.text);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(others) || line.starts_with(comment + "@ ")) {
      line.clear();
    } else if (line.ends_with(mine)) {
      line.resize(line.size() - mine.size());
      line.resize(line.find_last_not_of(' ') + 1);
    }
    policy += line + "\n";
  }
  return policy;
}

std::string Diagnostics(const commands::Compilation& compilation) {
  std::string all;
  for (const std::string& error : compilation.input_errors) all += error + "\n";
  for (const source::Diagnostic& diagnostic : compilation.diagnostics.all()) {
    if (!diagnostic.suppressed) all += RenderText(compilation.sources, diagnostic);
  }
  return all;
}

// What `//@ enable` asks for.
std::set<source::Code> Enabled(const std::string& text) {
  constexpr std::string_view kEnable = "@ enable ";
  std::set<source::Code> enabled;
  for (size_t at = 0; (at = text.find(kEnable, at)) != std::string::npos;) {
    at += kEnable.size();
    const auto code = source::FindCode(text.substr(at, text.find('\n', at) - at));
    EXPECT_TRUE(code);
    if (code) enabled.insert(*code);
  }
  return enabled;
}

// What the three commands, one after the other, say to a policy; nothing if it is as it should be.
std::string FindingsOf(const Golden& golden, Form form) {
  Files files = {{golden.name, PolicyOf(golden, form)}};
  if (golden.text.find("@ inventory") != std::string::npos) {
    files["mcplexer.lock"] = ReadAll(SourceFolder(kFolder) / "mcplexer.lock");
  }
  if (golden.text.find("@ inventory base") != std::string::npos) {
    files["base.lock"] = ReadAll(SourceFolder(kFolder) / "base.lock");
  }
  const auto compilation = CompileProject(files, golden.name);
  std::string checked = Diagnostics(*compilation);
  if (!checked.empty()) return "found by check\n" + checked;
  commands::Lint(*compilation, Enabled(golden.text));
  std::string findings = Diagnostics(*compilation);
  if (!findings.empty()) findings.insert(0, "found by lint\n");
  if (compilation->policy.tests.empty()) return findings;
  const std::string report = TestReport(*compilation, ShowCoverage::kNo);
  if (report.ends_with(", 0 failed\n")) return findings;
  return findings + "found by test\n" + report;
}

TEST(MistakesTest, EachIsFoundAndItsCorrectionIsFine) {
  size_t cases = 0;
  for (const auto& path : PathsIn(kFolder)) {
    if (!IsPolicy(path)) continue;
    ++cases;
    SCOPED_TRACE(path.filename().string());
    const Golden golden = ReadGolden(path);
    const std::string found = FindingsOf(golden, Form::kMistaken);
    EXPECT_NE(found, "") << "nobody notices the mistake";
    CheckGolden(golden, found);
    EXPECT_EQ(FindingsOf(golden, Form::kCorrected), "") << "the correction is not fine";
  }
  EXPECT_GE(cases, 50u) << "is MCPLEXER_SOURCE_DIR set?";
}

}  // namespace
}  // namespace mcplexer
