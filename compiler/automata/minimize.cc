// SPDX-License-Identifier: Apache-2.0
// Hopcroft's partition refinement, on what is left when the dead state is taken away.
//
// The tables that come here have some seventy byte classes, and of a typical state's transitions
// all but a few go to the dead state, or to the sink of a prefix glob. Two choices keep that cheap:
// * States from which nothing can be matched are merged first and their transitions left out. The
//   remaining partial automaton is refined from the partition by label; the dead block, which never
//   splits, is the one that Hopcroft's algorithm may leave out of its initial work list.
// * "The smaller half" is measured in incoming transitions rather than states. That keeps the
//   m log n bound (every transition's target is in a block of at most half the weight whenever it
//   is looked at again) and means that a popular sink is looked at once.
// A block is a splitter for all byte classes together: its incoming edges are gathered and grouped.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "compiler/automata/determinize.h"

namespace mcplexer::automata {
namespace {

constexpr std::uint32_t kDead = UINT32_MAX;

// A byte a state: faster than bits, and small beside the tables.
using Marks = std::vector<std::uint8_t>;

struct InEdge {
  std::uint32_t from;
  std::uint32_t byte_class;
};

// Incoming edges of the states that are not skipped, from such states.
class InEdges {
 public:
  InEdges(const DfaTable& table, const Marks& skipped) {
    const std::uint32_t n = table.num_states();
    const std::uint32_t k = table.num_byte_classes;
    offsets_.assign(std::size_t{n} + 2, 0);
    const auto for_each = [&](auto visit) {
      for (std::uint32_t state = 0; state < n; ++state) {
        if (skipped[state]) continue;
        const std::uint32_t* row = &table.next[std::size_t{state} * k];
        for (std::uint32_t c = 0; c < k; ++c) {
          if (!skipped[row[c]]) visit(state, c, row[c]);
        }
      }
    };
    // Filling moves every state's begin to its end, which is the next one's begin.
    for_each([&](std::uint32_t, std::uint32_t, std::uint32_t to) { ++offsets_[to + 2]; });
    for (std::uint32_t i = 1; i <= n; ++i) offsets_[i + 1] += offsets_[i];
    edges_.resize(offsets_.back());
    for_each([&](std::uint32_t from, std::uint32_t c, std::uint32_t to) {
      edges_[offsets_[to + 1]++] = {from, c};
    });
  }

  std::span<const InEdge> Of(std::uint32_t state) const {
    return std::span(edges_).subspan(offsets_[state], offsets_[state + 1] - offsets_[state]);
  }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<InEdge> edges_;
};

Marks FindReachable(const DfaTable& table) {
  const std::uint32_t k = table.num_byte_classes;
  Marks reachable(table.num_states(), 0);
  std::vector<std::uint32_t> work = {table.start};
  reachable[table.start] = 1;
  while (!work.empty()) {
    const std::uint32_t state = work.back();
    work.pop_back();
    for (std::uint32_t c = 0; c < k; ++c) {
      const std::uint32_t to = table.next[std::size_t{state} * k + c];
      if (reachable[to]) continue;
      reachable[to] = 1;
      work.push_back(to);
    }
  }
  return reachable;
}

// Marks the obvious ones of the states that do not matter, so that their many incoming edges need
// not be stored: unreachable ones, and those that can only be left for themselves.
Marks FindObvious(const DfaTable& table) {
  const std::uint32_t k = table.num_byte_classes;
  const Marks reachable = FindReachable(table);
  Marks obvious(table.num_states(), 0);
  for (std::uint32_t state = 0; state < table.num_states(); ++state) {
    const auto row = table.next.begin() + static_cast<std::ptrdiff_t>(std::size_t{state} * k);
    obvious[state] =
        !reachable[state] || (table.label[state] == 0 &&
                              std::all_of(row, row + k, [&](auto to) { return to == state; }));
  }
  return obvious;
}

// Marks all that do not matter: also those from which no label other than 0 can be reached.
Marks FindDead(const DfaTable& table, const Marks& obvious, const InEdges& in_edges) {
  const std::uint32_t n = table.num_states();
  Marks dead(n, 1);
  std::vector<std::uint32_t> work;
  for (std::uint32_t state = 0; state < n; ++state) {
    if (table.label[state] == 0 || obvious[state]) continue;
    dead[state] = 0;
    work.push_back(state);
  }
  while (!work.empty()) {
    const std::uint32_t state = work.back();
    work.pop_back();
    for (const InEdge& edge : in_edges.Of(state)) {
      if (!dead[edge.from]) continue;
      dead[edge.from] = 0;
      work.push_back(edge.from);
    }
  }
  return dead;
}

class Refinement {
 public:
  // Nothing that is dead leads to what is not, so the edges serve as they are.
  Refinement(const DfaTable& table, const Marks& dead, const InEdges& in_edges)
      : in_edges_(in_edges),
        num_byte_classes_(table.num_byte_classes),
        place_(table.num_states(), 0),
        block_of_(table.num_states(), kDead) {
    for (std::uint32_t state = 0; state < table.num_states(); ++state) {
      if (!dead[state]) states_.push_back(state);
    }
    std::sort(states_.begin(), states_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(table.label[a], a) < std::pair(table.label[b], b);
    });
    for (std::uint32_t i = 0; i < states_.size(); ++i) {
      const bool same = i > 0 && table.label[states_[i]] == table.label[states_[i - 1]];
      if (!same) blocks_.push_back({.begin = i, .end = i});
      Block& block = blocks_.back();
      block.end = i + 1;
      block.weight += in_edges_.Of(states_[i]).size();
      place_[states_[i]] = i;
      block_of_[states_[i]] = static_cast<std::uint32_t>(blocks_.size() - 1);
    }
    for (std::uint32_t b = 0; b < blocks_.size(); ++b) Enqueue(b);
  }

  // The block of every state; kDead for dead ones.
  std::vector<std::uint32_t> Run() {
    while (!work_.empty()) {
      const std::uint32_t splitter = work_.back();
      work_.pop_back();
      blocks_[splitter].queued = false;
      GatherIncoming(splitter);
      for (std::size_t begin = 0; begin < incoming_.size();) {
        std::size_t end = begin;
        while (end < incoming_.size() && incoming_[end].byte_class == incoming_[begin].byte_class) {
          Mark(incoming_[end++].from);
        }
        for (std::uint32_t block : touched_) Split(block);
        touched_.clear();
        begin = end;
      }
    }
    return std::move(block_of_);
  }

  std::uint32_t num_blocks() const { return static_cast<std::uint32_t>(blocks_.size()); }

 private:
  struct Block {
    std::uint32_t begin = 0;  // its states are states_[begin .. end), the marked ones first
    std::uint32_t end = 0;
    std::uint32_t marked = 0;
    std::uint64_t weight = 0;  // incoming edges
    bool queued = false;
  };

  void Enqueue(std::uint32_t block) {
    blocks_[block].queued = true;
    work_.push_back(block);
  }

  // Fills incoming_ with the edges into a block, grouped by byte class. A copy, because the block
  // itself may be split by it.
  void GatherIncoming(std::uint32_t splitter) {
    incoming_.clear();
    const Block& block = blocks_[splitter];
    for (std::uint32_t i = block.begin; i < block.end; ++i) {
      const auto edges = in_edges_.Of(states_[i]);
      incoming_.insert(incoming_.end(), edges.begin(), edges.end());
    }
    if (incoming_.size() < 64) {
      std::sort(incoming_.begin(), incoming_.end(),
                [](const InEdge& a, const InEdge& b) { return a.byte_class < b.byte_class; });
      return;
    }
    counts_.assign(num_byte_classes_ + 1, 0);
    for (const InEdge& edge : incoming_) ++counts_[edge.byte_class + 1];
    std::partial_sum(counts_.begin(), counts_.end(), counts_.begin());
    grouped_.resize(incoming_.size());
    for (const InEdge& edge : incoming_) grouped_[counts_[edge.byte_class]++] = edge;
    incoming_.swap(grouped_);
  }

  // A state has one transition a byte class, so it is marked at most once a group.
  void Mark(std::uint32_t state) {
    const std::uint32_t block_id = block_of_[state];
    Block& block = blocks_[block_id];
    const std::uint32_t target = block.begin + block.marked;
    if (block.marked++ == 0) touched_.push_back(block_id);
    const std::uint32_t other = states_[target];
    std::swap(states_[target], states_[place_[state]]);
    std::swap(place_[other], place_[state]);
  }

  void Split(std::uint32_t block_id) {
    Block& block = blocks_[block_id];
    const std::uint32_t marked = std::exchange(block.marked, 0);
    if (marked == block.end - block.begin) return;
    const auto fresh_id = static_cast<std::uint32_t>(blocks_.size());
    Block fresh{.begin = block.begin, .end = block.begin + marked};
    for (std::uint32_t i = fresh.begin; i < fresh.end; ++i) {
      fresh.weight += in_edges_.Of(states_[i]).size();
      block_of_[states_[i]] = fresh_id;
    }
    block.begin = fresh.end;
    block.weight -= fresh.weight;
    const bool enqueue_fresh = block.queued || fresh.weight <= block.weight;
    blocks_.push_back(fresh);
    Enqueue(enqueue_fresh ? fresh_id : block_id);
  }

  const InEdges& in_edges_;
  const std::uint32_t num_byte_classes_;
  std::vector<std::uint32_t> states_;  // grouped by block
  std::vector<std::uint32_t> place_;   // state -> its index in states_
  std::vector<std::uint32_t> block_of_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> work_;
  std::vector<std::uint32_t> touched_;
  std::vector<InEdge> incoming_;
  std::vector<InEdge> grouped_;
  std::vector<std::size_t> counts_;
};

// The states that `start` leads to, breadth first over byte classes in order of their first byte.
std::vector<std::uint32_t> BreadthFirst(const DfaTable& table, std::uint32_t start,
                                        std::span<const std::uint32_t> classes) {
  Marks seen(table.num_states(), 0);
  std::vector<std::uint32_t> order = {start};
  seen[start] = 1;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const std::uint32_t* row = &table.next[std::size_t{order[i]} * table.num_byte_classes];
    for (std::uint32_t c : classes) {
      if (seen[row[c]]) continue;
      seen[row[c]] = 1;
      order.push_back(row[c]);
    }
  }
  return order;
}

}  // namespace

DfaTable Minimize(const DfaTable& table) {
  const std::uint32_t n = table.num_states();
  const std::uint32_t k = table.num_byte_classes;
  const Marks obvious = FindObvious(table);
  const InEdges in_edges(table, obvious);
  const Marks dead = FindDead(table, obvious, in_edges);
  Refinement refinement(table, dead, in_edges);
  const std::vector<std::uint32_t> block_of = refinement.Run();
  // The quotient, with the dead state last.
  const std::uint32_t num_blocks = refinement.num_blocks();
  const auto quotient_state = [&](std::uint32_t state) {
    return dead[state] ? num_blocks : block_of[state];
  };
  DfaTable quotient;
  quotient.byte_map = table.byte_map;
  quotient.num_byte_classes = k;
  quotient.start = quotient_state(table.start);
  quotient.label.assign(std::size_t{num_blocks} + 1, 0);
  quotient.next.assign((std::size_t{num_blocks} + 1) * k, num_blocks);
  Marks filled(num_blocks, 0);
  for (std::uint32_t state = 0; state < n; ++state) {
    const std::uint32_t block = block_of[state];
    if (dead[state] || filled[block]) continue;
    filled[block] = 1;
    quotient.label[block] = table.label[state];
    for (std::uint32_t c = 0; c < k; ++c) {
      quotient.next[std::size_t{block} * k + c] =
          quotient_state(table.next[std::size_t{state} * k + c]);
    }
  }
  return Canonical(quotient, quotient.start);
}

// Byte classes with equal columns become one. Classes with equal columns lead to the same states in
// the same order, so it does not matter that states are numbered before classes are merged.
DfaTable Canonical(const DfaTable& table, std::uint32_t start) {
  const std::uint32_t k = table.num_byte_classes;
  std::vector<std::uint32_t> classes;  // in order of their first byte
  Marks used(k, 0);
  for (std::uint8_t old : table.byte_map) {
    if (!std::exchange(used[old], std::uint8_t{1})) classes.push_back(old);
  }
  const std::vector<std::uint32_t> order = BreadthFirst(table, start, classes);
  std::vector<std::uint64_t> column_hash(k, 0);
  for (std::uint32_t state : order) {
    const std::uint32_t* row = &table.next[std::size_t{state} * k];
    for (std::uint32_t c = 0; c < k; ++c) {
      const std::uint64_t hash = (column_hash[c] ^ row[c]) * 0xFF51AFD7ED558CCDu;
      column_hash[c] = hash ^ hash >> 32;
    }
  }
  const auto equal_columns = [&](std::uint32_t a, std::uint32_t b) {
    if (column_hash[a] != column_hash[b]) return false;
    return std::ranges::all_of(order, [&](std::uint32_t state) {
      const std::uint32_t* row = &table.next[std::size_t{state} * k];
      return row[a] == row[b];
    });
  };
  std::vector<std::uint32_t> representative;  // new class -> old class
  std::vector<std::uint8_t> new_class(k, 0);
  for (std::uint32_t old : classes) {
    const auto same = std::ranges::find_if(
        representative, [&](std::uint32_t other) { return equal_columns(other, old); });
    new_class[old] = static_cast<std::uint8_t>(same - representative.begin());
    if (same == representative.end()) representative.push_back(old);
  }
  DfaTable result;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    result.byte_map[byte] = new_class[table.byte_map[byte]];
  }
  result.num_byte_classes = static_cast<std::uint32_t>(representative.size());
  std::vector<std::uint32_t> new_state(table.num_states(), 0);
  for (std::uint32_t i = 0; i < order.size(); ++i) new_state[order[i]] = i;
  result.label.reserve(order.size());
  result.next.reserve(order.size() * representative.size());
  for (std::uint32_t state : order) {
    const std::uint32_t* row = &table.next[std::size_t{state} * k];
    result.label.push_back(table.label[state]);
    for (std::uint32_t old : representative) result.next.push_back(new_state[row[old]]);
  }
  return result;
}

}  // namespace mcplexer::automata
