// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/pairing.h"

#include <utility>

namespace mcplexer::analysis {
namespace {

using automata::Dfa;

Pairing MakePairing(const Joint& joint, WorkspaceId before, WorkspaceId after, WorkspaceId at,
                    Dfa paths) {
  Pairing pairing{{before, after}, {at, std::move(paths), {}}};
  for (WorkspaceId home : pairing.homes) {
    const auto chain = joint.policy.Chain(home);
    pairing.base.workspaces.insert(pairing.base.workspaces.end(), chain.begin(), chain.end());
  }
  return pairing;
}

}  // namespace

tl::expected<std::vector<Pairing>, automata::LimitError> FindPairings(const Joint& joint,
                                                                      const Territory& territory) {
  std::array<std::vector<WorkspaceId>, 2> all;
  for (size_t w = 0; w < joint.policy.workspaces.size(); ++w) {
    all[static_cast<size_t>(joint.SideOf(WorkspaceId(w)))].emplace_back(w);
  }
  std::vector<Pairing> pairings;
  for (WorkspaceId before : all[0]) {
    for (WorkspaceId after : all[1]) {
      const bool inside = territory.Contains(before, after);
      if (!inside && !territory.Contains(after, before)) continue;
      const WorkspaceId outer = inside ? before : after;
      const WorkspaceId inner = inside ? after : before;
      auto paths = automata::Intersection(territory.Own(inner),
                                          territory.From(outer, territory.Own(outer), inner));
      if (!paths) return tl::unexpected(paths.error());
      if (paths->IsEmpty()) continue;
      pairings.push_back(MakePairing(joint, before, after, inner, *std::move(paths)));
    }
  }
  // Where only one side has a workspace.
  for (size_t side = 0; side < 2; ++side) {
    for (WorkspaceId home : all[side]) {
      Dfa paths = territory.Own(home);
      for (WorkspaceId other : all[1 - side]) {
        if (territory.Contains(other, home)) paths = Dfa();
        if (!territory.Contains(home, other) || paths.IsEmpty()) continue;
        auto rest = automata::Difference(paths, territory.Within(home, other));
        if (!rest) return tl::unexpected(rest.error());
        paths = *std::move(rest);
      }
      if (paths.IsEmpty()) continue;
      const WorkspaceId none;
      pairings.push_back(MakePairing(joint, side == 0 ? home : none, side == 0 ? none : home, home,
                                     std::move(paths)));
    }
  }
  return pairings;
}

}  // namespace mcplexer::analysis
