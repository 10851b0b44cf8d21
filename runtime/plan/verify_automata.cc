// SPDX-License-Identifier: Apache-2.0
// Automata: a walk from the start over any bytes stays inside the tables and ends in a class of
// sets that exist.
//
// Automata may share tables, but only whole ones: two extents of one section are the same or
// disjoint. Each distinct table is then read once.

#include <algorithm>
#include <tuple>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// A part of a section that an automaton reads, and what its elements must be below.
struct Extent {
  uint64_t begin;
  uint64_t size;
  uint64_t row;    // elements a state; only for the dead state's row
  uint32_t limit;  // elements are below
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

// Every element below its limit, and the row of state 0 all zero: it leads only to itself, and to
// class 0.
bool CheckTable(std::span<const uint32_t> section, const Extent& extent) {
  const auto table = section.subspan(extent.begin, extent.size);
  const bool in_range =
      std::all_of(table.begin(), table.end(), [&](uint32_t v) { return v < extent.limit; });
  const auto dead = table.first(extent.row);
  return in_range && std::all_of(dead.begin(), dead.end(), [](uint32_t v) { return v == 0; });
}

Fault CheckTables(std::span<const uint32_t> section, std::vector<Extent> extents) {
  if (!SortAndSeparate(extents)) return "two automata share parts of a table";
  for (const Extent& extent : extents) {
    if (!CheckTable(section, extent)) {
      return "a table leads to a state or class that does not exist, or out of the dead state";
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
  // Both factors are below 2^32, the product below 2^40.
  if (!Fits(a.transitions, uint64_t{a.states} * a.byte_classes, t.transitions.size())) {
    return "transitions out of bounds";
  }
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
  std::vector<Extent> transitions;
  std::vector<Extent> state_classes;
  std::vector<Extent> classes;
  for (const AutomatonRecord& a : t.automata) {
    transitions.push_back(
        {a.transitions, uint64_t{a.states} * a.byte_classes, a.byte_classes, a.states});
    state_classes.push_back({a.state_classes, a.states, 1, a.classes.count});
    classes.push_back({a.classes.begin, a.classes.count, 0, 0});
  }
  if (!SortAndSeparate(classes)) return "two automata share some of their classes";
  if (const Fault fault = CheckTables(t.transitions, std::move(transitions)); fault != nullptr) {
    return fault;
  }
  return CheckTables(t.state_classes, std::move(state_classes));
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
