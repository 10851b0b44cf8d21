// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/diagnostic.h"

#include <gtest/gtest.h>

#include <set>

namespace mcplexer::source {
namespace {

TEST(DiagnosticTest, EveryCodeIsDeclaredOnceAndFoundByItsText) {
  std::set<std::string_view> texts;
  for (const CodeInfo& info : AllCodes()) {
    EXPECT_TRUE(texts.insert(info.text).second) << info.text;
    EXPECT_EQ(FindCode(info.text), info.code);
    EXPECT_EQ(Info(info.code).text, info.text);
    EXPECT_EQ(info.text.size(), 5u);
    EXPECT_FALSE(info.title.empty());
    // The letter is the level; security findings (S) may be of any.
    const char letter = info.text[0];
    EXPECT_TRUE(letter == 'S' || (letter == 'E') == (info.severity == Severity::kError))
        << info.text;
  }
  EXPECT_EQ(FindCode("E9999"), std::nullopt);
  EXPECT_EQ(FindCode(""), std::nullopt);
}

TEST(DiagnosticTest, SortsByPlaceAndDropsRepetitions) {
  Diagnostics diagnostics;
  const FileId file(0u);
  diagnostics.Report(Code::kBadValue, {file, 9, 10}, "b");
  diagnostics.Report(Code::kSyntaxError, Span(), "nowhere");
  diagnostics.Report(Code::kBadValue, {file, 3, 4}, "a").Mark("kept");
  diagnostics.Report(Code::kBadValue, {file, 9, 10}, "b");
  diagnostics.Sort();
  ASSERT_EQ(diagnostics.all().size(), 3u);
  EXPECT_EQ(diagnostics.all()[0].primary.text, "kept");
  EXPECT_EQ(diagnostics.all()[1].message, "b");
  EXPECT_EQ(diagnostics.all()[2].message, "nowhere");
}

TEST(DiagnosticTest, CountsBySeverity) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.Report(Code::kIgnoredKey, Span(), "w");
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.Report(Code::kBadValue, Span(), "e");
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.count(Severity::kWarning), 1u);
  EXPECT_EQ(diagnostics.count(Severity::kError), 1u);
}

}  // namespace
}  // namespace mcplexer::source
