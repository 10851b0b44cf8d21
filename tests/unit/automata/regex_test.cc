// SPDX-License-Identifier: Apache-2.0
#include <re2/re2.h>

#include "compiler/automata/regex_class.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

RE2::Options Quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

// Random text that is nearly always a regular expression.
class Grammar {
 public:
  explicit Grammar(std::uint32_t seed) : random_(seed) {}

  std::string Expression(int depth) {
    std::string result = Sequence(depth);
    while (Chance(3)) result += "|" + (Chance(5) ? std::string() : Sequence(depth));
    return result;
  }

  std::string Text() {
    static const char* const kLetters[] = {"a",  "b",  "k",  "s",  "A", "K", "S", "0", "_", "-",
                                           " ",  "\n", "é",  "É",  "ſ", "K", "λ", "Σ", "]", "^",
                                           "\t", "{",  "\\", "😀", "ß", "a", "b", "a", "b", "/"};
    std::string result;
    for (auto length = Pick(7); length > 0; --length) result += kLetters[Pick(std::size(kLetters))];
    return result;
  }

 private:
  std::size_t Pick(std::size_t n) { return random_() % n; }
  bool Chance(std::size_t one_in) { return Pick(one_in) == 0; }

  std::string Sequence(int depth) {
    std::string result;
    for (auto count = Pick(4) + 1; count > 0; --count) {
      result += Atom(depth);
      if (Chance(3)) result += Repetition();
    }
    return result;
  }

  std::string Repetition() {
    static const char* const kForms[] = {
        "*",     "+",     "?",    "*?",   "+?",   "??",    "{2}", "{0}", "{1,}",          "{0,2}",
        "{2,3}", "{3,}?", "{,2}", "{01}", "{0,}", "{1,1}", "{a}", "{2,", "{9999999999,3}"};
    return kForms[Pick(std::size(kForms))];
  }

  std::string Atom(int depth) {
    static const char* const kAtoms[] = {
        "a",          "b",       "k",        "S",         "é",       ".",      "\\d",
        "\\D",        "\\w",     "\\W",      "\\s",       "\\S",     "\\pL",   "\\PN",
        "\\p{Greek}", "\\P{Lu}", "\\p{^Ll}", "\\n",       "\\t",     "\\x41",  "\\x{e9}",
        "\\x{1F600}", "\\101",   "\\060",    "\\.",       "\\\\",    "\\]",    "^",
        "$",          "\\A",     "\\z",      "\\Qa.b\\E", "\\Q*\\E", "\\Q\\E", "(?i)",
        "(?s)",       "(?-i)",   "(?is-m)",  "(?U)",      " ",       "-",      "]",
        "{",          "}",       "\\pZ",     "\\a",       "λ",       "ß",      "\\C"};
    if (depth > 0 && Chance(3)) {
      static const char* const kOpen[] = {"(?:", "(?:", "(?i:", "(?s:", "(?-s:", "(?i-s:"};
      return kOpen[Pick(std::size(kOpen))] + Expression(depth - 1) + ")";
    }
    if (Chance(4)) return Bracket();
    return kAtoms[Pick(std::size(kAtoms) - (Chance(20) ? 0 : 1))];
  }

  std::string Bracket() {
    static const char* const kItems[] = {
        "a",         "b-d",       "k",    "K",          "é",        "0-9",           "\\d",
        "\\W",       "\\s",       "\\n",  "\\]",        "\\-",      "[:alpha:]",     "[:^digit:]",
        "[:punct:]", "[:space:]", "\\pL", "\\p{Greek}", "\\PN",     "\\x{3a3}",      "A-z",
        "à-ÿ",       "^",         "[",    ".",          "[:word:]", "\\x41-\\x{5a}", "S",
        "α-ω",       "[:ascii:]"};
    std::string result = Chance(3) ? "[^" : "[";
    if (Chance(8)) result += "]";
    if (Chance(8)) result += "-";
    for (auto count = Pick(3) + 1; count > 0; --count) result += kItems[Pick(std::size(kItems))];
    if (Chance(8)) result += "-";
    return result + "]";
  }

  Random random_;
};

// Every second group captures, and one of these has a name.
std::string WithCaptures(std::string text) {
  bool capture = true;
  for (std::size_t at = 0; (at = text.find("(?:", at)) != std::string::npos; ++at) {
    if (capture) text.replace(at, 3, at == 0 ? "(?P<name>" : "(");
    capture = !capture;
  }
  return text;
}

TEST(Regex, AgreesWithRe2OnRandomExpressionsAndTexts) {
  Grammar grammar(7);
  int compared = 0;
  int matched = 0;
  int expressions = 0;
  while (expressions < 400) {
    const std::string text = grammar.Expression(2);
    const RE2 oracle(text, Quiet());
    const auto nfa = ParseRegex(text);
    if (!oracle.ok()) {
      ASSERT_FALSE(nfa.has_value()) << text;
      continue;
    }
    ASSERT_TRUE(nfa.has_value()) << text << ": " << nfa.error().message;
    const auto dfa = ToDfa(*nfa);
    ASSERT_TRUE(dfa.has_value()) << text << ": " << dfa.error().message;
    ++expressions;
    EXPECT_TRUE(Must(ToDfa(Must(ParseTextRegex(WithCaptures(text))))) == *dfa) << text;
    for (int i = 0; i < 60; ++i) {
      const std::string subject = grammar.Text();
      const bool expected = RE2::FullMatch(subject, oracle);
      ASSERT_EQ(dfa->Matches(subject), expected) << text << " on " << subject;
      ++compared;
      matched += expected ? 1 : 0;
    }
  }
  // The comparison is worth something only if both answers occur often.
  EXPECT_GT(matched, compared / 50);
  EXPECT_LT(matched, compared / 2);
}

TEST(Regex, EverySingleCodePointAgreesWithRe2ForEveryKindOfClass) {
  static const char* const kClasses[] = {".",           "(?s).",       "\\w",
                                         "\\W",         "(?i)\\w",     "(?i)\\W",
                                         "(?i)k",       "(?i)s",       "(?i)S",
                                         "(?i)é",       "(?i)σ",       "(?i)[k-s]",
                                         "(?i)[^k]",    "\\pL",        "\\PL",
                                         "\\p{Greek}",  "\\p{^Greek}", "(?i)\\p{Lu}",
                                         "(?i)\\P{Lu}", "[[:word:]]",  "[[:^space:]]",
                                         "[^\\pL_]",    "[\\s\\d]",    "[^\\x{80}-\\x{10FFFF}]",
                                         "\\s",         "[[:space:]]", "[[:cntrl:]]",
                                         "[[:graph:]]", "[[:print:]]", "[[:xdigit:]]",
                                         "[[:blank:]]", "[[:punct:]]", "[[:ascii:]]",
                                         "[[:lower:]]", "[[:upper:]]", "[[:alnum:]]"};
  std::string text;
  for (const char* expression : kClasses) {
    const RE2 oracle(expression, Quiet());
    ASSERT_TRUE(oracle.ok()) << expression;
    const Dfa dfa = Regex(expression);
    for (char32_t c = 0; c <= kMaxCodePoint; c += c < 0x3000 ? 1 : c < 0x1F000 ? 13 : 251) {
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      text.clear();
      AppendUtf8(c, text);
      ASSERT_EQ(dfa.Matches(text), RE2::FullMatch(text, oracle))
          << expression << " on " << static_cast<std::uint32_t>(c);
    }
  }
}

TEST(Regex, FoldingIsThatOfRe2) {
  for (const char* item : {"a", "k", "Z", "0", "_", "s", "é", "σ", "ß", "Ⅷ", "ⓐ", "Ა", "中", "ǅ"}) {
    const char32_t c = DecodeUtf8(item, 0)->value;
    EXPECT_EQ(FoldCase(c, c), AskRe2("(?i)" + std::string(item))) << item;
  }
  EXPECT_EQ(FoldCase('J', 'k'), AskRe2("(?i)[J-k]"));
  EXPECT_EQ(FoldCase('a', 0x2FFF), AskRe2("(?i)[a-\\x{2fff}]"));
}

TEST(Regex, NothingOutsideTheCasedCategoriesHasCase) {
  // Closed under folding, so no variant is missed; and RE2 compiles a code point without case to
  // the same program whether case is ignored or not.
  const CodePointSet& cased = CasedCodePoints();
  EXPECT_EQ(AskRe2("(?i)[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Mn}\\p{Nl}\\p{So}]"), cased);
  const auto size = [](const char* flags, char32_t c) {
    char text[32];
    std::snprintf(text, sizeof(text), "%s\\x{%x}", flags, static_cast<unsigned>(c));
    return RE2(text, Quiet()).ProgramSize();
  };
  EXPECT_NE(size("(?i)", 0xE9), size("", 0xE9));
  // Letters, marks, numbers and symbols; ideographs, which fill the planes 2 and 3, by sample.
  const CodePointSet others = AskRe2("[\\pL\\pM\\pN\\pS]").Minus(cased);
  for (const CodePointRange& range : others.ranges()) {
    for (char32_t c = range.low; c <= range.high; c += range.high - range.low > 2000 ? 97 : 1) {
      ASSERT_EQ(size("(?i)", c), size("", c)) << static_cast<std::uint32_t>(c);
    }
  }
}

struct Refused {
  std::string_view text;
  std::size_t offset;
  std::string_view part_of_message;
};

TEST(Regex, CapturesOfTextAreGroups) {
  const auto of = [](std::string_view text) { return Must(ToDfa(Must(ParseTextRegex(text)))); };
  EXPECT_TRUE(of("(ab|b)a?") == Regex("(?:ab|b)a?"));
  EXPECT_TRUE(of("x(?P<n>a(b))*(?i)c") == Regex("x(?:ab)*(?i)c"));
  EXPECT_TRUE(of("((?i)a)b") == Regex("(?:(?i)a)b"));
  EXPECT_FALSE(ParseTextRegex("(a").has_value());
  EXPECT_FALSE(ParseTextRegex("(?P<n").has_value());
}

class RefusedRegex : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRegex, SaysWhereAndWhy) {
  const auto nfa = ParseRegex(GetParam().text);
  ASSERT_FALSE(nfa.has_value());
  EXPECT_EQ(nfa.error().offset, GetParam().offset) << nfa.error().message;
  EXPECT_NE(nfa.error().message.find(GetParam().part_of_message), std::string::npos)
      << nfa.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedRegex,
    testing::Values(Refused{"a(b)", 1, "(?:"}, Refused{"a(?P<n>b)", 1, "(?:"},
                    Refused{"a\\bb", 1, "not supported"}, Refused{"\\B", 0, "not supported"},
                    Refused{"(?m)^a", 4, "not supported"}, Refused{"(?m:a$)", 5, "not supported"},
                    Refused{"a**", 1, "bad repetition"}, Refused{"x[a", 1, "missing ]"},
                    Refused{"a\\8", 1, "escape"}, Refused{"a{1001}", 1, "repetition"},
                    Refused{"\\pX", 0, "character class range"},
                    Refused{"a\xed\xa0\x80", 1, "UTF-8"}));

TEST(Regex, LinesAreFineWhereNoAnchorMeansThem) {
  EXPECT_TRUE(Regex("(?m)a") == Regex("a"));
  EXPECT_TRUE(Regex("(?m)\\Aa\\z") == Regex("a"));
}

TEST(Regex, AnchorsInTheMiddleAllowNothingBesideThem) {
  EXPECT_TRUE(Regex("a^b").IsEmpty());
  EXPECT_TRUE(Regex("a*^b") == Regex("b"));
  EXPECT_TRUE(Regex("(?:a|$)b?") == Regex("ab?|"));
}

TEST(Regex, OnlyWellFormedTextMatches) {
  EXPECT_FALSE(Regex(".*").Matches("\xFF"));
  EXPECT_FALSE(Regex(".*").Matches("\xE0\x80\x80"));
  EXPECT_TRUE(Regex("\\C").Matches("\xFF"));
}

TEST(Regex, SizeLimitsHold) {
  EXPECT_FALSE(ParseRegex(std::string(1025, 'a')).has_value());
  Limits limits;
  limits.max_nfa_states = 1'000;
  EXPECT_FALSE(ParseRegex("(?:abc){500}", limits).has_value());
  EXPECT_TRUE(ParseRegex("(?:abc){100}", limits).has_value());
  // RE2's own limits come first where they are lower.
  EXPECT_FALSE(ParseRegex("(?:(?:a{100}){100}){100}").has_value());
}

}  // namespace
}  // namespace mcplexer::automata
