// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/cost.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <vector>

namespace mcplexer::analysis {

uint32_t MostCandidates(const Space& space, WorkspaceId workspace) {
  std::unordered_map<NameSetId, uint32_t> by_names;
  std::vector<uint32_t> by_path(space.paths(workspace).size());
  const auto& rules = space.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    const Box& box = space.box(RuleId(r));
    if (rules[r].workspace != workspace || box.empty) continue;
    ++by_names[box.names];
    ++by_path[box.paths];
  }
  // Over the automata of a field the worst classes add up, since one string walks all of them.
  const auto worst = [](const Field& field, const auto& weight) {
    uint32_t sum = 0;
    for (const auto& part : field.automata().parts) {
      uint32_t most = 0;
      for (uint32_t c = 0; c < part.automaton.num_classes(); ++c) {
        const auto sets = part.automaton.SetsOf(c);
        most = std::max(most, std::accumulate(sets.begin(), sets.end(), 0u, weight));
      }
      sum += most;
    }
    return sum;
  };
  uint32_t names = 0;
  const auto& fields = space.name_fields();
  for (FieldId f = 0; f < fields.size(); ++f) {
    names = std::max(names, worst(fields[f].field, [&](uint32_t sum, uint32_t language) {
                       for (NameSetId set : space.NameSetsWith(f, language)) {
                         const auto it = by_names.find(set);
                         if (it != by_names.end()) sum += it->second;
                       }
                       return sum;
                     }));
  }
  const uint32_t paths = worst(space.paths(workspace), [&](uint32_t sum, uint32_t language) {
    return sum + by_path[language];
  });
  return std::min(names, paths);
}

}  // namespace mcplexer::analysis
