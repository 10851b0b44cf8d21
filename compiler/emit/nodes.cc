// SPDX-License-Identifier: Apache-2.0
// A state follows another in its node when that is the only way to it, the two have one class, and
// what the one does not go on with leads to where the other does not go on with either. So the
// letters of a name are one node from where it parts from all others, and the end of a name, which
// is of another class, is a node of its own.
//
// Nodes are put one behind the other depth first: what a name goes through lies close together.

#include "compiler/emit/nodes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/plan/format.h"

namespace mcplexer::emit {
namespace {

constexpr uint32_t kLongestChain = 255;

// A state from which only label 0 is ever seen, if there is one: with all states minimal, the one
// with label 0 that every byte leads back to.
std::optional<uint32_t> DeadState(const automata::DfaTable& table) {
  for (uint32_t state = 0; state < table.num_states(); ++state) {
    if (table.label[state] != 0) continue;
    const auto row = table.next.begin() + ptrdiff_t{state} * table.num_byte_classes;
    if (std::all_of(row, row + table.num_byte_classes,
                    [&](uint32_t next) { return next == state; })) {
      return state;
    }
  }
  return std::nullopt;
}

struct Edge {
  uint32_t byte_class;
  uint32_t to;
};

struct Node {
  std::vector<uint8_t> chain;
  uint32_t last;  // its state at the end of the chain
};

class NodeMaker {
 public:
  NodeMaker(const automata::DfaTable& table, uint32_t labels)
      : table_(table), dead_(DeadState(table)), place_(table.num_states(), plan::kNone) {
    out_.class_of_label.assign(labels, plan::kNone);
    FindOtherwise();
    CountWays();
  }

  Nodes Run() && {
    Number(0);
    const std::vector<uint32_t> heads = Place();
    out_.words.assign(2, 0);  // dead
    out_.states = 1;
    for (const uint32_t head : heads) Write(head);
    out_.start = place_[table_.start];
    for (uint32_t label = 0; label < out_.class_of_label.size(); ++label) Number(label);
    return std::move(out_);
  }

 private:
  uint32_t Next(uint32_t state, uint32_t byte_class) const {
    return table_.next[size_t{state} * table_.num_byte_classes + byte_class];
  }

  void Number(uint32_t label) {
    if (out_.class_of_label[label] == plan::kNone) out_.class_of_label[label] = classes_++;
  }

  // Where most byte classes lead; the first state among equals.
  void FindOtherwise() {
    std::vector<uint32_t> row(table_.num_byte_classes);
    for (uint32_t state = 0; state < table_.num_states(); ++state) {
      for (uint32_t c = 0; c < table_.num_byte_classes; ++c) row[c] = Next(state, c);
      std::ranges::sort(row);
      uint32_t best = row[0];
      ptrdiff_t most = 0;
      for (auto run = row.begin(); run != row.end();) {
        const auto end = std::upper_bound(run, row.end(), *run);
        if (end - run > most) best = *run;
        most = std::max(most, end - run);
        run = end;
      }
      otherwise_.push_back(best);
    }
  }

  std::vector<Edge> EdgesOf(uint32_t state) const {
    std::vector<Edge> edges;
    for (uint32_t c = 0; c < table_.num_byte_classes; ++c) {
      if (Next(state, c) != otherwise_[state]) edges.push_back({c, Next(state, c)});
    }
    return edges;
  }

  void CountWays() {
    ways_.assign(table_.num_states(), 0);
    ++ways_[table_.start];
    for (uint32_t state = 0; state < table_.num_states(); ++state) {
      ++ways_[otherwise_[state]];
      for (const Edge& edge : EdgesOf(state)) ++ways_[edge.to];
    }
  }

  Node NodeOf(uint32_t head) const {
    Node node{{}, head};
    while (node.chain.size() < kLongestChain) {
      const std::vector<Edge> edges = EdgesOf(node.last);
      if (edges.size() != 1) break;
      const uint32_t to = edges[0].to;
      if (ways_[to] != 1 || to == dead_ || otherwise_[to] != otherwise_[node.last] ||
          table_.label[to] != table_.label[node.last]) {
        break;
      }
      node.chain.push_back(static_cast<uint8_t>(edges[0].byte_class));
      node.last = to;
    }
    return node;
  }

  // The heads of all nodes but the dead one, in the order in which they stand.
  std::vector<uint32_t> Place() {
    std::vector<uint32_t> heads;
    size_t end = 2;
    if (dead_) place_[*dead_] = 0;
    std::vector<uint32_t> todo = {table_.start};
    while (!todo.empty()) {
      const uint32_t head = todo.back();
      todo.pop_back();
      if (place_[head] != plan::kNone) continue;
      place_[head] = static_cast<uint32_t>(end);
      heads.push_back(head);
      const Node node = NodeOf(head);
      const std::vector<Edge> edges = EdgesOf(node.last);
      end += 2 + (node.chain.size() + 3) / 4 + edges.size();
      // That automata have at most 16 million states and transitions sees to it.
      MCPLEXER_CHECK(end <= plan::kMaxWords);
      todo.push_back(otherwise_[node.last]);
      for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) todo.push_back(edge->to);
    }
    return heads;
  }

  void Write(uint32_t head) {
    const Node node = NodeOf(head);
    const std::vector<Edge> edges = EdgesOf(node.last);
    Number(table_.label[head]);
    const auto chain = static_cast<uint32_t>(node.chain.size());
    out_.words.push_back(
        plan::PackNode(place_[otherwise_[head]], static_cast<uint32_t>(edges.size())));
    out_.words.push_back(plan::PackNode(out_.class_of_label[table_.label[head]], chain));
    for (uint32_t i = 0; i < chain; i += 4) {
      uint32_t word = 0;
      for (uint32_t j = i; j < std::min(i + 4, chain); ++j) {
        word |= uint32_t{node.chain[j]} << 8 * (j - i);
      }
      out_.words.push_back(word);
    }
    for (const Edge& edge : edges) {
      out_.words.push_back(plan::PackNode(place_[edge.to], edge.byte_class));
    }
    out_.states += chain + 1;
  }

  const automata::DfaTable& table_;
  const std::optional<uint32_t> dead_;
  std::vector<uint32_t> otherwise_;  // by state
  std::vector<uint32_t> ways_;       // by state: from how many places one gets there
  std::vector<uint32_t> place_;      // by state: the first word of its node, where it begins one
  uint32_t classes_ = 0;             // that have a number
  Nodes out_;
};

}  // namespace

Nodes MakeNodes(const automata::DfaTable& table, uint32_t labels) {
  return NodeMaker(table, labels).Run();
}

}  // namespace mcplexer::emit
