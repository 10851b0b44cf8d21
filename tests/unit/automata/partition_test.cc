// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/partition.h"

#include <algorithm>

#include "compiler/automata/shape.h"
#include "compiler/automata/universe.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

void ExpectExact(const PartitionedSets& parts, const std::vector<Dfa>& dfas,
                 const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    std::vector<std::uint32_t> found;
    for (const PartitionedSets::Part& part : parts.parts) {
      const auto sets = part.automaton.SetsOf(part.automaton.ClassOf(text));
      found.insert(found.end(), sets.begin(), sets.end());
    }
    std::ranges::sort(found);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t i = 0; i < dfas.size(); ++i) {
      if (dfas[i].Matches(text)) expected.push_back(i);
    }
    ASSERT_EQ(found, expected) << text;
  }
}

TEST(Shape, KindsOfGlobsAreToldApart) {
  const auto name = [](std::string_view text) {
    return ClassifyShape(Must(Intersection(NameGlob(text), NameUniverse())), NameUniverse()).shape;
  };
  EXPECT_EQ(name("abc"), Shape::kAnchored);
  EXPECT_EQ(name("abc*"), Shape::kAnchored);
  EXPECT_EQ(name("*"), Shape::kAnchored);
  EXPECT_EQ(name("*_x"), Shape::kSuffix);
  EXPECT_EQ(name("*x*"), Shape::kFloating);
  EXPECT_EQ(name("a*x"), Shape::kFloating);
  EXPECT_EQ(name("*__{get,list}_*"), Shape::kFloating);
  const auto path = [](std::string_view text) {
    return ClassifyShape(Must(Intersection(PathGlob(text), PathUniverse())), PathUniverse()).shape;
  };
  EXPECT_EQ(path(""), Shape::kAnchored);
  EXPECT_EQ(path("src/a"), Shape::kAnchored);
  EXPECT_EQ(path("src/**"), Shape::kAnchored);
  EXPECT_EQ(path("**"), Shape::kAnchored);
  EXPECT_EQ(path("src/*"), Shape::kSegmentWildcard);
  EXPECT_EQ(path("src/*/x/**"), Shape::kSegmentWildcard);
  EXPECT_EQ(path("**/Makefile"), Shape::kSuffix);
  EXPECT_EQ(path("**/x/**"), Shape::kFloating);
}

TEST(Shape, TheCheapTestNeverContradictsTheExactOne) {
  const std::vector<std::string> globs = {"a",      "a*",      "*",   "*a", "a*b",
                                          "{a,b*}", "{a*,b}c", "a*?", "?*", "{*,a}b",
                                          "{a,b}*", "a{,b*}",  "a**"};
  for (const std::string& glob : globs) {
    const bool plain = IsPlainlyAnchored(Must(ParseNameGlob(glob)), NameUniverse());
    const Dfa dfa = Must(Intersection(NameGlob(glob), NameUniverse()));
    const bool exact = ClassifyShape(dfa, NameUniverse()).shape == Shape::kAnchored;
    EXPECT_TRUE(!plain || exact) << glob;
  }
  EXPECT_TRUE(IsPlainlyAnchored(Must(ParseNameGlob("a*")), NameUniverse()));
  EXPECT_TRUE(IsPlainlyAnchored(Must(ParseNameGlob("{a,b}c")), NameUniverse()));
}

TEST(Partition, FloatingSetsArePackedUnderTheThreshold) {
  std::vector<Nfa> nfas;
  std::vector<Dfa> dfas;
  const auto add = [&](const std::string& glob) {
    nfas.push_back(Must(ParseNameGlob(glob)));
    dfas.push_back(NameGlob(glob));
  };
  for (char c = 'a'; c <= 'n'; ++c) {
    add(std::string("*") + c + "x*");
    add(std::string("name_") + c);
    add(std::string("name_") + c + "*");
    add(std::string("*_") + c);
  }
  PartitionOptions options;
  options.max_packed_states = 500;
  const PartitionedSets parts = Must(PartitionSets(Pointers(nfas), &NameUniverse(), options));
  EXPECT_GT(parts.parts.size(), 3u);
  std::vector<int> times(nfas.size(), 0);
  for (std::size_t p = 0; p < parts.parts.size(); ++p) {
    EXPECT_LE(parts.parts[p].automaton.table.num_states(), 500u);
    EXPECT_TRUE(std::ranges::is_sorted(parts.parts[p].sets));
    for (std::uint32_t set : parts.parts[p].sets) {
      ++times[set];
      EXPECT_EQ(parts.part_of[set], p);
    }
  }
  EXPECT_TRUE(std::ranges::all_of(times, [](int n) { return n == 1; }));
  std::vector<std::string> texts = AllStrings({"ax", "bx", "name_", "_", "n", "c"}, 4);
  texts.erase(texts.begin());  // the empty string is no name
  ExpectExact(parts, dfas, texts);

  const PartitionedSets again = Must(PartitionSets(Pointers(nfas), &NameUniverse(), options));
  ASSERT_EQ(again.parts.size(), parts.parts.size());
  for (std::size_t p = 0; p < parts.parts.size(); ++p) {
    EXPECT_EQ(again.parts[p].sets, parts.parts[p].sets);
    EXPECT_TRUE(again.parts[p].automaton.table == parts.parts[p].automaton.table);
    EXPECT_EQ(again.parts[p].automaton.witnesses, parts.parts[p].automaton.witnesses);
  }
}

TEST(Partition, PathsOfAllShapesStayExact) {
  std::vector<Nfa> nfas;
  std::vector<Dfa> dfas;
  for (const char* glob : {"", "**", "a", "a/**", "**/a/**", "**/b/**", "**/ab", "a/*", "a/*/b",
                           "*/b/**", "**/*b", "b/**/a", "**/a*/**"}) {
    nfas.push_back(Must(ParsePathGlob(glob)));
    dfas.push_back(Must(Intersection(PathGlob(glob), PathUniverse())));
  }
  PartitionOptions options;
  options.max_packed_states = 20;
  const PartitionedSets parts = Must(PartitionSets(Pointers(nfas), &PathUniverse(), options));
  EXPECT_GT(parts.parts.size(), 2u);
  ExpectExact(parts, dfas, AllStrings({"a", "b", "/", "."}, 7));
}

TEST(Partition, ASetThatIsTooLargeAloneIsNamed) {
  const std::vector<Nfa> nfas = {Must(ParseNameGlob("a")),
                                 Must(ParseRegex("(?:a|b)*a(?:a|b){12}"))};
  PartitionOptions options;
  options.limits.max_dfa_states = 1'000;
  options.limits.max_subset_states = 2'000;
  const auto parts = PartitionSets(Pointers(nfas), &NameUniverse(), options);
  ASSERT_FALSE(parts.has_value());
  EXPECT_EQ(parts.error().culprits, std::vector<std::uint32_t>{1});
}

TEST(Partition, TenThousandAnchoredNamesAreOneAutomaton) {
  std::vector<Nfa> nfas;
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = "tool_" + std::to_string(i * 7919 % 100'003);
    nfas.push_back(Must(ParseNameGlob(i % 3 == 0 ? name + "_*" : name + "_get")));
  }
  const PartitionedSets parts = Must(PartitionSets(Pointers(nfas), &NameUniverse()));
  ASSERT_EQ(parts.parts.size(), 1u);
  EXPECT_EQ(parts.parts[0].automaton.num_classes(), 10'001u);
}

}  // namespace
}  // namespace mcplexer::automata
