// SPDX-License-Identifier: Apache-2.0
// Automata: a walk from the start over any bytes stays inside the tables and ends in a class of
// sets that exist.
//
// Automata may share tables, but only whole ones: two extents of one section are the same or
// disjoint. Each distinct table is then read once. Nodes lie one behind the other without a gap, so
// where each begins follows from those before it; what leads anywhere else than to the beginning of
// a node of its own table is refused.

#include <algorithm>
#include <tuple>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// A part of a section that an automaton reads, and what its elements must be below.
struct Extent {
  uint64_t begin;
  uint64_t size;
  uint32_t byte_classes;  // only of nodes, as the next one
  uint32_t classes;
  friend auto operator<=>(const Extent&, const Extent&) = default;
};

// Distinct extents in order; a fault when two overlap without being the same.
bool SortAndSeparate(std::vector<Extent>& extents) {
  std::sort(extents.begin(), extents.end());
  extents.erase(std::unique(extents.begin(), extents.end()), extents.end());
  for (size_t i = 1; i < extents.size(); ++i) {
    if (extents[i].begin < extents[i - 1].begin + extents[i - 1].size) return false;
  }
  return true;
}

// The nodes of all automata: where they begin, and that all is in bounds that is in them.
class NodeWalk {
 public:
  explicit NodeWalk(std::span<const uint32_t> section)
      : section_(section), begins_(section.size()) {}

  // Overwrites `states` with how many the nodes hold.
  Fault Table(const Extent& extent, uint32_t* states) {
    const auto words = section_.subspan(extent.begin, extent.size);
    if (words.size() < 2 || words[0] != 0 || words[1] != 0) {
      return "the dead state leads to another, or is of another class than 0";
    }
    uint64_t count = 0;
    for (size_t at = 0; at < words.size();) {
      if (words.size() - at < 2) return "a node is cut off";
      const NodeHead node = NodeAt(&words[at]);
      if (node.words() > words.size() - at) return "a node is cut off";
      begins_[extent.begin + at] = true;
      if (const Fault fault = Node(node, words.subspan(at + 2), extent); fault != nullptr) {
        return fault;
      }
      count += node.chain() + 1;
      at += node.words();
    }
    *states = static_cast<uint32_t>(std::min<uint64_t>(count, kNone));
    return Targets(words, extent);
  }

  // `node` counts from the table's first word.
  bool Begins(const Extent& extent, uint32_t node) const {
    return node < extent.size && begins_[extent.begin + node];
  }

 private:
  // `rest` begins with the chain's bytes.
  static Fault Node(const NodeHead& node, std::span<const uint32_t> rest, const Extent& extent) {
    if (node.set_class() >= extent.classes) return "a state is of a class that does not exist";
    const auto bytes = std::as_bytes(rest);
    const uint32_t chain_bytes = (node.chain() + 3) / 4 * 4;
    for (uint32_t i = 0; i < chain_bytes; ++i) {
      const auto byte_class = std::to_integer<uint32_t>(bytes[i]);
      if (i >= node.chain() ? byte_class != 0 : byte_class >= extent.byte_classes) {
        return "a chain is of byte classes that do not exist, or not filled up with zeros";
      }
    }
    uint32_t least = 0;  // above those of the edges before
    for (const uint32_t edge : rest.subspan(chain_bytes / 4, node.edges())) {
      const uint32_t byte_class = edge & 0xFF;
      if (byte_class < least || byte_class >= extent.byte_classes) {
        return "a state's edges are not sorted, or of byte classes that do not exist";
      }
      least = byte_class + 1;
    }
    return nullptr;
  }

  Fault Targets(std::span<const uint32_t> words, const Extent& extent) const {
    for (size_t at = 0; at < words.size();) {
      const NodeHead node = NodeAt(&words[at]);
      bool good = Begins(extent, node.otherwise());
      const size_t end = at + node.words();
      for (size_t edge = end - node.edges(); edge < end; ++edge) {
        good = good && Begins(extent, words[edge] >> 8);
      }
      if (!good) return "a state leads to one that does not exist";
      at = end;
    }
    return nullptr;
  }

  std::span<const uint32_t> section_;
  std::vector<bool> begins_;
};

Extent NodesOf(const AutomatonRecord& a) {
  return {a.nodes_begin, a.words, a.byte_classes, a.classes.count};
}

Fault CheckNodes(const Tables& t) {
  std::vector<Extent> extents;
  for (const AutomatonRecord& a : t.automata) extents.push_back(NodesOf(a));
  if (!SortAndSeparate(extents)) return "two automata share parts of a table";
  uint64_t end = 0;
  for (const Extent& extent : extents) {
    if (extent.begin != end) return "words of nodes that belong to no automaton";
    end += extent.size;
  }
  if (end != t.nodes.size()) return "words of nodes that belong to no automaton";
  NodeWalk walk(t.nodes);
  std::vector<uint32_t> states(extents.size());
  for (size_t i = 0; i < extents.size(); ++i) {
    if (const Fault fault = walk.Table(extents[i], &states[i]); fault != nullptr) return fault;
  }
  for (const AutomatonRecord& a : t.automata) {
    const Extent extent = NodesOf(a);
    if (!walk.Begins(extent, a.start)) return "an automaton's start is none of its nodes";
    const auto at = std::lower_bound(extents.begin(), extents.end(), extent);
    if (a.states != states[static_cast<size_t>(at - extents.begin())]) {
      return "an automaton has another number of states";
    }
  }
  return nullptr;
}

bool Fits(uint64_t begin, uint64_t size, size_t section) {
  return begin <= section && size <= section - begin;
}

Fault CheckAutomaton(const AutomatonRecord& a, const Tables& t) {
  if (a.byte_classes == 0 || a.byte_classes > 256) return "byte classes not in 1..256";
  if (!Fits(a.byte_map, 256, t.byte_maps.size())) return "byte map out of bounds";
  for (const uint8_t byte_class : t.byte_maps.subspan(a.byte_map, 256)) {
    if (byte_class >= a.byte_classes) return "byte map leads out of the byte classes";
  }
  if (a.words > kMaxWords) return "more words than an edge can tell apart";
  if (!Fits(a.nodes_begin, a.words, t.nodes.size())) return "nodes out of bounds";
  if (!InRange(a.classes, t.classes) || a.classes.count == 0) return "no classes, or out of bounds";
  if (t.classes[a.classes.begin].sets.count != 0) return "class 0 is not empty";
  return nullptr;
}

Status CheckClasses(const Tables& t) {
  const BadCount not_rising(t.class_sets.size(), [&](size_t i) {
    return i > 0 && t.class_sets[i - 1] >= t.class_sets[i];
  });
  return Each("classes", t.classes, [&](const ClassRecord& c) -> Fault {
    if (!InRange(c.sets, t.class_sets)) return "sets out of bounds";
    return not_rising.NoneBehindFirstOf(c.sets) ? nullptr : "sets are not sorted, or not unique";
  });
}

Fault CheckSharedTables(const Tables& t) {
  std::vector<Extent> classes;
  for (const AutomatonRecord& a : t.automata) {
    classes.push_back({a.classes.begin, a.classes.count, 0, 0});
  }
  if (!SortAndSeparate(classes)) return "two automata share some of their classes";
  return CheckNodes(t);
}

}  // namespace

Status VerifyAutomata(const Tables& t) {
  Status each =
      Each("automata", t.automata, [&](const AutomatonRecord& a) { return CheckAutomaton(a, t); });
  if (!each) return each;
  if (const Status classes = CheckClasses(t); !classes) return classes;
  if (const Fault fault = CheckSharedTables(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
