// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/shape.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/automata/interner.h"

namespace mcplexer::automata {
namespace {

// Marks the states from which the language is all that the universe still allows.
std::vector<bool> FindFull(const Dfa& dfa, const Dfa& universe) {
  SequenceInterner pairs;
  std::vector<std::vector<std::uint32_t>> origins;
  const std::uint32_t start[] = {dfa.table().start, universe.table().start};
  pairs.Intern(start);
  origins.emplace_back();
  std::vector<std::uint32_t> lacking_work;
  std::vector<bool> lacking;  // pairs that can reach a string of the universe that is not accepted
  for (std::uint32_t id = 0; id < pairs.size(); ++id) {
    const std::uint32_t state = pairs.Get(id)[0];
    const std::uint32_t outer = pairs.Get(id)[1];
    lacking.push_back(dfa.accepting(state) != universe.accepting(outer));
    if (lacking.back()) lacking_work.push_back(id);
    std::uint32_t last = UINT32_MAX;
    for (unsigned byte = 0; byte < 256; ++byte) {
      const auto b = static_cast<std::uint8_t>(byte);
      const std::uint32_t pair[] = {dfa.table().Step(state, b), universe.table().Step(outer, b)};
      const std::uint32_t to = pairs.Intern(pair);
      if (to == last) continue;
      last = to;
      if (pairs.size() > origins.size()) origins.emplace_back();
      origins[to].push_back(id);
    }
  }
  while (!lacking_work.empty()) {
    const std::uint32_t id = lacking_work.back();
    lacking_work.pop_back();
    for (std::uint32_t from : origins[id]) {
      if (lacking[from]) continue;
      lacking[from] = true;
      lacking_work.push_back(from);
    }
  }
  std::vector<bool> full(dfa.num_states(), false);
  for (std::uint32_t id = 0; id < pairs.size(); ++id) {
    if (!lacking[id] && pairs.Get(id)[1] != universe.dead_state()) full[pairs.Get(id)[0]] = true;
  }
  return full;
}

// A directed graph over the states that are neither dead nor full.
struct Graph {
  std::vector<std::vector<std::uint32_t>> out;
  std::vector<std::vector<std::uint32_t>> in;
  std::vector<bool> present;

  void AddEdge(std::uint32_t from, std::uint32_t to) {
    out[from].push_back(to);
    in[to].push_back(from);
  }
};

// The nodes that are on a cycle or on a way from one to another.
std::vector<bool> OnOrBetweenCycles(const Graph& graph) {
  std::vector<bool> left = graph.present;
  for (const auto* edges : {&graph.in, &graph.out}) {
    const auto& opposite = edges == &graph.in ? graph.out : graph.in;
    std::vector<std::size_t> degree(left.size(), 0);
    std::vector<std::uint32_t> work;
    for (std::uint32_t node = 0; node < left.size(); ++node) {
      if (!left[node]) continue;
      for (std::uint32_t other : (*edges)[node]) degree[node] += left[other] ? 1 : 0;
      if (degree[node] == 0) work.push_back(node);
    }
    while (!work.empty()) {
      const std::uint32_t node = work.back();
      work.pop_back();
      left[node] = false;
      for (std::uint32_t other : opposite[node]) {
        if (left[other] && --degree[other] == 0) work.push_back(other);
      }
    }
  }
  return left;
}

std::size_t CountReached(const std::vector<std::vector<std::uint32_t>>& edges, std::uint32_t from) {
  std::vector<bool> reached(edges.size(), false);
  std::vector<std::uint32_t> work = {from};
  reached[from] = true;
  std::size_t count = 0;
  while (!work.empty()) {
    const std::uint32_t node = work.back();
    work.pop_back();
    ++count;
    for (std::uint32_t to : edges[node]) {
      if (reached[to]) continue;
      reached[to] = true;
      work.push_back(to);
    }
  }
  return count;
}

// Whether all edges but those from a state to itself can be ordered.
bool IsAcyclicButForSteps(const Nfa& nfa) {
  std::vector<std::uint32_t> degree(nfa.num_states, 0);
  std::vector<std::uint32_t> offsets(std::size_t{nfa.num_states} + 1, 0);
  for (const NfaEdge& edge : nfa.edges) {
    if (edge.from == edge.to) continue;
    ++degree[edge.to];
    ++offsets[edge.from + 1];
  }
  for (std::uint32_t i = 0; i < nfa.num_states; ++i) offsets[i + 1] += offsets[i];
  std::vector<std::uint32_t> targets(offsets.back());
  std::vector<std::uint32_t> fill(offsets.begin(), offsets.end() - 1);
  for (const NfaEdge& edge : nfa.edges) {
    if (edge.from != edge.to) targets[fill[edge.from]++] = edge.to;
  }
  std::vector<std::uint32_t> work;
  for (std::uint32_t state = 0; state < nfa.num_states; ++state) {
    if (degree[state] == 0) work.push_back(state);
  }
  std::size_t ordered = 0;
  while (!work.empty()) {
    const std::uint32_t state = work.back();
    work.pop_back();
    ++ordered;
    for (std::uint32_t i = offsets[state]; i < offsets[state + 1]; ++i) {
      if (--degree[targets[i]] == 0) work.push_back(targets[i]);
    }
  }
  return ordered == nfa.num_states;
}

// Whether the state steps to itself on every byte that the universe knows, and reaches the end on
// nothing. The automaton has no cycle of epsilon edges.
bool AcceptsEverything(const Nfa& nfa, std::uint32_t state, const Dfa& universe) {
  std::array<bool, 256> covered{};
  for (const NfaEdge& edge : nfa.edges) {
    if (edge.from != state || edge.to != state || edge.kind != NfaEdge::Kind::kBytes) continue;
    for (unsigned byte = edge.low; byte <= edge.high; ++byte) covered[byte] = true;
  }
  for (std::uint32_t outer = 0; outer < universe.num_states(); ++outer) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      const std::uint32_t to = universe.table().Step(outer, static_cast<std::uint8_t>(byte));
      if (to != universe.dead_state() && !covered[byte]) return false;
    }
  }
  // A chain of single epsilon edges is all that a glob's last `*` leaves; a choice is not followed.
  for (std::uint32_t steps = 0; state != nfa.accept && steps < nfa.num_states; ++steps) {
    const auto next = std::ranges::find_if(nfa.edges, [&](const NfaEdge& edge) {
      return edge.from == state && edge.kind != NfaEdge::Kind::kBytes;
    });
    if (next == nfa.edges.end()) return false;
    state = next->to;
  }
  return state == nfa.accept;
}

}  // namespace

ShapeOf ClassifyShape(const Dfa& dfa, const Dfa& universe) {
  const std::uint32_t n = dfa.num_states();
  const std::vector<bool> full = FindFull(dfa, universe);
  Graph all{.out = std::vector<std::vector<std::uint32_t>>(n),
            .in = std::vector<std::vector<std::uint32_t>>(n),
            .present = std::vector<bool>(n)};
  for (std::uint32_t state = 0; state < n; ++state) {
    all.present[state] = !full[state] && state != dfa.dead_state();
  }
  Graph without_segments = all;
  bool any_full = false;
  for (std::uint32_t state = 0; state < n; ++state) {
    any_full = any_full || full[state];
    if (!all.present[state]) continue;
    std::vector<std::uint32_t> targets;
    bool left_by_slash_only = true;
    for (unsigned byte = 0; byte < 256; ++byte) {
      const std::uint32_t to = dfa.table().Step(state, static_cast<std::uint8_t>(byte));
      if (to == dfa.dead_state()) continue;
      if (byte != '/' && to != state) left_by_slash_only = false;
      if (byte == '/' && to == state) left_by_slash_only = false;
      if (all.present[to]) targets.push_back(to);
    }
    std::ranges::sort(targets);
    const auto duplicates = std::ranges::unique(targets);
    targets.erase(duplicates.begin(), duplicates.end());
    for (std::uint32_t to : targets) {
      all.AddEdge(state, to);
      if (to != state || !left_by_slash_only) without_segments.AddEdge(state, to);
    }
  }
  ShapeOf result;
  const std::vector<bool> waiting = OnOrBetweenCycles(all);
  result.waiting_states = static_cast<std::uint32_t>(std::ranges::count(waiting, true));
  if (result.waiting_states == 0) return result;
  if (std::ranges::count(OnOrBetweenCycles(without_segments), true) == 0) {
    result.shape = Shape::kSegmentWildcard;
    return result;
  }
  result.shape = Shape::kFloating;
  if (any_full) return result;
  // One strongly connected component of all states.
  const auto some = static_cast<std::uint32_t>(std::ranges::find(waiting, true) - waiting.begin());
  const auto present = static_cast<std::size_t>(std::ranges::count(all.present, true));
  if (CountReached(all.out, some) == present && CountReached(all.in, some) == present) {
    result.shape = Shape::kSuffix;
  }
  return result;
}

bool IsPlainlyAnchored(const Nfa& nfa, const Dfa& universe) {
  // But for steps from a state to itself there must be no cycle, and a state that steps to itself
  // must accept everything from there on.
  std::vector<std::uint32_t> looping;
  for (const NfaEdge& edge : nfa.edges) {
    if (edge.from == edge.to && (looping.empty() || looping.back() != edge.from)) {
      looping.push_back(edge.from);
    }
  }
  return IsAcyclicButForSteps(nfa) && std::ranges::all_of(looping, [&](std::uint32_t state) {
           return AcceptsEverything(nfa, state, universe);
         });
}

}  // namespace mcplexer::automata
