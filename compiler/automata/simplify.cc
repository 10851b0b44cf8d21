// SPDX-License-Identifier: Apache-2.0
// The product of an automaton and its universe is walked, and three things are chosen freely:
// * A state from which all members of the universe have one label becomes the state that says this
//   label for ever. Behind the `src/` of `src/**` nothing is read any more, though not everything
//   that could be written there is a path.
// * A byte that leads out of the universe leads to where most bytes lead. So in the names that
// begin
//   with `get_` a state has one edge, to the next letter of a longer pattern, not another one for
//   the bytes that no name holds.
// * A state in which no member ends has the label of the one before it.
// The smallest automaton of all that say the same within a universe is hard to find; these choices,
// and minimising what comes out, take one look at each state. Where they make it larger, the
// original stays.

#include "compiler/automata/simplify.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/automata/determinize.h"
#include "compiler/automata/interner.h"

namespace mcplexer::automata {
namespace {

// In the place of a state: the byte leads out of the universe.
constexpr std::uint32_t kOutside = UINT32_MAX;
// In the place of a label: none, or more than one.
constexpr std::uint32_t kNoLabel = UINT32_MAX;
constexpr std::uint32_t kLabels = UINT32_MAX - 1;

class Product {
 public:
  Product(const DfaTable& table, const Dfa& universe) : table_(table), universe_(universe) {
    FindByteClasses();
    Walk();
    FindFutures();
  }

  DfaTable Simplified() const {
    DfaTable result;
    result.byte_map = byte_map_;
    result.num_byte_classes = num_byte_classes();
    // First a state for each label, which leads to itself, then those that have several.
    std::uint32_t labels = 1;
    for (const std::uint32_t label : table_.label) labels = std::max(labels, label + 1);
    std::vector<std::uint32_t> place(pairs_.size());
    std::uint32_t size = labels;
    for (std::uint32_t state = 0; state < pairs_.size(); ++state) {
      place[state] = future_[state] == kLabels    ? size++
                     : future_[state] == kNoLabel ? 0
                                                  : future_[state];
    }
    for (std::uint32_t label = 0; label < labels; ++label) {
      result.label.push_back(label);
      result.next.insert(result.next.end(), num_byte_classes(), label);
    }
    for (std::uint32_t state = 0; state < pairs_.size(); ++state) {
      if (future_[state] != kLabels) continue;
      result.label.push_back(label_[state]);
      std::vector<std::uint32_t> row;
      for (const std::uint32_t to : Row(state)) {
        row.push_back(to == kOutside ? kOutside : place[to]);
      }
      std::ranges::replace(row, kOutside, MostCommon(row));
      result.next.insert(result.next.end(), row.begin(), row.end());
    }
    result.start = pairs_.size() == 0 ? 0 : place[0];
    return Minimize(result);
  }

 private:
  std::uint32_t num_byte_classes() const {
    return static_cast<std::uint32_t>(representatives_.size());
  }
  std::span<const std::uint32_t> Row(std::uint32_t state) const {
    return std::span(next_).subspan(std::size_t{state} * num_byte_classes(), num_byte_classes());
  }

  // A byte's class is the pair of its classes.
  void FindByteClasses() {
    PairInterner classes;
    for (std::size_t byte = 0; byte < 256; ++byte) {
      byte_map_[byte] = static_cast<std::uint8_t>(
          classes.Intern({table_.byte_map[byte], universe_.table().byte_map[byte]}));
      if (classes.size() > representatives_.size()) {
        representatives_.push_back(static_cast<std::uint8_t>(byte));
        bytes_.push_back(0);
      }
      ++bytes_[byte_map_[byte]];
    }
  }

  void Walk() {
    if (universe_.IsEmpty()) return;
    const auto state_of = [&](std::uint32_t from, std::uint32_t q, std::uint32_t u) {
      if (u == universe_.dead_state()) return kOutside;
      const std::uint32_t state = pairs_.Intern({q, u});
      if (state == label_.size()) {
        const bool free = from != kOutside && !universe_.accepting(u);
        label_.push_back(free ? label_[from] : table_.label[q]);
      }
      return state;
    };
    state_of(kOutside, table_.start, universe_.table().start);
    for (std::uint32_t state = 0; state < pairs_.size(); ++state) {
      const auto [q, u] = pairs_.Get(state);
      for (const std::uint8_t byte : representatives_) {
        next_.push_back(state_of(state, table_.Step(q, byte), universe_.table().Step(u, byte)));
      }
    }
  }

  // For each state the label that all members have that are reached from it, if that is one.
  void FindFutures() {
    const std::uint32_t n = pairs_.size();
    std::vector<std::vector<std::uint32_t>> before(n);
    std::vector<std::uint32_t> work;
    future_.assign(n, kNoLabel);
    for (std::uint32_t state = 0; state < n; ++state) {
      for (const std::uint32_t to : Row(state)) {
        if (to == kOutside || to == state) continue;
        if (before[to].empty() || before[to].back() != state) before[to].push_back(state);
      }
      if (!universe_.accepting(pairs_.Get(state).second)) continue;
      future_[state] = label_[state];
      work.push_back(state);
    }
    while (!work.empty()) {
      const std::uint32_t state = work.back();
      work.pop_back();
      for (const std::uint32_t from : before[state]) {
        if (future_[from] == future_[state] || future_[from] == kLabels) continue;
        future_[from] = future_[from] == kNoLabel ? future_[state] : kLabels;
        work.push_back(from);
      }
    }
  }

  // Where most bytes lead that lead anywhere; the first among equals. Some do: from a state that
  // has several labels.
  std::uint32_t MostCommon(const std::vector<std::uint32_t>& row) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> targets;  // and the class of a byte
    for (std::uint32_t c = 0; c < row.size(); ++c) {
      if (row[c] != kOutside) targets.emplace_back(row[c], c);
    }
    std::ranges::sort(targets);
    std::uint32_t best = 0;
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < targets.size();) {
      const std::uint32_t target = targets[i].first;
      std::uint32_t bytes = 0;
      for (; i < targets.size() && targets[i].first == target; ++i) {
        bytes += bytes_[targets[i].second];
      }
      if (bytes <= most) continue;
      most = bytes;
      best = target;
    }
    return best;
  }

  const DfaTable& table_;
  const Dfa& universe_;
  std::array<std::uint8_t, 256> byte_map_{};
  std::vector<std::uint8_t> representatives_;  // of each byte class its first byte
  std::vector<std::uint32_t> bytes_;           // and how many there are
  PairInterner pairs_;                         // of a state and one of the universe
  std::vector<std::uint32_t> label_;           // by pair, as the rest
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> future_;
};

}  // namespace

DfaTable SimplifyWithin(const DfaTable& table, const Dfa& universe) {
  DfaTable simplified = Product(table, universe).Simplified();
  return simplified.next.size() + simplified.num_states() > table.next.size() + table.num_states()
             ? table
             : simplified;
}

}  // namespace mcplexer::automata
