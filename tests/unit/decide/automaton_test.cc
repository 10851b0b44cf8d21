// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/automaton.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace mcplexer::decide {
namespace {

using plan::PackNode;

// Nodes with any number of edges, some of which are looked through and some searched, behind chains
// of any length, against a map.
TEST(NextNode, FollowsTheEdgeOrOtherwise) {
  std::mt19937 generator(11);
  const auto random = [&] { return static_cast<uint32_t>(generator()); };
  for (uint32_t count = 0; count <= 255; ++count) {
    std::map<uint32_t, uint32_t> targets;
    while (targets.size() < count) targets[random() % 256] = random() % plan::kMaxWords;
    const uint32_t otherwise = random() % plan::kMaxWords;
    const uint32_t chain = random() % 256;
    std::vector<uint32_t> node = {PackNode(otherwise, count), PackNode(random() % 100, chain)};
    node.insert(node.end(), (chain + 3) / 4, 0x01010101);
    for (const auto& [byte_class, target] : targets) node.push_back(PackNode(target, byte_class));
    for (uint32_t byte_class = 0; byte_class < 256; ++byte_class) {
      const auto at = targets.find(byte_class);
      ASSERT_EQ(NextNode(node.data(), byte_class), at == targets.end() ? otherwise : at->second)
          << count << " edges, byte class " << byte_class;
    }
  }
}

// `ab?` and what follows, in a node that goes on with `a`, then `b`, and has one edge, for `c`, to
// a node that is never left; all else leads to another such node.
TEST(SetsOf, GoesAlongAChain) {
  std::array<uint8_t, 256> byte_map{};
  for (const char c : {'a', 'b', 'c'})
    byte_map[static_cast<uint8_t>(c)] = static_cast<uint8_t>(c - 'a' + 1);
  const std::vector<uint32_t> nodes = {0,
                                       0,  // dead
                                       PackNode(8, 1),
                                       PackNode(1, 2),
                                       1 | 2 << 8,
                                       PackNode(6, 3),  // the chain
                                       PackNode(6, 0),
                                       PackNode(2, 0),  // behind `abc`
                                       PackNode(8, 0),
                                       PackNode(3, 0)};  // elsewhere
  const std::vector<plan::ClassRecord> classes = {{{0, 0}}, {{0, 1}}, {{1, 1}}, {{2, 1}}};
  const std::vector<uint32_t> class_sets = {10, 20, 30};
  plan::Tables tables;
  tables.byte_maps = byte_map;
  tables.nodes = nodes;
  tables.classes = classes;
  tables.class_sets = class_sets;
  plan::AutomatonRecord automaton;
  automaton.byte_classes = 4;
  automaton.words = 10;
  automaton.start = 2;
  automaton.classes = {0, 4};
  const std::map<std::string, uint32_t> expected = {
      {"", 10},  {"a", 10},  {"ab", 10},  {"abc", 20}, {"abcx", 20}, {"abcabc", 20},
      {"b", 30}, {"ac", 30}, {"aab", 30}, {"abb", 30}, {"xabc", 30}, {"abxc", 30}};
  for (const auto& [text, set] : expected) {
    const auto sets = SetsOf(automaton, text, tables);
    ASSERT_EQ(sets.size(), 1u) << text;
    EXPECT_EQ(sets[0], set) << text;
  }
}

}  // namespace
}  // namespace mcplexer::decide
