// SPDX-License-Identifier: Apache-2.0
// No code without a case that produces it and a page that explains it, and no page without a code.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "compiler/source/diagnostic.h"
#include "tests/text/cases.h"

namespace mcplexer {
namespace {

TEST(CodesTest, EachIsProducedByACase) {
  const std::vector<Case> cases = ReadCases();
  ASSERT_FALSE(cases.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const source::CodeInfo& info : source::AllCodes()) {
    // As the renderer heads a finding; that this is what really comes out is CheckTest's business.
    const std::string head = fmt::format("[{}]: ", info.text);
    bool produced = false;
    for (const Case& one : cases) {
      produced = produced || one.golden.expected.find(head) != std::string::npos;
    }
    EXPECT_TRUE(produced) << "no case of tests/text produces " << info.text << " (" << info.title
                          << ")";
  }
}

TEST(CodesTest, EachHasAPage) {
  const auto folder = SourceFolder("docs/diagnostics");
  ASSERT_FALSE(folder.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const source::CodeInfo& info : source::AllCodes()) {
    const auto page = folder / fmt::format("{}.md", info.text);
    ASSERT_TRUE(std::filesystem::exists(page)) << page;
    const std::string text = ReadAll(page);
    EXPECT_EQ(text.substr(0, text.find('\n')), fmt::format("# {}: {}", info.text, info.title));
  }
}

TEST(CodesTest, EachPageHasACode) {
  const auto folder = SourceFolder("docs/diagnostics");
  ASSERT_FALSE(folder.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    EXPECT_TRUE(source::FindCode(entry.path().stem().string())) << entry.path();
  }
}

}  // namespace
}  // namespace mcplexer
