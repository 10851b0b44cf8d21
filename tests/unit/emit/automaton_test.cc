// SPDX-License-Identifier: Apache-2.0
// An automaton in a plan says of every text what the one it was made from says.

#include "runtime/decide/automaton.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/emit/tables.h"
#include "runtime/plan/tables.h"

namespace mcplexer::emit {
namespace {

plan::Tables ViewOf(const PlanSections& sections) {
  plan::Tables tables;
#define SECTION(id, name, record) tables.name = sections.name;
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"
  return tables;
}

automata::SetAutomaton Build(const std::vector<std::string>& globs, const automata::Dfa* universe) {
  std::vector<automata::Nfa> nfas;
  for (const std::string& glob : globs) {
    auto nfa = automata::ParseNameGlob(glob);
    EXPECT_TRUE(nfa.has_value()) << glob;
    nfas.push_back(std::move(*nfa));
  }
  std::vector<const automata::Nfa*> pointers;
  for (const automata::Nfa& nfa : nfas) pointers.push_back(&nfa);
  auto automaton = automata::BuildSetAutomaton(pointers, universe);
  EXPECT_TRUE(automaton.has_value());
  return std::move(*automaton);
}

uint32_t Emit(const automata::SetAutomaton& automaton, PlanSections& sections) {
  return EmitAutomaton(
      automaton, [](uint32_t set) { return std::vector{2 * set, 2 * set + 1}; }, sections);
}

TEST(EmittedAutomaton, SaysWhatItsOriginalSays) {
  const std::vector<std::string> globs = {"get_*", "*_x",  "get_issue", "*b*", "a?b",       "[!b]*",
                                          "*",     "list", "g?t_{a,b}", "é*",  "get_issues"};
  const std::vector<std::string> pieces = {"get_", "issue", "s", "_x", "a", "b", "é", "\x01", "t"};
  std::mt19937 random(5);
  PlanSections sections;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> some;
    for (auto count = random() % 6; count > 0; --count) {
      some.push_back(globs[random() % globs.size()]);
    }
    const automata::Dfa* universe = random() % 2 == 0 ? &automata::NameUniverse() : nullptr;
    const automata::SetAutomaton automaton = Build(some, universe);
    const uint32_t number = Emit(automaton, sections);
    const plan::Tables tables = ViewOf(sections);
    EXPECT_EQ(tables.states[tables.automata[number].states_begin].otherwise_and_edges, 0u);
    for (int i = 0; i < 200; ++i) {
      std::string text;
      for (auto count = random() % 6; count > 0; --count) text += pieces[random() % pieces.size()];
      std::vector<uint32_t> expected;
      for (const uint32_t set : automaton.SetsOf(automaton.ClassOf(text))) {
        expected.push_back(2 * set);
        expected.push_back(2 * set + 1);
      }
      const auto sets = decide::SetsOf(tables.automata[number], text, tables);
      ASSERT_TRUE(std::ranges::equal(sets, expected)) << text;
      const auto along = decide::SetsAlongChains(tables.automata[number], text, tables,
                                                 decide::FindChains(tables));
      ASSERT_TRUE(std::ranges::equal(along, expected)) << text;
    }
  }
}

TEST(EmittedAutomaton, SharesWhatIsAlike) {
  const automata::SetAutomaton automaton = Build({"get_*", "get_issue"}, nullptr);
  PlanSections sections;
  const uint32_t first = Emit(automaton, sections);
  const PlanSections once = sections;
  EXPECT_EQ(Emit(automaton, sections), first);
  EXPECT_EQ(sections.byte_maps.size(), once.byte_maps.size());
  EXPECT_EQ(sections.states.size(), once.states.size());
  EXPECT_EQ(sections.edges.size(), once.edges.size());
  EXPECT_EQ(sections.state_classes.size(), once.state_classes.size());
  EXPECT_EQ(sections.classes.size(), once.classes.size());
  EXPECT_EQ(sections.class_sets.size(), once.class_sets.size());
  ASSERT_EQ(sections.automata.size(), 1u);
  // The same states, but they mean other sets.
  EmitAutomaton(automaton, [](uint32_t set) { return std::vector{set + 7}; }, sections);
  EXPECT_EQ(sections.states.size(), once.states.size());
  EXPECT_GT(sections.classes.size(), once.classes.size());
  ASSERT_EQ(sections.automata.size(), 2u);
  EXPECT_EQ(sections.automata[1].states_begin, sections.automata[0].states_begin);
}

// Names made of few beginnings and ends, so that chains branch, end in others and are left in their
// middle; one is longer than a chain may be.
TEST(EmittedAutomaton, IsWalkedAlongItsChainsAsStateByState) {
  const std::string long_name(600, 'x');
  const std::vector<std::vector<std::string>> fields = {
      {"get_issue", "get_issues", "get_*", "get_item", "list_issue"},
      {"abcdef", "abcxef", "abcdefgh", "*"},
      {"a?c*", "abcd", "[ab]bcd", "abcdabcd"},
      {long_name, long_name + "y*", "x"},
      {"abc*", "abcd", "ab"}};
  std::mt19937 random(9);
  PlanSections sections;
  size_t chains_longer_than_one = 0;
  for (const std::vector<std::string>& globs : fields) {
    const uint32_t number = Emit(Build(globs, nullptr), sections);
    const plan::Tables tables = ViewOf(sections);
    const std::vector<uint8_t> chains = decide::FindChains(tables);
    chains_longer_than_one +=
        static_cast<size_t>(std::ranges::count_if(chains, [](uint8_t c) { return c > 1; }));
    for (int i = 0; i < 2000; ++i) {
      std::string text = globs[random() % globs.size()];
      if (random() % 2 == 0) text.resize(random() % (text.size() + 1));
      if (random() % 2 == 0 && !text.empty()) text[random() % text.size()] = "abx_"[random() % 4];
      if (random() % 4 == 0) text += globs[random() % globs.size()];
      const plan::AutomatonRecord& automaton = tables.automata[number];
      const auto expected = decide::SetsOf(automaton, text, tables);
      const auto sets = decide::SetsAlongChains(automaton, text, tables, chains);
      ASSERT_TRUE(std::ranges::equal(sets, expected)) << text;
    }
  }
  EXPECT_GT(chains_longer_than_one, 100u);
}

// What is put one behind the other is read one behind the other.
TEST(EmittedAutomaton, NumbersAChainInOrder) {
  PlanSections sections;
  const uint32_t number = Emit(Build({"abcdef"}, nullptr), sections);
  const plan::AutomatonRecord& record = sections.automata[number];
  EXPECT_EQ(record.start, 1u);
  ASSERT_EQ(record.states, 8u);
  for (uint32_t state = 1; state + 1 < record.states; ++state) {
    const plan::StateRecord& s = sections.states[record.states_begin + state];
    ASSERT_EQ(s.edges(), 1u);
    EXPECT_EQ(sections.edges[s.edges_begin].target(), state + 1);
    EXPECT_EQ(s.otherwise(), 0u);
  }
}

}  // namespace
}  // namespace mcplexer::emit
