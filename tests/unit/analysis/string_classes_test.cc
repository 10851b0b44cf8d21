// SPDX-License-Identifier: Apache-2.0
// Classes of strings against trying all short ones: each falls into just one.
#include "compiler/analysis/string_classes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using Asked = StringClasses::Asked;
using PatternKind = StringClasses::PatternKind;

// Of globs only `*` and `?` are tried here, so that a regular expression says the same.
bool Matches(const StringClasses::Pattern& pattern, const std::string& text) {
  std::string regex;
  for (const char c : pattern.second) {
    if (pattern.first == PatternKind::kRegex) {
      regex += c;
    } else if (c == '*') {
      regex += "[^]*";
    } else if (c == '?') {
      regex += "[^]";
    } else {
      regex += std::string("[") + c + "]";
    }
  }
  return std::regex_match(text, std::regex(regex));
}

// What tells strings apart.
std::vector<bool> Signature(const Asked& asked, const std::string& text) {
  std::vector<bool> signature;
  for (const auto& pattern : asked.patterns) signature.push_back(Matches(pattern, text));
  for (const std::string& one : asked.strings) signature.push_back(text == one);
  for (const std::string& one : asked.directories) {
    signature.push_back(text.starts_with(one + "/"));
  }
  return signature;
}

bool IsOfInterest(const Asked& asked, const std::string& text) {
  const auto matches = [&](const StringClasses::Pattern& one) { return Matches(one, text); };
  return std::ranges::all_of(asked.must, matches) && std::ranges::none_of(asked.must_not, matches);
}

void ExpectClasses(const Asked& asked, const StringClasses::Classes& classes,
                   const std::vector<std::string>& texts) {
  EXPECT_TRUE(classes.complete);
  std::map<std::vector<bool>, size_t> shortest;
  for (const std::string& member : classes.members) {
    EXPECT_TRUE(IsOfInterest(asked, member)) << member;
    EXPECT_TRUE(shortest.emplace(Signature(asked, member), member.size()).second)
        << "two of the class of `" << member << "`";
  }
  for (const std::string& text : texts) {
    if (!IsOfInterest(asked, text)) continue;
    const auto known = shortest.find(Signature(asked, text));
    ASSERT_NE(known, shortest.end()) << "no class has `" << text << "`";
    EXPECT_LE(known->second, text.size()) << text;
  }
}

StringClasses::Pattern RandomPattern(std::mt19937& random) {
  if (random() % 2 == 0) {
    return {PatternKind::kGlob, Pick(random, {"a*", "*a", "*a*b", "?", "a?", "ab", "*/a"})};
  }
  return {PatternKind::kRegex, Pick(random, {"a+", "[ab]*", "(ab|b)a?", "b", "a", "a/?b"})};
}

Asked RandomAsked(std::mt19937& random) {
  Asked asked;
  for (size_t count = random() % 3; count > 0; --count) {
    asked.patterns.push_back(RandomPattern(random));
  }
  if (random() % 3 == 0) asked.must.insert(RandomPattern(random));
  for (size_t count = random() % 3; count > 0; --count) {
    asked.must_not.insert(RandomPattern(random));
  }
  for (size_t count = random() % 3; count > 0; --count) {
    asked.strings.insert(Pick(random, {"", "a", "b", "ab", "a/b", "ba"}));
  }
  if (random() % 3 == 0) asked.directories.push_back(Pick(random, {"a", "/a", "", "a/b"}));
  return asked;
}

TEST(StringClassesTest, AgreeWithAllShortStrings) {
  std::vector<std::string> texts = AllTexts("ab/", 5);
  texts.emplace_back();
  texts.emplace_back("z");
  std::mt19937 random(6);
  StringClasses classes;
  StringClasses forgetful(2);
  for (int round = 0; round < Rounds(150); ++round) {
    const Asked asked = RandomAsked(random);
    std::string trace;
    const auto add = [&](const char* how, const StringClasses::Pattern& pattern) {
      const auto& [kind, text] = pattern;
      trace += fmt::format("{} {} `{}` ", how, kind == PatternKind::kGlob ? "glob" : "regex", text);
    };
    for (const auto& pattern : asked.patterns) add("may match", pattern);
    for (const auto& pattern : asked.must) add("must match", pattern);
    for (const auto& pattern : asked.must_not) add("must not match", pattern);
    for (const std::string& text : asked.strings) trace += fmt::format("string `{}` ", text);
    for (const std::string& text : asked.directories) trace += fmt::format("below `{}` ", text);
    SCOPED_TRACE(trace);
    const StringClasses::Classes found = classes.Of(asked);
    ExpectClasses(asked, found, texts);
    EXPECT_EQ(found.members, forgetful.Of(asked).members);
    EXPECT_EQ(found.members, StringClasses().Of(asked).members);
    if (HasFailure()) return;
  }
}

// Questions that come to the same text when their parts are written behind each other.
TEST(StringClassesTest, TellsQuestionsApart) {
  const std::vector<Asked> all = {
      {{}, {"a", "b"}, {}},
      {{}, {"as1 b"}, {}},
      {{}, {"a", "s1 b"}, {}},
      {{}, {"a"}, {"b"}},
      {{}, {"b"}, {"a"}},
      {{{PatternKind::kGlob, "a*"}}, {}, {}},
      {{{PatternKind::kRegex, "a*"}}, {}, {}},
      {{{PatternKind::kGlob, "a"}}, {"b"}, {}},
      {{{PatternKind::kGlob, "as1 b"}}, {}, {}},
      {{{PatternKind::kGlob, ""}}, {"a"}, {}},
      {{}, {}, {"a", "b"}},
      {{}, {}, {}, {{PatternKind::kGlob, "a"}}, {}},
      {{}, {}, {}, {}, {{PatternKind::kGlob, "a"}}},
      {},
  };
  StringClasses classes;
  for (int again = 0; again < 2; ++again) {
    for (size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(classes.Of(all[i]).members, StringClasses().Of(all[i]).members) << i;
    }
  }
}

// A pattern without an automaton: the classes of the others, and that there may be more.
TEST(StringClassesTest, SaysWhenThereMayBeMore) {
  StringClasses classes;
  const Asked asked = {{{PatternKind::kRegex, "\\bword"}, {PatternKind::kGlob, "a*"}}, {}, {}};
  for (int again = 0; again < 2; ++again) {
    EXPECT_FALSE(classes.Of(asked).complete);
    EXPECT_EQ(classes.Of(asked).members.size(), 2u);
  }
  const Asked others = {{{PatternKind::kGlob, "a*"}}, {}, {}};
  EXPECT_TRUE(classes.Of(others).complete);
}

}  // namespace
}  // namespace mcplexer::analysis
