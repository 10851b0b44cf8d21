// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/dfa.h"

#include "compiler/automata/universe.h"
#include "compiler/automata/witness.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

const std::vector<std::string>& Globs() {
  static const std::vector<std::string> globs = {"*",     "a*",    "*a",   "*a*",  "a",     "ab",
                                                 "{a,b}", "?",     "??",   "a?b*", "[!a]*", "*b?",
                                                 "b*a",   "{,a}b", "*a*b", "é*",   "[a-c]"};
  return globs;
}

TEST(Dfa, BooleanOperationsMeanWhatTheySay) {
  const auto texts = AllStrings({"a", "b", "é", "\n"}, 5);
  for (const std::string& left : Globs()) {
    for (const std::string& right : Globs()) {
      const Dfa a = NameGlob(left);
      const Dfa b = NameGlob(right);
      const Dfa either = Must(Union(a, b));
      const Dfa both = Must(Intersection(a, b));
      const Dfa only = Must(Difference(a, b));
      const Dfa neither = Must(Complement(either, NameUniverse()));
      bool meets = false;
      for (const std::string& text : texts) {
        const bool in_a = a.Matches(text);
        const bool in_b = b.Matches(text);
        meets = meets || (in_a && in_b);
        ASSERT_EQ(either.Matches(text), in_a || in_b) << left << " " << right << " " << text;
        ASSERT_EQ(both.Matches(text), in_a && in_b) << left << " " << right << " " << text;
        ASSERT_EQ(only.Matches(text), in_a && !in_b) << left << " " << right << " " << text;
        ASSERT_EQ(neither.Matches(text), NameUniverse().Matches(text) && !in_a && !in_b);
      }
      // These globs have short witnesses for whatever they have witnesses for.
      ASSERT_EQ(Must(Intersects(a, b)), meets) << left << " " << right;
      ASSERT_EQ(Must(Intersects(a, b)), !both.IsEmpty());
      ASSERT_EQ(Must(IsSubset(a, b)), only.IsEmpty()) << left << " " << right;
      ASSERT_EQ(a == b, Must(IsSubset(a, b)) && Must(IsSubset(b, a)));
    }
  }
}

TEST(Dfa, EqualLanguagesAreEqualBytes) {
  const std::pair<Dfa, Dfa> equal[] = {
      {NameGlob("{a,b}*"), NameGlob("[ab]*")},
      {NameGlob("{a,ab,abc}"), NameGlob("a{,b{,c}}")},
      {Regex("(?:a|b)*"), Regex("[ab]*")},
      {Regex("a{2,3}"), Regex("aaa?")},
      {PathGlob("**/**/a"), PathGlob("**/a")},
      {Must(Complement(NameGlob("a*"), NameUniverse())), NameGlob("[!a]*")},
  };
  for (std::size_t i = 0; i + 1 < std::size(equal); ++i) {
    EXPECT_TRUE(equal[i].first == equal[i].second) << i;
    EXPECT_EQ(equal[i].first.CanonicalBytes(), equal[i].second.CanonicalBytes());
    EXPECT_EQ(equal[i].first.Hash(), equal[i].second.Hash());
  }
  // `[!a]` is a code point, so bytes that begin no character make the difference.
  EXPECT_TRUE(equal[5].first.Matches("\xFF"));
  EXPECT_FALSE(equal[5].second.Matches("\xFF"));
  EXPECT_NE(NameGlob("a").CanonicalBytes(), NameGlob("b").CanonicalBytes());
}

TEST(Dfa, ResidualIsWhatMayFollow) {
  for (const std::string& glob : Globs()) {
    const Dfa dfa = NameGlob(glob);
    for (const std::string& prefix : AllStrings({"a", "b"}, 2)) {
      const Dfa rest = Residual(dfa, prefix);
      for (const std::string& text : AllStrings({"a", "b", "é"}, 4)) {
        ASSERT_EQ(rest.Matches(text), dfa.Matches(prefix + text)) << glob << " " << prefix;
      }
    }
  }
  EXPECT_TRUE(Residual(NameGlob("ns__get_*"), "ns__") == NameGlob("get_*"));
}

TEST(Dfa, AnImportedDfaKeepsItsLanguage) {
  for (const std::string& glob : Globs()) {
    const Dfa dfa = NameGlob(glob);
    EXPECT_TRUE(Must(ToDfa(ToNfa(dfa))) == dfa) << glob;
  }
  EXPECT_TRUE(Must(ToDfa(ToNfa(Dfa()))) == Dfa());
}

TEST(Dfa, EmptyLanguageIsEmpty) {
  EXPECT_TRUE(Dfa().IsEmpty());
  EXPECT_TRUE(Must(Difference(NameGlob("a"), NameGlob("*"))).IsEmpty());
  EXPECT_TRUE(Must(Difference(NameGlob("a"), NameGlob("*"))) == Dfa());
  EXPECT_FALSE(NameGlob("a").IsEmpty());
  EXPECT_TRUE(Must(ToDfa(UnionOf(std::span<const Nfa>()))).IsEmpty());
}

TEST(Dfa, UnionOfPatternsIsTheirUnion) {
  const Nfa parts[] = {Must(ParseNameGlob("a*")), Must(ParseNameGlob("*b"))};
  EXPECT_TRUE(Must(ToDfa(UnionOf(parts))) == Must(Union(NameGlob("a*"), NameGlob("*b"))));
  EXPECT_TRUE(Must(ToDfa(LiteralNfa("ab"))) == NameGlob("ab"));
}

TEST(Dfa, StateLimitsHold) {
  // The n-th character from the end: 2^n states.
  const Nfa nfa = Must(ParseRegex("(?:a|b)*a(?:a|b){12}"));
  EXPECT_EQ(Must(ToDfa(nfa)).num_states(), 8193u);
  Limits limits;
  limits.max_dfa_states = 5'000;
  EXPECT_FALSE(ToDfa(nfa, limits).has_value());
  limits.max_subset_states = 5'000;
  EXPECT_FALSE(ToDfa(nfa, limits).has_value());
  const Dfa big = Must(ToDfa(nfa));
  EXPECT_FALSE(Intersection(big, NameGlob("*b*"), limits).has_value());
  EXPECT_FALSE(IsSubset(big, NameGlob("*a*"), limits).has_value());
  // Found before the limit.
  limits.max_subset_states = 50;
  EXPECT_TRUE(Must(Intersects(NameGlob("*"), Must(Union(big, NameGlob("b"))), limits)));
}

}  // namespace
}  // namespace mcplexer::automata
