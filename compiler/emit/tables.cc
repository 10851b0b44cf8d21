// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/tables.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/analysis/cost.h"

namespace mcplexer::emit {
namespace {

using analysis::Field;
using analysis::Space;
using plan::Range;

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

}  // namespace

uint32_t EmitAutomaton(const automata::SetAutomaton& automaton, const SetsOfLanguage& sets,
                       PlanSections& sections) {
  const automata::DfaTable& table = automaton.table;
  const std::optional<uint32_t> dead = DeadState(table);
  // New number of each state: the dead one first, the others in their order.
  std::vector<uint32_t> renumbered(table.num_states());
  uint32_t next_number = 1;
  for (uint32_t state = 0; state < table.num_states(); ++state) {
    renumbered[state] = state == dead ? 0 : next_number++;
  }

  plan::AutomatonRecord record;
  record.byte_map = Size(sections.byte_maps);
  record.byte_classes = table.num_byte_classes;
  record.states = next_number;
  record.start = renumbered[table.start];
  record.transitions = Size(sections.transitions);
  record.state_classes = Size(sections.state_classes);
  record.classes = {Size(sections.classes), automaton.num_classes()};

  sections.byte_maps.insert(sections.byte_maps.end(), table.byte_map.begin(), table.byte_map.end());
  const size_t width = table.num_byte_classes;
  sections.transitions.resize(record.transitions + record.states * width, 0);
  sections.state_classes.resize(record.state_classes + record.states, 0);
  for (uint32_t state = 0; state < table.num_states(); ++state) {
    const uint32_t number = renumbered[state];
    sections.state_classes[record.state_classes + number] = table.label[state];
    for (size_t c = 0; c < width; ++c) {
      sections.transitions[record.transitions + number * width + c] =
          renumbered[table.next[state * width + c]];
    }
  }
  for (uint32_t c = 0; c < automaton.num_classes(); ++c) {
    std::vector<uint32_t> members;
    for (uint32_t language : automaton.SetsOf(c)) {
      const auto more = sets(language);
      members.insert(members.end(), more.begin(), more.end());
    }
    // A set has one language in a field, so none comes twice.
    std::ranges::sort(members);
    sections.classes.push_back({{Size(sections.class_sets), Size(members)}});
    sections.class_sets.insert(sections.class_sets.end(), members.begin(), members.end());
  }
  sections.automata.push_back(record);
  return Size(sections.automata) - 1;
}

Range EmitField(const Field& field, const SetsOfLanguage& sets, PlanSections& sections) {
  const Range range = {Size(sections.automata),
                       static_cast<uint32_t>(field.automata().parts.size())};
  for (const auto& part : field.automata().parts) EmitAutomaton(part.automaton, sets, sections);
  return range;
}

void EmitWorkspaceTables(const Space& space, PlanSections& sections) {
  using Bucket = std::map<analysis::NameSetId, std::vector<uint32_t>>;
  const auto& policy = space.policy();
  // workspace -> path set -> principal set -> name set -> rules
  std::vector<std::map<analysis::PathSetId, std::map<analysis::PrincipalSetId, Bucket>>> tables(
      policy.workspaces.size());
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const analysis::Box& box = space.box(RuleId(r));
    if (box.empty) continue;
    tables[policy.rules[r].workspace.index()][box.paths][box.principals][box.names].push_back(
        static_cast<uint32_t>(r));
  }
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    const Field& paths = space.paths(WorkspaceId(w));
    sections.workspaces[w].path_automata =
        EmitField(paths, [](uint32_t language) { return std::vector{language}; }, sections);
    sections.workspaces[w].path_sets = {Size(sections.path_sets),
                                        static_cast<uint32_t>(paths.size())};
    for (analysis::PathSetId set = 0; set < paths.size(); ++set) {
      const auto& buckets = tables[w][set];
      sections.path_sets.push_back(
          {{Size(sections.buckets), static_cast<uint32_t>(buckets.size())}});
      for (const auto& [principals, bucket] : buckets) {
        sections.buckets.push_back(
            {principals, {Size(sections.entries), static_cast<uint32_t>(bucket.size())}});
        for (const auto& [names, rules] : bucket) {
          sections.entries.push_back({names, {Size(sections.indexes), Size(rules)}});
          sections.indexes.insert(sections.indexes.end(), rules.begin(), rules.end());
        }
      }
    }
  }
}

void EmitBounds(const Space& space, PlanSections& sections) {
  plan::Meta& meta = sections.meta.front();
  const auto& policy = space.policy();
  std::vector<uint32_t> candidates(policy.workspaces.size());
  std::vector<uint32_t> probes(policy.workspaces.size());
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    candidates[w] = analysis::MostCandidates(space, WorkspaceId(w));
    for (uint32_t s = 0; s < sections.workspaces[w].path_sets.count; ++s) {
      const Range buckets = sections.path_sets[sections.workspaces[w].path_sets.begin + s].buckets;
      for (uint32_t b = buckets.begin; b < buckets.begin + buckets.count; ++b) {
        probes[w] += sections.buckets[b].entries.count;
      }
    }
  }
  for (const plan::ClassRecord& record : sections.classes) {
    meta.max_class_sets = std::max(meta.max_class_sets, record.sets.count);
  }
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    uint32_t candidate_sum = 0, probe_sum = 0, depth = 0;
    for (WorkspaceId around : policy.Chain(WorkspaceId(w))) {
      candidate_sum += candidates[around.index()];
      probe_sum += probes[around.index()];
      ++depth;
    }
    meta.max_candidates = std::max(meta.max_candidates, candidate_sum);
    meta.max_probes = std::max(meta.max_probes, probe_sum);
    meta.max_depth = std::max(meta.max_depth, depth);
  }
}

}  // namespace mcplexer::emit
