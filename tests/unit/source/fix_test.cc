// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/fix.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::source {
namespace {

class ApplyFixesTest : public ::testing::Test {
 protected:
  Span At(uint32_t begin, uint32_t end) const { return {file_, begin, end}; }
  Diagnostic& Report(uint32_t at) {
    return diagnostics_.Report(Code::kConfusableText, At(at, at), fmt::format("at {}", at));
  }
  FixedTexts Apply(Applicability kind = Applicability::kSafe) {
    return ApplyFixes(sources_, diagnostics_, kind, [](FileId) { return true; });
  }

  SourceMap sources_;
  FileId file_ = sources_.Add("a", "0123456789");
  Diagnostics diagnostics_;
};

TEST_F(ApplyFixesTest, EditsArePutInWhateverTheirOrder) {
  Report(1).Offer({Applicability::kSafe, "two", {{At(8, 10), "B"}, {At(0, 2), "A"}}});
  Report(3).Offer({Applicability::kSafe, "insert", {{At(5, 5), "--"}}});
  const FixedTexts fixed = Apply();
  EXPECT_EQ(fixed.texts.at(file_), "A234--567B");
  EXPECT_EQ(fixed.applied, 2u);
  EXPECT_EQ(fixed.conflicting, 0u);
}

TEST_F(ApplyFixesTest, OfFixesThatOverlapTheFirstIsTakenWhole) {
  Report(1).Offer({Applicability::kSafe, "first", {{At(2, 5), ""}}});
  Report(2).Offer({Applicability::kSafe, "overlaps", {{At(0, 1), "X"}, {At(4, 6), "Y"}}});
  Report(3).Offer({Applicability::kSafe, "touches", {{At(5, 6), "Z"}}});
  const FixedTexts fixed = Apply();
  EXPECT_EQ(fixed.texts.at(file_), "01Z6789");
  EXPECT_EQ(fixed.applied, 2u);
  EXPECT_EQ(fixed.conflicting, 1u);
}

TEST_F(ApplyFixesTest, AnAlternativeIsTakenWhereTheBestDoesNotFit) {
  Report(1).Offer({Applicability::kSafe, "first", {{At(0, 3), "_"}}});
  Report(2)
      .Offer({Applicability::kSafe, "best", {{At(2, 4), "X"}}})
      .Offer({Applicability::kSafe, "second", {{At(9, 10), "Y"}}});
  EXPECT_EQ(Apply().texts.at(file_), "_345678Y");
}

TEST_F(ApplyFixesTest, TwoInsertionsAtOnePlaceOverlap) {
  Report(1).Offer({Applicability::kSafe, "a", {{At(4, 4), "a"}}});
  Report(2).Offer({Applicability::kSafe, "b", {{At(4, 4), "b"}}});
  const FixedTexts fixed = Apply();
  EXPECT_EQ(fixed.texts.at(file_), "0123a456789");
  EXPECT_EQ(fixed.conflicting, 1u);
}

TEST_F(ApplyFixesTest, OtherKindsSuppressedFindingsAndForeignFilesAreLeftAlone) {
  Report(1).Offer({Applicability::kUnsafe, "unsafe", {{At(0, 1), ""}}});
  Report(2).Offer({Applicability::kSafe, "accepted", {{At(1, 2), ""}}}).suppressed = "so it is";
  EXPECT_TRUE(Apply().texts.empty());
  EXPECT_EQ(Apply(Applicability::kUnsafe).texts.at(file_), "123456789");
  const FixedTexts foreign =
      ApplyFixes(sources_, diagnostics_, Applicability::kUnsafe, [](FileId) { return false; });
  EXPECT_EQ(foreign.applied, 0u);
}

// Reads a diff as patch(1) does, strictly: every line of context and every count has to be right.
std::string Patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < before.size();) {
    const size_t end = std::min(before.find('\n', at), before.size() - 1) + 1;
    lines.push_back(before.substr(at, end - at));
    at = end;
  }
  std::string out;
  size_t next = 0;  // of `lines`
  size_t old_left = 0;
  size_t new_left = 0;
  size_t written = 0;
  for (size_t at = diff.find("\n@@") + 1; at < diff.size();) {
    size_t end = diff.find('\n', at) + 1;
    std::string line = diff.substr(at, end - at);
    if (line.starts_with("@@")) {
      EXPECT_EQ(old_left + new_left, 0u);
      size_t old_line = 0;
      size_t new_line = 0;
      EXPECT_EQ(std::sscanf(line.c_str(), "@@ -%zu,%zu +%zu,%zu @@", &old_line, &old_left,
                            &new_line, &new_left),
                4);
      if (old_left > 0) --old_line;
      if (new_left > 0) --new_line;
      for (; next < old_line; ++next, ++written) out += lines.at(next);
      EXPECT_EQ(written, new_line);
    } else {
      const bool open = diff.substr(end).starts_with("\\ No newline");
      if (open) {
        line.pop_back();
        end = diff.find('\n', end) + 1;
      }
      const std::string text = line.substr(1);
      if (line[0] != '+') {
        EXPECT_EQ(lines.at(next++), text);
        --old_left;
      }
      if (line[0] != '-') {
        out += text;
        ++written;
        --new_left;
      }
    }
    at = end;
  }
  EXPECT_EQ(old_left + new_left, 0u);
  for (; next < lines.size(); ++next) out += lines[next];
  return out;
}

// How many lines cannot be kept, by the textbook's table.
size_t FewestChanges(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> kept(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      kept[i][j] =
          a[i - 1] == b[j - 1] ? kept[i - 1][j - 1] + 1 : std::max(kept[i - 1][j], kept[i][j - 1]);
    }
  }
  return a.size() + b.size() - 2 * kept[a.size()][b.size()];
}

std::string TextOf(std::string_view letters, bool closed) {
  std::string text;
  for (const char letter : letters) text += fmt::format("{}\n", letter);
  if (!closed && !text.empty()) text.pop_back();
  return text;
}

// All words of up to `length` letters of `a`, `b`.
std::vector<std::string> Words(size_t length) {
  std::vector<std::string> words = {""};
  for (size_t at = 0; at < words.size(); ++at) {
    if (words[at].size() == length) continue;
    words.push_back(words[at] + "a");
    words.push_back(words[at] + "b");
  }
  return words;
}

TEST(UnifiedDiffTest, AllSmallTextsArePatchedIntoEachOtherByAsFewLinesAsPossible) {
  for (const std::string& a : Words(5)) {
    for (const std::string& b : Words(5)) {
      const std::string before = TextOf(a, true);
      const std::string after = TextOf(b, true);
      const std::string diff = UnifiedDiff("x", before, after);
      ASSERT_EQ(Patched(before, diff), after) << diff;
      size_t changes = 0;
      for (size_t at = diff.find("\n@@"); at < diff.size(); at = diff.find('\n', at + 1)) {
        changes += diff[at + 1] == '-' || diff[at + 1] == '+' ? 1 : 0;
      }
      ASSERT_EQ(changes, FewestChanges(a, b)) << diff;
    }
  }
}

TEST(UnifiedDiffTest, AMissingLastLineEndIsShown) {
  for (const std::string& a : Words(3)) {
    for (const std::string& b : Words(3)) {
      for (const bool closed : {false, true}) {
        const std::string before = TextOf(a, closed);
        const std::string after = TextOf(b, !closed);
        ASSERT_EQ(Patched(before, UnifiedDiff("x", before, after)), after);
      }
    }
  }
}

TEST(UnifiedDiffTest, ChangesFarApartAreHunksOfTheirOwn) {
  std::string before;
  for (int i = 1; i <= 30; ++i) before += fmt::format("line {}\n", i);
  std::string after = before;
  after.replace(after.find("line 5\n"), 7, "");
  after.replace(after.find("line 25\n"), 8, "line 25, changed\n");
  EXPECT_EQ(UnifiedDiff("a.plex", before, after),
            "--- a.plex\n+++ a.plex\n"
            "@@ -2,7 +2,6 @@\n line 2\n line 3\n line 4\n-line 5\n line 6\n line 7\n line 8\n"
            "@@ -22,7 +21,7 @@\n line 22\n line 23\n line 24\n-line 25\n+line 25, changed\n"
            " line 26\n line 27\n line 28\n");
  EXPECT_EQ(Patched(before, UnifiedDiff("a.plex", before, after)), after);
}

TEST(UnifiedDiffTest, TextsWithLittleInCommonAreReplaced) {
  std::string before;
  std::string after;
  for (int i = 0; i < 1500; ++i) before += fmt::format("before {}\n", i);
  for (int i = 0; i < 1500; ++i) after += fmt::format("after {}\n", i);
  EXPECT_EQ(Patched(before, UnifiedDiff("x", before, after)), after);
}

}  // namespace
}  // namespace mcplexer::source
