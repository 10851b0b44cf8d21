// SPDX-License-Identifier: Apache-2.0
// What formatting must not do, on every .plex file there is and on random policies with random
// spacing and comments: change anything but white space, the tree or the plan, or want to change
// its own outcome.

#include "compiler/syntax/format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/dump.h"
#include "tests/reference/generator.h"
#include "tests/text/golden.h"
#include "tests/text/same_plan.h"

namespace mcplexer {
namespace {

std::optional<std::string> Format(const std::string& text) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  return syntax::FormatPlex(sources, sources.Add("policy", text), {}, diagnostics);
}

std::string Tree(const std::string& text) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  return Dump(syntax::ParsePlex(sources, sources.Add("policy", text), {}, diagnostics));
}

std::string Visible(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return text;
}

// Formats `text`, which has no syntax errors.
std::string CheckFormat(const std::string& text) {
  const std::optional<std::string> formatted = Format(text);
  EXPECT_TRUE(formatted) << text;
  if (!formatted) return text;
  EXPECT_EQ(Visible(text), Visible(*formatted));
  EXPECT_EQ(Tree(text), Tree(*formatted));
  const std::optional<std::string> again = Format(*formatted);
  EXPECT_EQ(*formatted, again.value_or("")) << text;
  EXPECT_EQ(formatted->find(" \n"), std::string::npos) << *formatted;
  EXPECT_EQ(formatted->find("\n\n\n"), std::string::npos) << *formatted;
  return *formatted;
}

// Plans of the larger files; of the others the tree says enough.
TEST(FormatTest, EveryFileKeepsItsMeaning) {
  size_t files = 0;
  size_t plans = 0;
  for (const char* folder : {"examples", "stdlib-policies", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SourceFolder(folder))) {
      if (entry.path().extension() != ".plex") continue;
      const std::string text = ReadAll(entry.path());
      if (!Format(text)) continue;  // syntax errors
      SCOPED_TRACE(entry.path().string());
      ++files;
      const std::string formatted = CheckFormat(text);
      if (std::string_view(folder) == "tests" && entry.path().parent_path().filename() != "model") {
        continue;
      }
      const auto plan = PlanWithoutPlaces(*CompileAs(Surface::kPlex, text));
      plans += plan.empty() ? 0 : 1;
      EXPECT_TRUE(plan == PlanWithoutPlaces(*CompileAs(Surface::kPlex, formatted)));
    }
  }
  EXPECT_GT(files, 30u);
  EXPECT_GE(plans, 3u);
}

// `text` with other white space and with comments between its words. It has no comments.
std::string Respaced(std::string_view text, testing::Random& random) {
  static const std::vector<std::string_view> kSpaces = {" ",
                                                        "   ",
                                                        "\n",
                                                        "\n\n\n",
                                                        "\t",
                                                        " // c\n",
                                                        "\n  // c\n",
                                                        "\n\n//c  \n\n",
                                                        " /* b */ ",
                                                        "\n /* b */\n",
                                                        "\n/* b */ ",
                                                        " /* b */\n",
                                                        "/*m\n  m*/",
                                                        "\n /*m\n m*/\n",
                                                        "/**/ //\n",
                                                        " /*a*/ /*b*/\n",
                                                        "\n/*a*/ //b\n",
                                                        "\r\n"};
  // Most of the text stays readable, so that lines fill up.
  std::string out;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
    if (quoted || (c != ' ' && c != '\n')) {
      out += c;
      continue;
    }
    if (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\n')) continue;
    out += random.OneIn(3) ? random.Pick(kSpaces) : " ";
  }
  return out;
}

TEST(FormatTest, CommentsAnywhereStayWhereTheyAre) {
  testing::Random random(7);
  for (int i = 0; i < 150; ++i) {
    const std::string text = Respaced(testing::RandomPolicy(random), random);
    SCOPED_TRACE(text);
    CheckFormat(text);
    if (HasFailure()) return;
  }
}

TEST(FormatTest, RandomPoliciesKeepTheirPlan) {
  testing::Random random(11);
  size_t plans = 0;
  for (int i = 0; i < 25; ++i) {
    const std::string text = testing::RandomPolicy(random);
    const std::string formatted = CheckFormat(Respaced(text, random));
    const auto plan = PlanWithoutPlaces(*CompileAs(Surface::kPlex, text));
    plans += plan.empty() ? 0 : 1;
    ASSERT_TRUE(plan == PlanWithoutPlaces(*CompileAs(Surface::kPlex, formatted))) << formatted;
  }
  EXPECT_GT(plans, 10u);
}

}  // namespace
}  // namespace mcplexer
