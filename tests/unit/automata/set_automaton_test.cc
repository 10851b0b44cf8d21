// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/set_automaton.h"

#include <algorithm>
#include <set>

#include "compiler/automata/universe.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

TEST(SetAutomaton, TellsExactlyWhichSetsAStringIsIn) {
  const std::vector<std::string> globs = {"a*", "*a",     "*b*", "a?b",   "*",   "??*", "[!b]*",
                                          "ab", "a{b,c}", "é*",  "a*b*a", "bbb", "b*",  "{a,b}*c"};
  const auto texts = AllStrings({"a", "b", "c", "é"}, 5);
  Random random(8);
  for (int round = 0; round < 40; ++round) {
    std::vector<Nfa> nfas;
    std::vector<Dfa> dfas;
    for (auto count = random() % 6 + 1; count > 0; --count) {
      const std::string& glob = globs[random() % globs.size()];
      nfas.push_back(Must(ParseNameGlob(glob)));
      dfas.push_back(NameGlob(glob));
    }
    const SetAutomaton automaton = Must(BuildSetAutomaton(Pointers(nfas), &NameUniverse()));
    std::set<std::vector<std::uint32_t>> lists;
    for (const std::string& text : texts) {
      std::vector<std::uint32_t> expected;
      for (std::uint32_t i = 0; i < dfas.size(); ++i) {
        if (dfas[i].Matches(text) && NameUniverse().Matches(text)) expected.push_back(i);
      }
      lists.insert(expected);
      const auto sets = automaton.SetsOf(automaton.ClassOf(text));
      ASSERT_TRUE(std::ranges::equal(sets, expected)) << text;
    }
    // What these texts do not reach (longer strings, broken UTF-8) is checked by its witness; where
    // they do reach, the witness is as short as the first of them.
    ASSERT_GE(automaton.num_classes(), lists.size());
    for (std::uint32_t class_id = 0; class_id < automaton.num_classes(); ++class_id) {
      const auto first = std::ranges::find_if(texts, [&](const std::string& text) {
        return NameUniverse().Matches(text) && automaton.ClassOf(text) == class_id;
      });
      const auto& witness = automaton.witnesses[class_id];
      if (!witness) {
        ASSERT_EQ(class_id, 0u);
        ASSERT_EQ(first, texts.end());
        continue;
      }
      ASSERT_EQ(automaton.ClassOf(*witness), class_id);
      ASSERT_TRUE(NameUniverse().Matches(*witness));
      for (std::uint32_t i = 0; i < dfas.size(); ++i) {
        ASSERT_EQ(dfas[i].Matches(*witness),
                  std::ranges::binary_search(automaton.SetsOf(class_id), i));
      }
      if (first == texts.end()) continue;
      ASSERT_LE(witness->size(), first->size());
      ASSERT_TRUE(!Utf8Universe().Matches(*first) || Utf8Universe().Matches(*witness));
    }
  }
}

TEST(SetAutomaton, CoverageLeavesClassZeroWithoutWitness) {
  const std::vector<Nfa> all = {Must(ParseNameGlob("*"))};
  const SetAutomaton automaton = Must(BuildSetAutomaton(Pointers(all), &NameUniverse()));
  EXPECT_EQ(automaton.witnesses[0], std::nullopt);
  EXPECT_EQ(automaton.witnesses[1], "a");
  const std::vector<Nfa> most = {Must(ParseNameGlob("?*"))};
  const SetAutomaton partial = Must(BuildSetAutomaton(Pointers(most), &NameUniverse()));
  // Only names that begin with no character are left, and those are not UTF-8.
  EXPECT_EQ(partial.witnesses[0], "\x80");
}

TEST(SetAutomaton, NoSetsIsOneClass) {
  const SetAutomaton automaton = Must(BuildSetAutomaton({}, &NameUniverse()));
  EXPECT_EQ(automaton.num_classes(), 1u);
  EXPECT_EQ(automaton.ClassOf("abc"), 0u);
  EXPECT_EQ(automaton.witnesses[0], "a");
}

TEST(SetAutomaton, EqualSetsAreOneClassAndOrderChangesOnlyNumbers) {
  const std::vector<Nfa> nfas = {Must(ParseNameGlob("[ab]")), Must(ParseNameGlob("{a,b}"))};
  const SetAutomaton automaton = Must(BuildSetAutomaton(Pointers(nfas), &NameUniverse()));
  EXPECT_EQ(automaton.num_classes(), 2u);
  EXPECT_EQ(automaton.SetsOf(1).size(), 2u);
  const SetAutomaton again = Must(BuildSetAutomaton(Pointers(nfas), &NameUniverse()));
  EXPECT_TRUE(automaton.table == again.table);
  EXPECT_EQ(automaton.class_sets, again.class_sets);
  EXPECT_EQ(automaton.witnesses, again.witnesses);
}

TEST(SetAutomaton, LimitErrorsNameWhatMultiplies) {
  std::vector<Nfa> nfas;
  for (int i = 0; i < 30; ++i) {
    nfas.push_back(Must(ParseNameGlob("name_" + std::to_string(i) + "_*")));
  }
  std::vector<std::uint32_t> floating;
  for (int i = 0; i < 12; ++i) {
    floating.push_back(static_cast<std::uint32_t>(nfas.size()));
    nfas.push_back(Must(ParseNameGlob("*x" + std::string(1, static_cast<char>('a' + i)) + "y*")));
    nfas.push_back(Must(ParseNameGlob("literal_" + std::to_string(i))));
  }
  Limits limits;
  limits.max_dfa_states = 3'000;
  limits.max_subset_states = 6'000;
  const auto automaton = BuildSetAutomaton(Pointers(nfas), &NameUniverse(), limits);
  ASSERT_FALSE(automaton.has_value());
  ASSERT_FALSE(automaton.error().culprits.empty());
  for (std::uint32_t culprit : automaton.error().culprits) {
    EXPECT_TRUE(std::ranges::find(floating, culprit) != floating.end()) << culprit;
  }
}

}  // namespace
}  // namespace mcplexer::automata
