// SPDX-License-Identifier: Apache-2.0
// Automata: a walk from the start over any bytes stays inside the tables and ends in a class of
// sets that exist.
//
// Automata may share tables, but only whole ones: two extents of one section are the same or
// disjoint. Each distinct table is then read once. States share out the edges in order, so that a
// small file cannot make their sum large.

#include <algorithm>
#include <tuple>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// A part of a section that an automaton reads, and what its elements must be below.
struct Extent {
  uint64_t begin;
  uint64_t size;
  uint32_t width;  // byte classes; only of states
  uint32_t limit;  // states or classes that its elements lead to are below
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

Fault CheckState(const StateRecord& state, const Extent& extent, const Tables& t) {
  if (state.otherwise() >= extent.limit) return "a state leads to one that does not exist";
  uint32_t classes = 0;  // below are those of the edges before
  for (const EdgeRecord& edge : t.edges.subspan(state.edges_begin, state.edges())) {
    if (edge.target() >= extent.limit) return "a state leads to one that does not exist";
    if (edge.byte_class() < classes || edge.byte_class() >= extent.width) {
      return "a state's edges are not sorted, or of byte classes that do not exist";
    }
    classes = edge.byte_class() + 1;
  }
  return nullptr;
}

Fault CheckStates(const Tables& t, std::vector<Extent> extents) {
  Partition edges(t.edges);
  for (const StateRecord& state : t.states) {
    if (!edges.Next({state.edges_begin, state.edges()})) {
      return "states do not share out the edges in order";
    }
  }
  if (!edges.Full()) return "an edge belongs to no state";
  if (!SortAndSeparate(extents)) return "two automata share parts of a table";
  for (const Extent& extent : extents) {
    const auto states = t.states.subspan(extent.begin, extent.size);
    if (states[0].otherwise_and_edges != 0) return "the dead state leads to another";
    for (const StateRecord& state : states) {
      if (const Fault fault = CheckState(state, extent, t); fault != nullptr) return fault;
    }
  }
  return nullptr;
}

Fault CheckStateClasses(std::span<const uint32_t> section, std::vector<Extent> extents) {
  if (!SortAndSeparate(extents)) return "two automata share parts of a table";
  for (const Extent& extent : extents) {
    const auto classes = section.subspan(extent.begin, extent.size);
    if (classes[0] != 0) return "the dead state is of another class than 0";
    if (std::any_of(classes.begin(), classes.end(),
                    [&](uint32_t c) { return c >= extent.limit; })) {
      return "a state is of a class that does not exist";
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
  if (a.states == 0 || a.start >= a.states) return "no states, or start is not one of them";
  if (a.states > kMaxStates) return "more states than an edge can tell apart";
  if (!Fits(a.states_begin, a.states, t.states.size())) return "states out of bounds";
  if (!Fits(a.state_classes, a.states, t.state_classes.size()))
    return "state classes out of bounds";
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
  std::vector<Extent> states;
  std::vector<Extent> state_classes;
  std::vector<Extent> classes;
  for (const AutomatonRecord& a : t.automata) {
    states.push_back({a.states_begin, a.states, a.byte_classes, a.states});
    state_classes.push_back({a.state_classes, a.states, 0, a.classes.count});
    classes.push_back({a.classes.begin, a.classes.count, 0, 0});
  }
  if (!SortAndSeparate(classes)) return "two automata share some of their classes";
  if (const Fault fault = CheckStates(t, std::move(states)); fault != nullptr) return fault;
  return CheckStateClasses(t.state_classes, std::move(state_classes));
}

// One more than the highest set that an automaton's classes list.
uint64_t SetsEnd(const AutomatonRecord& a, const Tables& t) {
  uint64_t end = 0;
  for (const ClassRecord& c : Slice(t.classes, a.classes)) {
    if (c.sets.count > 0) {
      end = std::max(end, uint64_t{t.class_sets[c.sets.begin + c.sets.count - 1]} + 1);
    }
  }
  return end;
}

// The sets of path automata are indexes into their workspace's path sets.
Fault CheckPathAutomata(const Tables& t) {
  std::vector<Extent> uses;
  for (const WorkspaceRecord& w : t.workspaces) {
    uses.push_back({w.path_automata.begin, w.path_automata.count, 0, w.path_sets.count});
  }
  std::erase_if(uses, [](const Extent& use) { return use.size == 0; });
  if (!SortAndSeparate(uses)) return "two workspaces share a path automaton";
  for (const Extent& use : uses) {
    for (const AutomatonRecord& a : t.automata.subspan(use.begin, use.size)) {
      if (SetsEnd(a, t) > use.limit) return "a path automaton lists a path set that does not exist";
    }
  }
  return nullptr;
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
  if (const Fault fault = CheckPathAutomata(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
