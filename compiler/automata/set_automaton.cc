// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/set_automaton.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "compiler/automata/determinize.h"
#include "compiler/automata/set_build.h"

namespace mcplexer::automata {
namespace {

// States and their transitions: 200,000 states (Limits) of 80 byte classes, 64 MB. What a plan's
// nodes take is less than as many words, which is what they can tell apart (plan::kMaxWords).
constexpr std::uint64_t kMaxCells = 16'000'000;

}  // namespace

tl::expected<SetAutomaton, LimitError> BuildClasses(std::span<const Nfa* const> sets,
                                                    const Dfa* universe, const Limits& limits,
                                                    std::span<const std::uint32_t> ids) {
  Nfa universe_nfa;
  if (universe != nullptr) universe_nfa = ToNfa(*universe);
  auto subsets = DeterminizeSets(sets, universe == nullptr ? nullptr : &universe_nfa, limits);
  if (!subsets) return tl::unexpected(subsets.error());
  SetAutomaton result;
  result.table = Minimize(subsets->table);
  if (result.table.num_states() > limits.max_dfa_states) {
    return tl::unexpected(LimitError{
        fmt::format("the patterns need more than {} automaton states", limits.max_dfa_states), {}});
  }
  if (result.table.next.size() + result.table.label.size() > kMaxCells) {
    return tl::unexpected(LimitError{
        fmt::format("the patterns need more than {} automaton transitions", kMaxCells), {}});
  }
  // Classes in lexicographic order of their lists; the empty list is the least.
  const SequenceInterner& lists = subsets->lists;
  std::vector<std::uint32_t> order(lists.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::lexicographical_compare(lists.Get(a), lists.Get(b));
  });
  std::vector<std::uint32_t> class_of_list(lists.size());
  result.class_offsets.push_back(0);
  for (std::uint32_t class_id = 0; class_id < order.size(); ++class_id) {
    class_of_list[order[class_id]] = class_id;
    for (std::uint32_t set : lists.Get(order[class_id])) {
      result.class_sets.push_back(ids.empty() ? set : ids[set]);
    }
    result.class_offsets.push_back(static_cast<std::uint32_t>(result.class_sets.size()));
  }
  for (std::uint32_t& label : result.table.label) label = class_of_list[label];
  return result;
}

tl::expected<SetAutomaton, LimitError> BuildSetAutomaton(std::span<const Nfa* const> sets,
                                                         const Dfa* universe, const Limits& limits,
                                                         std::span<const std::uint32_t> ids) {
  auto result = BuildClasses(sets, universe, limits, ids);
  if (!result) {
    LimitError error = std::move(result.error());
    for (std::uint32_t position : FindCulprits(sets, universe, limits)) {
      error.culprits.push_back(ids.empty() ? position : ids[position]);
    }
    return tl::unexpected(std::move(error));
  }
  FindClassWitnesses(*result, universe);
  return result;
}

}  // namespace mcplexer::automata
