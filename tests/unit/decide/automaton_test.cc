// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/automaton.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace mcplexer::decide {
namespace {

using plan::EdgeRecord;
using plan::PackState;
using plan::StateRecord;

// States with any number of edges, some of which are looked through and some searched, against a
// map.
TEST(NextState, FollowsTheEdgeOrOtherwise) {
  std::mt19937 random(11);
  std::vector<EdgeRecord> edges;
  for (uint32_t count = 0; count <= 255; ++count) {
    std::map<uint32_t, uint32_t> targets;
    while (targets.size() < count) targets[random() % 256] = random() % plan::kMaxStates;
    const uint32_t otherwise = random() % plan::kMaxStates;
    const StateRecord state = {static_cast<uint32_t>(edges.size()), PackState(otherwise, count)};
    for (const auto& [byte_class, target] : targets)
      edges.push_back({PackState(target, byte_class)});
    for (uint32_t byte_class = 0; byte_class < 256; ++byte_class) {
      const auto at = targets.find(byte_class);
      ASSERT_EQ(NextState(state, byte_class, edges), at == targets.end() ? otherwise : at->second)
          << count << " edges, byte class " << byte_class;
    }
  }
}

}  // namespace
}  // namespace mcplexer::decide
