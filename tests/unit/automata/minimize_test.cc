// SPDX-License-Identifier: Apache-2.0
// Minimize against the textbook: a table of distinguishable pairs filled to a fixed point.
#include <set>

#include "compiler/automata/determinize.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

DfaTable RandomTable(Random& random) {
  DfaTable table;
  const std::uint32_t n = random() % 12 + 1;
  table.num_byte_classes = random() % 4 + 1;
  for (auto& c : table.byte_map) c = static_cast<std::uint8_t>(random() % table.num_byte_classes);
  for (std::uint32_t c = 0; c < table.num_byte_classes; ++c) {
    table.byte_map['a' + c] = static_cast<std::uint8_t>(c);
  }
  table.start = random() % n;
  for (std::uint32_t i = 0; i < n; ++i) {
    table.label.push_back(random() % 3 == 0 ? random() % 3 : 0);
    for (std::uint32_t c = 0; c < table.num_byte_classes; ++c) table.next.push_back(random() % n);
  }
  return table;
}

// The number of reachable states that some string tells apart.
std::size_t CountDistinct(const DfaTable& table) {
  const std::uint32_t n = table.num_states();
  const std::uint32_t k = table.num_byte_classes;
  std::vector<std::vector<bool>> differ(n, std::vector<bool>(n));
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = 0; b < n; ++b) {
        if (differ[a][b]) continue;
        bool now = table.label[a] != table.label[b];
        for (std::uint32_t c = 0; c < k; ++c) {
          now = now || differ[table.next[a * k + c]][table.next[b * k + c]];
        }
        differ[a][b] = now;
        changed = changed || now;
      }
    }
  }
  std::set<std::uint32_t> reachable = {table.start};
  for (std::size_t before = 0; before != reachable.size();) {
    before = reachable.size();
    for (std::uint32_t state : std::set(reachable)) {
      for (std::uint32_t c = 0; c < k; ++c) reachable.insert(table.next[state * k + c]);
    }
  }
  std::vector<std::uint32_t> distinct;
  for (std::uint32_t a : reachable) {
    bool fresh = true;
    for (std::uint32_t b : distinct) fresh = fresh && differ[a][b];
    if (fresh) distinct.push_back(a);
  }
  return distinct.size();
}

TEST(Minimize, KeepsEveryLabelWithAsFewStatesAsPossible) {
  Random random(6);
  const auto texts = AllStrings({"a", "b", "c", "d", "\xFF"}, 5);
  for (int round = 0; round < 400; ++round) {
    const DfaTable table = RandomTable(random);
    const DfaTable minimal = Minimize(table);
    ASSERT_EQ(minimal.num_states(), CountDistinct(table));
    ASSERT_EQ(minimal.start, 0u);
    for (const std::string& text : texts) {
      ASSERT_EQ(minimal.label[minimal.Walk(text)], table.label[table.Walk(text)]);
    }
    ASSERT_TRUE(Minimize(minimal) == minimal);
  }
}

}  // namespace
}  // namespace mcplexer::automata
