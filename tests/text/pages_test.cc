// SPDX-License-Identifier: Apache-2.0
// The examples of docs/diagnostics: what a page says to avoid produces the page's code and nothing
// else, and what it says to prefer is clean. Blocks come as `Avoid:` or `Prefer:`, an empty line
// and a fence; one fenced as `text` is a sketch that no compiler reads.

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/lint.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/render.h"
#include "tests/text/project.h"

namespace mcplexer {
namespace {

struct Block {
  bool avoid = false;
  std::string language;
  std::string text;
};

std::vector<Block> BlocksOf(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line != "Avoid:" && line != "Prefer:") continue;
    Block block;
    block.avoid = line == "Avoid:";
    std::string fence;
    if (!std::getline(lines, line) || !line.empty() || !std::getline(lines, fence) ||
        !fence.starts_with("```")) {
      ADD_FAILURE() << "no fence behind an empty line behind `Avoid:` or `Prefer:`";
      return blocks;
    }
    block.language = fence.substr(3);
    while (std::getline(lines, line) && line != "```") block.text += line + "\n";
    blocks.push_back(std::move(block));
  }
  return blocks;
}

struct Findings {
  std::set<std::string> codes;
  std::string text;  // for whoever has to find out why
};

// Off by default are the codes that no page has to avoid but its own, so the checks of `lint` are
// run for the pages of their own findings only.
Command CommandFor(source::Code code) {
  if (code == source::Code::kUnusedSuppression) return Command::kLint;
  return analysis::ActiveLintCodes({code}).contains(code) ? Command::kLint : Command::kCheck;
}

Findings Check(const Block& block, source::Code code) {
  const std::string name = "page." + block.language;
  const auto compilation =
      CompileProject({{name, block.text}}, name, CommandFor(code), std::set{code});
  Findings findings;
  for (const std::string& error : compilation->input_errors) findings.codes.insert(error);
  for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
    if (diagnostic.suppressed) continue;
    findings.codes.insert(std::string(source::Info(diagnostic.code).text));
    findings.text += RenderText(compilation->sources, diagnostic);
  }
  return findings;
}

TEST(PagesTest, ExamplesAreWhatTheyAreSaidToBe) {
  const auto folder = SourceFolder("docs/diagnostics");
  ASSERT_FALSE(folder.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const source::CodeInfo& info : source::AllCodes()) {
    const std::string code(info.text);
    SCOPED_TRACE(code);
    size_t avoid = 0, prefer = 0;
    for (const Block& block : BlocksOf(ReadAll(folder / (code + ".md")))) {
      ++(block.avoid ? avoid : prefer);
      if (block.language == "text") continue;
      EXPECT_TRUE(block.language == "plex" || block.language == "yaml") << block.language;
      const Findings findings = Check(block, info.code);
      const std::set<std::string> expected = block.avoid ? std::set{code} : std::set<std::string>();
      EXPECT_EQ(findings.codes, expected) << block.text << findings.text;
    }
    EXPECT_GT(avoid, 0u);
    EXPECT_GT(prefer, 0u);
  }
}

}  // namespace
}  // namespace mcplexer
