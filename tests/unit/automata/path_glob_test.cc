// SPDX-License-Identifier: Apache-2.0

#include "compiler/automata/universe.h"
#include "tests/unit/automata/glob_oracle.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

// By the definition, in words.
bool IsPath(const std::string& text) {
  if (text.empty()) return true;
  std::size_t begin = 0;
  while (true) {
    const std::size_t slash = text.find('/', begin);
    const std::string segment = text.substr(begin, slash - begin);
    if (segment.empty() || segment == "." || segment == "..") return false;
    if (segment.find('\0') != std::string::npos) return false;
    if (slash == std::string::npos) return true;
    begin = slash + 1;
  }
}

TEST(PathUniverse, IsWhatItSays) {
  for (const std::string& text : AllStrings({"a", ".", "/", std::string(1, '\0')}, 7)) {
    ASSERT_EQ(PathUniverse().Matches(text), IsPath(text)) << text;
  }
}

TEST(NameUniverse, IsWhatItSays) {
  EXPECT_FALSE(NameUniverse().Matches(""));
  EXPECT_TRUE(NameUniverse().Matches(" \xFF\x7F"));
  EXPECT_FALSE(NameUniverse().Matches("a\x1F"));
}

TEST(PathGlob, AgreesWithSegmentwiseBacktrackingOnAllShortPaths) {
  static const char* const kSegments[] = {"**",    "**",  "*",      "a",     "b",        "?",
                                          "a*",    "*b",  "[ab]",   "{a,b}", "{,a}{b,}", "a{*,b}",
                                          "[!a]*", "\\*", "{*,*a}", "..a",   "{,}",      "*?"};
  Random random(3);
  std::vector<std::string> texts;
  for (std::string& text : AllStrings({"a", "b", "/", "."}, 7)) {
    if (IsPath(text)) texts.push_back(std::move(text));
  }
  for (int round = 0; round < 120; ++round) {
    std::string glob;
    const auto count = random() % 4 + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i > 0) glob += '/';
      glob += kSegments[random() % std::size(kSegments)];
    }
    const Dfa dfa = PathGlob(glob);
    for (const std::string& text : texts) {
      ASSERT_EQ(dfa.Matches(text), OracleMatches(OracleKind::kPath, glob, text))
          << glob << " on " << text;
    }
  }
}

TEST(PathGlob, DoubleStarIncludesNoSegments) {
  EXPECT_TRUE(PathGlob("src/**").Matches("src"));
  EXPECT_TRUE(PathGlob("src/**").Matches("src/a/b"));
  EXPECT_FALSE(PathGlob("src/**").Matches("srcs"));
  EXPECT_FALSE(PathGlob("src/**").Matches("src/"));
  EXPECT_TRUE(PathGlob("a/**/b").Matches("a/b"));
  EXPECT_TRUE(PathGlob("**/x/**").Matches("x"));
  EXPECT_EQ(Must(Intersection(PathGlob("**"), PathUniverse())), PathUniverse());
  EXPECT_TRUE(PathGlob("**/**") == PathGlob("**"));
}

TEST(PathGlob, OneStarIsOneSegment) {
  EXPECT_FALSE(PathGlob("*").Matches(""));
  EXPECT_TRUE(PathGlob("*").Matches("a\x01\xFF"));
  EXPECT_FALSE(PathGlob("*").Matches("a/b"));
}

TEST(PathGlob, EmptyPatternIsTheRootAlone) {
  EXPECT_TRUE(PathGlob("").Matches(""));
  EXPECT_FALSE(PathGlob("").Matches("a"));
}

struct MalformedPathGlob {
  std::string_view text;
  std::size_t offset;
};

class MalformedPath : public testing::TestWithParam<MalformedPathGlob> {};

TEST_P(MalformedPath, IsRefusedWhereItGoesWrong) {
  const auto nfa = ParsePathGlob(GetParam().text);
  ASSERT_FALSE(nfa.has_value());
  EXPECT_EQ(nfa.error().offset, GetParam().offset) << nfa.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, MalformedPath,
    testing::Values(
        MalformedPathGlob{"/a", 0}, MalformedPathGlob{"./a", 0}, MalformedPathGlob{".", 0},
        MalformedPathGlob{"a/", 1}, MalformedPathGlob{"a\\\\/", 3}, MalformedPathGlob{"a//b", 2},
        MalformedPathGlob{"a/../b", 2}, MalformedPathGlob{"a/./b", 2}, MalformedPathGlob{"a/.", 2},
        MalformedPathGlob{"..", 0}, MalformedPathGlob{"a**/b", 1}, MalformedPathGlob{"{**,a}", 1},
        MalformedPathGlob{"***", 0}, MalformedPathGlob{"{a/b,c}", 2}, MalformedPathGlob{"a\\/b", 1},
        MalformedPathGlob{"[/]", 1}, MalformedPathGlob{"a/[b", 2}, MalformedPathGlob{"/", 0}));

}  // namespace
}  // namespace mcplexer::automata
