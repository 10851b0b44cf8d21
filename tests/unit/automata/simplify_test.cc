// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/simplify.h"

#include "compiler/automata/determinize.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/automata/universe.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

SetAutomaton Build(const std::vector<std::string>& globs, bool paths, const Dfa& universe) {
  std::vector<Nfa> nfas;
  for (const std::string& glob : globs) {
    nfas.push_back(Must(paths ? ParsePathGlob(glob) : ParseNameGlob(glob)));
  }
  return Must(BuildSetAutomaton(Pointers(nfas), &universe));
}

DfaTable RandomTable(Random& random, std::uint32_t labels) {
  DfaTable table;
  const std::uint32_t n = random() % 8 + 1;
  table.num_byte_classes = 3;
  for (std::uint32_t c = 0; c < 3; ++c) table.byte_map['a' + c] = static_cast<std::uint8_t>(c);
  table.start = random() % n;
  for (std::uint32_t i = 0; i < n; ++i) {
    table.label.push_back(random() % labels);
    for (std::uint32_t c = 0; c < 3; ++c) table.next.push_back(random() % n);
  }
  return table;
}

TEST(Simplify, SaysTheSameOfEveryMember) {
  Random random(3);
  const std::vector<std::string> texts = AllStrings({"a", "b", "c"}, 7);
  std::size_t smaller = 0;
  for (int round = 0; round < 400; ++round) {
    const DfaTable table = Minimize(RandomTable(random, 3));
    const Dfa universe = Dfa::FromTable(RandomTable(random, 2));
    const DfaTable simplified = SimplifyWithin(table, universe);
    EXPECT_EQ(simplified, Minimize(simplified));
    for (const std::string& text : texts) {
      if (!universe.Matches(text)) continue;
      ASSERT_EQ(simplified.label[simplified.Walk(text)], table.label[table.Walk(text)]) << text;
    }
    if (simplified.num_states() < table.num_states()) ++smaller;
  }
  EXPECT_GT(smaller, 50u);
}

TEST(Simplify, SaysTheSameOfPathsAndNames) {
  const std::vector<std::vector<std::string>> of_paths = {
      {"**", "src/**"}, {"src", "src/*", "**/x/**"}, {"src/x/**", "src/**", "*/x"}, {}};
  for (const std::vector<std::string>& globs : of_paths) {
    const SetAutomaton whole = Build(globs, true, PathUniverse());
    const DfaTable simplified = SimplifyWithin(whole.table, PathUniverse());
    for (const std::string& text : AllStrings({"src", "x", "/", ".", "y"}, 6)) {
      if (!PathUniverse().Matches(text)) continue;
      ASSERT_EQ(simplified.label[simplified.Walk(text)], whole.ClassOf(text)) << text;
    }
  }
  const SetAutomaton names = Build({"get_*", "get_x", "*_x", "g?t"}, false, NameUniverse());
  const DfaTable simplified = SimplifyWithin(names.table, NameUniverse());
  for (const std::string& text : AllStrings({"get", "g", "_", "x", "é", "\x01"}, 5)) {
    if (!NameUniverse().Matches(text)) continue;
    ASSERT_EQ(simplified.label[simplified.Walk(text)], names.ClassOf(text)) << text;
  }
}

// Once it is known that a path lies in src, nothing of it matters any more.
TEST(Simplify, ReadsNoPathFurtherThanItMatters) {
  const DfaTable table =
      SimplifyWithin(Build({"**", "src/**"}, true, PathUniverse()).table, PathUniverse());
  // Nothing yet, `s`, `sr`, `src`, in it, elsewhere.
  EXPECT_EQ(table.num_states(), 6u);
  EXPECT_EQ(table.num_byte_classes, 5u);
  const std::uint32_t inside = table.Walk("src/");
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(table.Step(inside, static_cast<std::uint8_t>(byte)), inside);
  }
}

TEST(Simplify, HasNoWayForBytesThatAreInNoName) {
  const DfaTable table =
      SimplifyWithin(Build({"get_*", "get_x"}, false, NameUniverse()).table, NameUniverse());
  EXPECT_EQ(table.byte_map['\x01'], table.byte_map['q']);
  EXPECT_EQ(table.byte_map['\x7F'], table.byte_map['q']);
}

}  // namespace
}  // namespace mcplexer::automata
