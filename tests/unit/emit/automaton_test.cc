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
    EXPECT_EQ(tables.nodes[tables.automata[number].nodes_begin], 0u);
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
  EXPECT_EQ(sections.nodes.size(), once.nodes.size());
  EXPECT_EQ(sections.classes.size(), once.classes.size());
  EXPECT_EQ(sections.class_sets.size(), once.class_sets.size());
  ASSERT_EQ(sections.automata.size(), 1u);
  // The same states, but they mean other sets.
  EmitAutomaton(automaton, [](uint32_t set) { return std::vector{set + 7}; }, sections);
  EXPECT_EQ(sections.nodes.size(), once.nodes.size());
  EXPECT_GT(sections.classes.size(), once.classes.size());
  ASSERT_EQ(sections.automata.size(), 2u);
  EXPECT_EQ(sections.automata[1].nodes_begin, sections.automata[0].nodes_begin);
}

// The nodes of an automaton, the dead one first.
std::vector<plan::NodeHead> NodesOf(const plan::AutomatonRecord& automaton,
                                    const plan::Tables& tables) {
  std::vector<plan::NodeHead> nodes;
  for (uint32_t at = 0; at < automaton.words; at += nodes.back().words()) {
    nodes.push_back(plan::NodeAt(&tables.nodes[automaton.nodes_begin + at]));
  }
  return nodes;
}

// Names made of few beginnings and ends, so that chains branch, end in others and are left in their
// middle; one is longer than a chain may be.
TEST(EmittedAutomaton, IsWalkedAlongItsChainsAsItsOriginalStateByState) {
  const std::string long_name(600, 'x');
  const std::vector<std::vector<std::string>> fields = {
      {"get_issue", "get_issues", "get_*", "get_item", "list_issue"},
      {"abcdef", "abcxef", "abcdefgh", "*"},
      {"a?c*", "abcd", "[ab]bcd", "abcdabcd"},
      {long_name, long_name + "y*", "x"},
      {"abc*", "abcd", "ab"}};
  std::mt19937 random(9);
  PlanSections sections;
  size_t longest = 0;
  for (const std::vector<std::string>& globs : fields) {
    const automata::SetAutomaton original = Build(globs, nullptr);
    const uint32_t number = Emit(original, sections);
    const plan::Tables tables = ViewOf(sections);
    const plan::AutomatonRecord& automaton = tables.automata[number];
    uint32_t states = 0;
    for (const plan::NodeHead& node : NodesOf(automaton, tables)) {
      longest = std::max<size_t>(longest, node.chain());
      states += node.chain() + 1;
    }
    EXPECT_EQ(states, automaton.states);
    EXPECT_LE(original.table.num_states(), states);
    EXPECT_LE(states, original.table.num_states() + 1);  // a dead one
    for (int i = 0; i < 2000; ++i) {
      std::string text = globs[random() % globs.size()];
      if (random() % 2 == 0) text.resize(random() % (text.size() + 1));
      if (random() % 2 == 0 && !text.empty()) text[random() % text.size()] = "abx_"[random() % 4];
      if (random() % 4 == 0) text += globs[random() % globs.size()];
      std::vector<uint32_t> expected;
      for (const uint32_t set : original.SetsOf(original.ClassOf(text))) {
        expected.push_back(2 * set);
        expected.push_back(2 * set + 1);
      }
      ASSERT_TRUE(std::ranges::equal(decide::SetsOf(automaton, text, tables), expected)) << text;
    }
  }
  EXPECT_EQ(longest, 255u);
}

// Names that part once: what they have in common, and of each its own end and where it is complete.
TEST(EmittedAutomaton, HasANameInFewNodes) {
  PlanSections sections;
  const uint32_t number = Emit(Build({"get_issue", "get_title"}, nullptr), sections);
  const plan::AutomatonRecord& record = sections.automata[number];
  const std::vector<plan::NodeHead> nodes = NodesOf(record, ViewOf(sections));
  EXPECT_EQ(record.start, 2u);
  EXPECT_EQ(record.states, 16u);
  ASSERT_EQ(nodes.size(), 6u);
  EXPECT_EQ(nodes[1].chain(), 4u);
  EXPECT_EQ(nodes[1].edges(), 2u);
  EXPECT_EQ(nodes[2].chain(), 3u);
  EXPECT_EQ(nodes[2].edges(), 1u);
  EXPECT_EQ(nodes[3].edges(), 0u);
}

}  // namespace
}  // namespace mcplexer::emit
