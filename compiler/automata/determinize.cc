// SPDX-License-Identifier: Apache-2.0
// The subset construction of Rabin and Scott, arranged for ten thousand patterns.
//
// All NFAs are laid out in one state space. A subset holds only states that can consume a byte or
// accept, sorted, and is numbered by an interner; after the first few bytes of a name most patterns
// have died and a subset is one or two states. The row of a subset is made in one pass over its own
// edges: they cut the bytes into the intervals on which this subset cannot tell bytes apart, and
// each interval's targets are gathered once, however many bytes it spans.
#include "compiler/automata/determinize.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mcplexer::automata {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

// All NFAs in one state space, edges grouped by origin, bytes replaced by classes.
class CombinedNfa {
 public:
  struct ByteEdge {
    std::uint8_t low;  // byte classes, inclusive
    std::uint8_t high;
    std::uint32_t to;
  };

  CombinedNfa(std::span<const Nfa* const> sets, const Nfa* universe) {
    for (const Nfa* nfa : sets) CountStates(*nfa);
    if (universe != nullptr) CountStates(*universe);
    set_of_accept_.assign(num_states_, kNone);
    byte_offsets_.assign(num_states_ + 1, 0);
    epsilon_offsets_.assign(num_states_ + 1, 0);
    ForEach(sets, universe, [&](const Nfa& nfa, std::uint32_t base, std::uint32_t index) {
      starts_.push_back(base + nfa.start);
      set_of_accept_[base + nfa.accept] = index;
      for (const NfaEdge& edge : nfa.edges) {
        const bool bytes = edge.kind == NfaEdge::Kind::kBytes;
        ++(bytes ? byte_offsets_ : epsilon_offsets_)[base + edge.from + 1];
      }
    });
    MapBytes(sets, universe);
    for (std::uint32_t i = 0; i < num_states_; ++i) {
      byte_offsets_[i + 1] += byte_offsets_[i];
      epsilon_offsets_[i + 1] += epsilon_offsets_[i];
    }
    byte_edges_.resize(byte_offsets_.back());
    epsilon_edges_.resize(epsilon_offsets_.back());
    std::vector<std::uint32_t> byte_fill(byte_offsets_.begin(), byte_offsets_.end() - 1);
    std::vector<std::uint32_t> epsilon_fill(epsilon_offsets_.begin(), epsilon_offsets_.end() - 1);
    ForEach(sets, universe, [&](const Nfa& nfa, std::uint32_t base, std::uint32_t) {
      for (const NfaEdge& edge : nfa.edges) {
        if (edge.kind == NfaEdge::Kind::kBytes) {
          byte_edges_[byte_fill[base + edge.from]++] = {byte_map_[edge.low], byte_map_[edge.high],
                                                        base + edge.to};
        } else {
          epsilon_edges_[epsilon_fill[base + edge.from]++] = base + edge.to;
        }
      }
    });
    for (ByteEdge& edge : byte_edges_) edge.to = SkipTrivial(edge.to);
  }

  std::uint32_t num_states() const { return num_states_; }
  const std::array<std::uint8_t, 256>& byte_map() const { return byte_map_; }
  std::uint32_t num_byte_classes() const { return num_byte_classes_; }
  const std::vector<std::uint32_t>& starts() const { return starts_; }
  // The set that is matched in this state, sets.size() for the universe, or kNone.
  std::uint32_t SetOfAccept(std::uint32_t state) const { return set_of_accept_[state]; }

  std::span<const ByteEdge> BytesFrom(std::uint32_t state) const {
    return std::span(byte_edges_)
        .subspan(byte_offsets_[state], byte_offsets_[state + 1] - byte_offsets_[state]);
  }
  std::span<const std::uint32_t> EpsilonsFrom(std::uint32_t state) const {
    return std::span(epsilon_edges_)
        .subspan(epsilon_offsets_[state], epsilon_offsets_[state + 1] - epsilon_offsets_[state]);
  }
  bool IsLive(std::uint32_t state) const {
    return byte_offsets_[state] != byte_offsets_[state + 1] || set_of_accept_[state] != kNone;
  }

 private:
  void CountStates(const Nfa& nfa) { num_states_ += nfa.num_states; }

  template <typename Visit>
  static void ForEach(std::span<const Nfa* const> sets, const Nfa* universe, Visit visit) {
    std::uint32_t base = 0;
    std::uint32_t index = 0;
    for (const Nfa* nfa : sets) {
      visit(*nfa, base, index++);
      base += nfa->num_states;
    }
    if (universe != nullptr) visit(*universe, base, index);
  }

  // Bytes between which no edge begins or ends are one class; classes are intervals.
  void MapBytes(std::span<const Nfa* const> sets, const Nfa* universe) {
    std::array<bool, 257> begins{};
    begins[0] = true;
    ForEach(sets, universe, [&](const Nfa& nfa, std::uint32_t, std::uint32_t) {
      for (const NfaEdge& edge : nfa.edges) {
        if (edge.kind != NfaEdge::Kind::kBytes) continue;
        begins[edge.low] = true;
        begins[edge.high + 1u] = true;
      }
    });
    num_byte_classes_ = 0;
    for (std::size_t byte = 0; byte < 256; ++byte) {
      if (begins[byte]) ++num_byte_classes_;
      byte_map_[byte] = static_cast<std::uint8_t>(num_byte_classes_ - 1);
    }
  }

  // Follows states that only pass on (Thompson's construction leaves one per concatenation).
  // Bounded, since epsilon edges may form a cycle; where it stops does not matter.
  std::uint32_t SkipTrivial(std::uint32_t state) const {
    for (int steps = 0; steps < 64; ++steps) {
      if (IsLive(state) || EpsilonsFrom(state).size() != 1) return state;
      state = EpsilonsFrom(state)[0];
    }
    return state;
  }

  std::uint32_t num_states_ = 0;
  std::uint32_t num_byte_classes_ = 1;
  std::array<std::uint8_t, 256> byte_map_{};
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> set_of_accept_;
  std::vector<std::uint32_t> byte_offsets_;
  std::vector<std::uint32_t> epsilon_offsets_;
  std::vector<ByteEdge> byte_edges_;
  std::vector<std::uint32_t> epsilon_edges_;
};

class SubsetConstruction {
 public:
  SubsetConstruction(std::span<const Nfa* const> sets, const Nfa* universe, const Limits& limits)
      : nfa_(sets, universe),
        limits_(limits),
        universe_index_(universe == nullptr ? kNone : static_cast<std::uint32_t>(sets.size())),
        first_universe_state_(universe == nullptr ? 0 : nfa_.num_states() - universe->num_states),
        stamps_(nfa_.num_states(), 0) {}

  tl::expected<LabelledSubsets, LimitError> Run() {
    const std::uint32_t k = nfa_.num_byte_classes();
    LabelledSubsets result;
    result.table.byte_map = nfa_.byte_map();
    result.table.num_byte_classes = k;
    result.lists.Intern({});
    subsets_.Intern({});  // the dead state
    BeginSubset();
    for (std::uint32_t start : nfa_.starts()) AddClosure(start);
    result.table.start = EndSubset();
    for (std::uint32_t id = 0; id < subsets_.size(); ++id) {
      if (subsets_.size() > limits_.max_subset_states ||
          subsets_.num_elements() > limits_.max_subset_elements) {
        return tl::unexpected(LimitError{
            fmt::format("the patterns need more than {} automaton states", limits_.max_dfa_states),
            {}});
      }
      const auto members = subsets_.Get(id);
      members_.assign(members.begin(), members.end());
      result.table.label.push_back(LabelOfMembers(result.lists));
      result.table.next.resize(result.table.next.size() + k, 0);
      FillRow(std::span(result.table.next).last(k));
    }
    return result;
  }

 private:
  void BeginSubset() {
    ++stamp_;
    building_.clear();
  }

  void AddClosure(std::uint32_t state) {
    work_.push_back(state);
    while (!work_.empty()) {
      const std::uint32_t top = work_.back();
      work_.pop_back();
      if (stamps_[top] == stamp_) continue;
      stamps_[top] = stamp_;
      if (nfa_.IsLive(top)) building_.push_back(top);
      for (std::uint32_t to : nfa_.EpsilonsFrom(top)) {
        if (stamps_[to] != stamp_) work_.push_back(to);
      }
    }
  }

  std::uint32_t EndSubset() {
    if (building_.size() > 1) std::sort(building_.begin(), building_.end());
    // The universe's states come last. Without one the string has left the universe for good.
    if (universe_index_ != kNone &&
        (building_.empty() || building_.back() < first_universe_state_)) {
      building_.clear();
    }
    return subsets_.Intern(building_);
  }

  std::uint32_t LabelOfMembers(SequenceInterner& lists) {
    list_.clear();
    bool in_universe = universe_index_ == kNone;
    for (std::uint32_t state : members_) {
      const std::uint32_t set = nfa_.SetOfAccept(state);
      if (set == kNone) continue;
      if (set == universe_index_) {
        in_universe = true;
      } else {
        list_.push_back(set);
      }
    }
    if (!in_universe) return 0;
    return lists.Intern(list_);
  }

  void FillRow(std::span<std::uint32_t> row) {
    const std::uint32_t k = nfa_.num_byte_classes();
    // The intervals of byte classes on which no member's edge begins or ends.
    std::array<std::uint32_t, 257> interval{};
    for (std::uint32_t state : members_) {
      for (const auto& edge : nfa_.BytesFrom(state)) {
        interval[edge.low] = 1;
        interval[edge.high + 1u] = 1;
      }
    }
    std::uint32_t number = 0;
    for (std::uint32_t c = 0; c < k; ++c) {
      number += interval[c];
      interval[c] = number;
    }
    // Targets grouped by interval, by counting.
    bucket_ends_.assign(number + 2, 0);
    for (std::uint32_t state : members_) {
      for (const auto& edge : nfa_.BytesFrom(state)) {
        for (std::uint32_t i = interval[edge.low]; i <= interval[edge.high]; ++i) {
          ++bucket_ends_[i + 1];
        }
      }
    }
    for (std::uint32_t i = 0; i <= number; ++i) bucket_ends_[i + 1] += bucket_ends_[i];
    targets_.resize(bucket_ends_[number + 1]);
    for (std::uint32_t state : members_) {
      for (const auto& edge : nfa_.BytesFrom(state)) {
        for (std::uint32_t i = interval[edge.low]; i <= interval[edge.high]; ++i) {
          targets_[bucket_ends_[i]++] = edge.to;
        }
      }
    }
    // Filling has moved every bucket's begin to its end, which is the next one's begin.
    std::uint32_t c = 0;
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i <= number; ++i) {
      const std::uint32_t end = bucket_ends_[i];
      std::uint32_t target = 0;
      if (begin != end) {
        BeginSubset();
        for (std::uint32_t t = begin; t < end; ++t) AddClosure(targets_[t]);
        target = EndSubset();
      }
      for (; c < k && interval[c] == i; ++c) row[c] = target;
      begin = end;
    }
  }

  CombinedNfa nfa_;
  const Limits limits_;
  const std::uint32_t universe_index_;
  const std::uint32_t first_universe_state_;
  SequenceInterner subsets_;
  std::uint64_t stamp_ = 0;
  std::vector<std::uint64_t> stamps_;
  std::vector<std::uint32_t> work_;
  std::vector<std::uint32_t> building_;
  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> bucket_ends_;
  std::vector<std::uint32_t> targets_;
};

}  // namespace

tl::expected<LabelledSubsets, LimitError> DeterminizeSets(std::span<const Nfa* const> sets,
                                                          const Nfa* universe,
                                                          const Limits& limits) {
  return SubsetConstruction(sets, universe, limits).Run();
}

}  // namespace mcplexer::automata
