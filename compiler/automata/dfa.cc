// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/dfa.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/automata/determinize.h"
#include "compiler/automata/interner.h"

namespace mcplexer::automata {
namespace {

LimitError TooManyStates(std::uint32_t limit) {
  return {fmt::format("the pattern needs more than {} automaton states", limit), {}};
}

enum class Operation { kUnion, kIntersection, kDifference };

bool Apply(Operation operation, bool a, bool b) {
  switch (operation) {
    case Operation::kUnion:
      return a || b;
    case Operation::kIntersection:
      return a && b;
    case Operation::kDifference:
      return a && !b;
  }
  return false;
}

// The part of the product of both automata that is reachable and can still accept.
tl::expected<Dfa, LimitError> Combine(Operation operation, const Dfa& a, const Dfa& b,
                                      const Limits& limits) {
  const DfaTable& left = a.table();
  const DfaTable& right = b.table();
  const std::uint32_t dead_a = a.dead_state().value_or(UINT32_MAX);
  const std::uint32_t dead_b = b.dead_state().value_or(UINT32_MAX);
  const auto hopeless = [&](std::uint32_t i, std::uint32_t j) {
    if (operation == Operation::kIntersection) return i == dead_a || j == dead_b;
    if (operation == Operation::kDifference) return i == dead_a;
    return i == dead_a && j == dead_b;
  };
  DfaTable result;
  // A byte's class in the product is the pair of its classes.
  std::vector<std::uint8_t> representatives;
  PairInterner classes;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    result.byte_map[byte] =
        static_cast<std::uint8_t>(classes.Intern({left.byte_map[byte], right.byte_map[byte]}));
    if (classes.size() > representatives.size()) {
      representatives.push_back(static_cast<std::uint8_t>(byte));
    }
  }
  result.num_byte_classes = classes.size();
  PairInterner pairs;
  pairs.Intern({UINT32_MAX, UINT32_MAX});  // state 0: nothing more can be accepted
  const auto state_of = [&](std::uint32_t i, std::uint32_t j) -> std::uint32_t {
    return hopeless(i, j) ? 0 : pairs.Intern({i, j});
  };
  result.start = state_of(left.start, right.start);
  result.label.push_back(0);
  result.next.assign(representatives.size(), 0);
  for (std::uint32_t state = 1; state < pairs.size(); ++state) {
    if (pairs.size() > limits.max_subset_states) {
      return tl::unexpected(TooManyStates(limits.max_subset_states));
    }
    const auto [i, j] = pairs.Get(state);
    result.label.push_back(Apply(operation, a.accepting(i), b.accepting(j)) ? 1 : 0);
    for (std::uint8_t byte : representatives) {
      result.next.push_back(state_of(left.Step(i, byte), right.Step(j, byte)));
    }
  }
  Dfa dfa = Dfa::FromTable(std::move(result));
  if (dfa.num_states() > limits.max_dfa_states) {
    return tl::unexpected(TooManyStates(limits.max_dfa_states));
  }
  return dfa;
}

void AppendLittleEndian(std::uint32_t value, std::string& out) {
  for (int shift = 0; shift < 32; shift += 8)
    out.push_back(static_cast<char>(value >> shift & 0xFF));
}

}  // namespace

Dfa::Dfa() {
  table_.next = {0};
  table_.label = {0};
  dead_state_ = 0;
}

Dfa Dfa::FromTable(DfaTable table) {
  for (std::uint32_t& label : table.label) label = label == 0 ? 0 : 1;
  return Dfa(Minimize(table));
}

Dfa Dfa::From(std::uint32_t state) const {
  if (state == table_.start) return *this;
  // What no two states of the whole have in common no two of a part have.
  return Dfa(Canonical(table_, state));
}

Dfa::Dfa(DfaTable normal) : table_(std::move(normal)) {
  const std::uint32_t k = table_.num_byte_classes;
  for (std::uint32_t state = 0; state < num_states(); ++state) {
    if (accepting(state)) continue;
    const auto row = std::span(table_.next).subspan(std::size_t{state} * k, k);
    if (std::ranges::all_of(row, [&](std::uint32_t to) { return to == state; })) {
      dead_state_ = state;
    }
  }
}

std::string Dfa::CanonicalBytes() const {
  std::string bytes;
  AppendLittleEndian(table_.num_byte_classes, bytes);
  AppendLittleEndian(num_states(), bytes);
  for (std::uint8_t c : table_.byte_map) bytes.push_back(static_cast<char>(c));
  for (std::uint32_t label : table_.label) bytes.push_back(static_cast<char>(label));
  for (std::uint32_t to : table_.next) AppendLittleEndian(to, bytes);
  return bytes;
}

std::uint64_t Dfa::Hash() const {
  std::uint64_t hash = 0xCBF29CE484222325u;
  const auto mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 32;
  };
  for (std::uint8_t c : table_.byte_map) mix(c);
  for (std::uint32_t label : table_.label) mix(label);
  for (std::uint32_t to : table_.next) mix(to);
  return hash;
}

tl::expected<Dfa, LimitError> ToDfa(const Nfa& nfa, const Limits& limits) {
  const Nfa* const sets[] = {&nfa};
  auto subsets = DeterminizeSets(sets, nullptr, limits);
  if (!subsets) return tl::unexpected(TooManyStates(limits.max_dfa_states));
  Dfa dfa = Dfa::FromTable(std::move(subsets->table));
  if (dfa.num_states() > limits.max_dfa_states) {
    return tl::unexpected(TooManyStates(limits.max_dfa_states));
  }
  return dfa;
}

Nfa ToNfa(const Dfa& dfa) {
  const DfaTable& table = dfa.table();
  Nfa result;
  result.num_states = table.num_states() + 1;
  result.start = table.start;
  result.accept = table.num_states();
  for (std::uint32_t state = 0; state < table.num_states(); ++state) {
    if (state == dfa.dead_state()) continue;
    if (dfa.accepting(state)) result.edges.push_back({.from = state, .to = result.accept});
    // One edge for each run of bytes with one target.
    for (unsigned low = 0; low < 256;) {
      const std::uint32_t to = table.Step(state, static_cast<std::uint8_t>(low));
      unsigned high = low;
      while (high < 255 && table.Step(state, static_cast<std::uint8_t>(high + 1)) == to) ++high;
      if (to != dfa.dead_state()) {
        result.edges.push_back({.from = state,
                                .to = to,
                                .kind = NfaEdge::Kind::kBytes,
                                .low = static_cast<std::uint8_t>(low),
                                .high = static_cast<std::uint8_t>(high)});
      }
      low = high + 1;
    }
  }
  return result;
}

tl::expected<Dfa, LimitError> Union(const Dfa& a, const Dfa& b, const Limits& limits) {
  return Combine(Operation::kUnion, a, b, limits);
}

tl::expected<Dfa, LimitError> Intersection(const Dfa& a, const Dfa& b, const Limits& limits) {
  return Combine(Operation::kIntersection, a, b, limits);
}

tl::expected<Dfa, LimitError> Difference(const Dfa& a, const Dfa& b, const Limits& limits) {
  return Combine(Operation::kDifference, a, b, limits);
}

tl::expected<Dfa, LimitError> Complement(const Dfa& a, const Dfa& universe, const Limits& limits) {
  return Difference(universe, a, limits);
}

Dfa Residual(const Dfa& dfa, std::string_view prefix) {
  const std::uint32_t start = dfa.table().Walk(prefix);
  if (start == dfa.dead_state()) return Dfa();
  return dfa.From(start);
}

}  // namespace mcplexer::automata
