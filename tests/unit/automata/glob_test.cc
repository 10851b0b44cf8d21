// SPDX-License-Identifier: Apache-2.0

#include "compiler/automata/universe.h"
#include "tests/unit/automata/glob_oracle.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

std::string RandomGlob(Random& random, int depth, bool double_stars) {
  std::string glob;
  const auto pieces = random() % 4 + 1;
  for (std::uint32_t i = 0; i < pieces; ++i) {
    switch (random() % (depth > 0 ? 9 : 8)) {
      case 0:
        if (glob.ends_with('*')) glob += 'b';
        glob += double_stars && random() % 2 == 0 ? "**" : "*";
        break;
      case 1:
        glob += '?';
        break;
      case 2:
        glob += "[a-b]";
        break;
      case 3:
        glob += "[!aé]";
        break;
      case 4:
        glob += "\\*";
        break;
      case 5:
        glob += double_stars ? "/" : "é";
        break;
      case 6:
      case 7:
        glob += static_cast<char>('a' + random() % 2);
        break;
      default: {
        glob += '{';
        const auto alternatives = random() % 3 + 1;
        for (std::uint32_t j = 0; j < alternatives; ++j) {
          if (j > 0) glob += ',';
          if (random() % 4 != 0 || alternatives == 1) {
            glob += RandomGlob(random, depth - 1, false);
          }
        }
        // A star at the end of an alternative must not meet one behind the brace as text.
        glob += "}";
        if (random() % 2 == 0) glob += 'b';
        break;
      }
    }
  }
  return glob;
}

TEST(NameGlob, AgreesWithBacktrackingOnAllShortStrings) {
  Random random(1);
  const auto texts = AllStrings({"a", "b", "c", "*", "é", "\xA9"}, 5);
  for (int round = 0; round < 100; ++round) {
    const std::string glob = RandomGlob(random, 2, false);
    const Dfa dfa = NameGlob(glob);
    for (const std::string& text : texts) {
      if (text.empty()) continue;
      ASSERT_EQ(dfa.Matches(text), OracleMatches(OracleKind::kName, glob, text))
          << glob << " on " << text;
    }
  }
}

TEST(UriGlob, AgreesWithBacktrackingOnAllShortStrings) {
  Random random(2);
  const auto texts = AllStrings({"a", "b", "/", "*", "é"}, 5);
  for (int round = 0; round < 100; ++round) {
    const std::string glob = RandomGlob(random, 2, true);
    const Dfa dfa = UriGlob(glob);
    for (const std::string& text : texts) {
      if (text.empty()) continue;
      ASSERT_EQ(dfa.Matches(text), OracleMatches(OracleKind::kUri, glob, text))
          << glob << " on " << text;
    }
  }
}

TEST(NameGlob, MatchesWholeNamesWithCase) {
  const Dfa dfa = NameGlob("github__{get,list}_*");
  EXPECT_TRUE(dfa.Matches("github__get_x"));
  EXPECT_TRUE(dfa.Matches("github__list_"));
  EXPECT_FALSE(dfa.Matches("Github__get_x"));
  EXPECT_FALSE(dfa.Matches("xgithub__get_x"));
  EXPECT_FALSE(dfa.Matches("github__get"));
}

TEST(NameGlob, StarRunsOverAnyBytesFromSpaceUp) {
  const Dfa dfa = NameGlob("a*");
  EXPECT_TRUE(dfa.Matches("a\xFF\xFE /é"));
  EXPECT_FALSE(dfa.Matches("a\n"));
  EXPECT_TRUE(NameGlob("**") == NameGlob("*"));
  EXPECT_EQ(Must(Intersection(NameGlob("*"), NameUniverse())), NameUniverse());
}

TEST(NameGlob, QuestionMarkIsOneCodePoint) {
  const Dfa dfa = NameGlob("?");
  EXPECT_TRUE(dfa.Matches("a"));
  EXPECT_TRUE(dfa.Matches("é"));
  EXPECT_TRUE(dfa.Matches("\xF0\x9F\x98\x80"));
  EXPECT_FALSE(dfa.Matches("\xC3"));
  EXPECT_FALSE(dfa.Matches("\xED\xA0\x80"));
  EXPECT_FALSE(dfa.Matches("ab"));
  EXPECT_FALSE(dfa.Matches("\x01"));
}

TEST(NameGlob, SetsTakeRangesEscapesAndDashes) {
  EXPECT_TRUE(NameGlob("[a\\]\\-]").Matches("]"));
  EXPECT_TRUE(NameGlob("[-a]").Matches("-"));
  EXPECT_TRUE(NameGlob("[a-]").Matches("-"));
  EXPECT_FALSE(NameGlob("[a-]").Matches("b"));
  EXPECT_TRUE(NameGlob("[α-ω]").Matches("λ"));
  EXPECT_FALSE(NameGlob("[!α-ω]").Matches("λ"));
  EXPECT_TRUE(NameGlob("[*?{]").Matches("{"));
}

TEST(UriGlob, DoubleStarNeedsThePrefixWithItsSlash) {
  const Dfa dfa = UriGlob("file:///srv/docs/**");
  EXPECT_TRUE(dfa.Matches("file:///srv/docs/a/b"));
  EXPECT_TRUE(dfa.Matches("file:///srv/docs/"));
  EXPECT_FALSE(dfa.Matches("file:///srv/docs"));
  EXPECT_FALSE(UriGlob("file:///*").Matches("file:///a/b"));
}

struct Malformed {
  std::string_view text;
  std::size_t offset;
  std::size_t length;
};

class MalformedName : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedName, IsRefusedWhereItGoesWrong) {
  const auto nfa = ParseNameGlob(GetParam().text);
  ASSERT_FALSE(nfa.has_value());
  EXPECT_EQ(nfa.error().offset, GetParam().offset) << nfa.error().message;
  EXPECT_EQ(nfa.error().length, GetParam().length) << nfa.error().message;
  EXPECT_FALSE(nfa.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, MalformedName,
    testing::Values(Malformed{"", 0, 0}, Malformed{"ab\\", 2, 1}, Malformed{"a[", 1, 1},
                    Malformed{"a[b", 1, 1}, Malformed{"a[b\\", 1, 1}, Malformed{"a[]", 1, 2},
                    Malformed{"a[!]", 1, 3}, Malformed{"[^a]", 1, 1}, Malformed{"[z-a]", 1, 3},
                    Malformed{"[a-b-c]", 4, 1}, Malformed{"a]", 1, 1}, Malformed{"x{a", 1, 1},
                    Malformed{"x{a,{b}", 1, 1}, Malformed{"a}", 1, 1}, Malformed{"a{}", 1, 2},
                    Malformed{"a\nb", 1, 1}, Malformed{"a\xFF", 1, 1}, Malformed{"a***", 1, 3}));

TEST(NameGlob, LongPatternsAreRefused) {
  EXPECT_TRUE(ParseNameGlob(std::string(1024, 'a')).has_value());
  EXPECT_FALSE(ParseNameGlob(std::string(1025, 'a')).has_value());
}

TEST(NameGlob, DeepBracesAreFine) {
  std::string glob = "a";
  for (int i = 0; i < 500; ++i) glob = "{" + glob + "}";
  EXPECT_TRUE(NameGlob(glob) == NameGlob("a"));
}

TEST(NameGlob, StateLimitHolds) {
  Limits limits;
  limits.max_nfa_states = 100;
  EXPECT_FALSE(ParseNameGlob(std::string(200, 'a'), limits).has_value());
  EXPECT_TRUE(ParseNameGlob(std::string(50, 'a'), limits).has_value());
}

}  // namespace
}  // namespace mcplexer::automata
