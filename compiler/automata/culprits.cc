// SPDX-License-Identifier: Apache-2.0
// Whom to name when many patterns together need too many states. A pattern's own automaton may be
// small: what costs is how it multiplies with the others. So the few that are most likely to
// multiply (most waiting states, see shape.h) are set aside, and each is measured beside all the
// rest. Leaving out only one at a time would measure nothing where several multiply: every such
// construction fails.
#include <algorithm>
#include <numeric>
#include <vector>

#include "compiler/automata/determinize.h"
#include "compiler/automata/set_build.h"
#include "compiler/automata/shape.h"
#include "compiler/automata/universe.h"

namespace mcplexer::automata {
namespace {

constexpr std::size_t kMostSuspects = 8;
constexpr std::size_t kMostNamed = 5;

// How much a set is likely to add: by its states that wait, then by its size.
std::pair<std::uint64_t, std::uint64_t> Suspicion(const Nfa& nfa) {
  Limits limits;
  limits.max_dfa_states = 2'000;
  limits.max_subset_states = 2'000;
  const auto dfa = ToDfa(nfa, limits);
  if (!dfa) return {UINT64_MAX, nfa.num_states};
  // Beside text in general rather than the universe at hand: only the order matters here.
  return {ClassifyShape(*dfa, Utf8Universe()).waiting_states, nfa.num_states};
}

}  // namespace

std::vector<std::uint32_t> FindCulprits(std::span<const Nfa* const> sets, const Dfa* universe,
                                        const Limits& limits) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> suspicion;
  suspicion.reserve(sets.size());
  for (const Nfa* nfa : sets) suspicion.push_back(Suspicion(*nfa));
  std::vector<std::uint32_t> suspects(sets.size());
  std::iota(suspects.begin(), suspects.end(), 0);
  std::stable_sort(suspects.begin(), suspects.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return suspicion[a] > suspicion[b]; });
  suspects.resize(std::min(suspects.size(), kMostSuspects));
  struct Cost {
    std::uint64_t states;
    std::uint32_t position;
  };
  std::vector<Cost> costs;
  for (std::uint32_t suspect : suspects) {
    std::vector<const Nfa*> beside_rest;
    for (std::uint32_t i = 0; i < sets.size(); ++i) {
      if (i == suspect || std::ranges::find(suspects, i) == suspects.end()) {
        beside_rest.push_back(sets[i]);
      }
    }
    const auto built = BuildClasses(beside_rest, universe, limits, {});
    costs.push_back({built ? built->table.num_states() : UINT64_MAX, suspect});
  }
  std::stable_sort(costs.begin(), costs.end(),
                   [](const Cost& a, const Cost& b) { return a.states > b.states; });
  std::vector<std::uint32_t> result;
  for (const Cost& cost : costs) {
    if (result.size() < kMostNamed) result.push_back(cost.position);
  }
  return result;
}

}  // namespace mcplexer::automata
