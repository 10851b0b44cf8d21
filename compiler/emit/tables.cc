// SPDX-License-Identifier: Apache-2.0
// Fields repeat: workspaces speak of the same directories, servers of the same names. What is alike
// is written once, part by part, since two automata may have the same states and yet mean other
// sets by them.

#include "compiler/emit/tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "compiler/analysis/cost.h"
#include "compiler/automata/simplify.h"
#include "compiler/automata/universe.h"
#include "compiler/emit/nodes.h"
#include "runtime/base/check.h"

namespace mcplexer::emit {
namespace {

using analysis::Field;
using analysis::Space;
using plan::Range;

// Each of these puts a table where the record says, unless there is one like it.

uint32_t PlaceNodes(const Nodes& nodes, uint32_t byte_classes, PlanSections& sections) {
  const auto classes = static_cast<uint32_t>(nodes.class_of_label.size());
  const std::array<uint32_t, 2> bounds = {byte_classes, classes};
  const std::string content = ContentOf<uint32_t>(bounds) + ContentOf<uint32_t>(nodes.words);
  const uint32_t end = Size(sections.nodes);
  const uint32_t place = sections.Share(plan::SectionId::kNodes, content, end);
  if (place == end) {
    sections.nodes.insert(sections.nodes.end(), nodes.words.begin(), nodes.words.end());
  }
  return place;
}

uint32_t PlaceByteMap(std::span<const uint8_t> byte_map, PlanSections& sections) {
  const uint32_t end = Size(sections.byte_maps);
  const uint32_t place =
      sections.Share(plan::SectionId::kByteMaps, ContentOf<uint8_t>(byte_map), end);
  if (place == end) {
    sections.byte_maps.insert(sections.byte_maps.end(), byte_map.begin(), byte_map.end());
  }
  return place;
}

Range PlaceClasses(const automata::SetAutomaton& automaton, std::span<const uint32_t> numbers,
                   const SetsOfLanguage& sets, PlanSections& sections) {
  std::vector<uint32_t> in_order(numbers.size());
  for (uint32_t c = 0; c < numbers.size(); ++c) in_order[numbers[c]] = c;
  std::vector<plan::ClassRecord> classes;  // from the first of `members`
  std::vector<uint32_t> members;
  for (const uint32_t c : in_order) {
    const uint32_t begin = Size(members);
    for (uint32_t language : automaton.SetsOf(c)) {
      const auto more = sets(language);
      members.insert(members.end(), more.begin(), more.end());
    }
    // A set has one language in a field, so none comes twice.
    std::sort(members.begin() + begin, members.end());
    classes.push_back({{begin, Size(members) - begin}});
  }
  const std::string content = ContentOf<plan::ClassRecord>(classes) + ContentOf<uint32_t>(members);
  const uint32_t end = Size(sections.classes);
  const uint32_t place = sections.Share(plan::SectionId::kClasses, content, end);
  if (place == end) {
    for (plan::ClassRecord record : classes) {
      record.sets.begin += Size(sections.class_sets);
      sections.classes.push_back(record);
    }
    sections.class_sets.insert(sections.class_sets.end(), members.begin(), members.end());
  }
  return {place, Size(classes)};
}

}  // namespace

plan::AutomatonRecord PlaceAutomaton(const automata::SetAutomaton& automaton,
                                     const automata::DfaTable& states, const SetsOfLanguage& sets,
                                     PlanSections& sections) {
  const Nodes nodes = MakeNodes(states, automaton.num_classes());
  plan::AutomatonRecord record;
  record.byte_map = PlaceByteMap(states.byte_map, sections);
  record.byte_classes = states.num_byte_classes;
  record.nodes_begin = PlaceNodes(nodes, record.byte_classes, sections);
  record.words = Size(nodes.words);
  record.start = nodes.start;
  record.states = nodes.states;
  record.classes = PlaceClasses(automaton, nodes.class_of_label, sets, sections);
  return record;
}

uint32_t EmitAutomaton(const automata::SetAutomaton& automaton, const SetsOfLanguage& sets,
                       PlanSections& sections) {
  const plan::AutomatonRecord record = PlaceAutomaton(automaton, automaton.table, sets, sections);
  const uint32_t end = Size(sections.automata);
  const uint32_t place = sections.Share(plan::SectionId::kAutomata,
                                        ContentOf<plan::AutomatonRecord>({&record, 1}), end);
  if (place == end) sections.automata.push_back(record);
  return place;
}

Range EmitField(const Field& field, const automata::Dfa& universe, const SetsOfLanguage& sets,
                PlanSections& sections) {
  std::vector<plan::AutomatonRecord> records;
  for (const auto& part : field.automata().parts) {
    const automata::DfaTable states = automata::SimplifyWithin(part.automaton.table, universe);
    records.push_back(PlaceAutomaton(part.automaton, states, sets, sections));
  }
  const uint32_t end = Size(sections.automata);
  const uint32_t place =
      sections.Share(plan::SectionId::kAutomata, ContentOf<plan::AutomatonRecord>(records), end);
  if (place == end) {
    sections.automata.insert(sections.automata.end(), records.begin(), records.end());
  }
  return {place, Size(records)};
}

namespace {

// The languages of a field in an order that depends on nothing but what they are: workspaces that
// speak of the same directories then number them alike, in whichever order their rules do, and
// share an automaton. `numbers` is the way back.
struct LanguageOrder {
  std::vector<uint32_t> in_order;
  std::vector<uint32_t> numbers;

  explicit LanguageOrder(const Field& field) : numbers(field.size()) {
    std::vector<std::pair<std::string, uint32_t>> keys;
    for (uint32_t language = 0; language < field.size(); ++language) {
      keys.emplace_back(field.language(language).CanonicalBytes(), language);
    }
    std::ranges::sort(keys);
    for (const auto& [bytes, language] : keys) {
      numbers[language] = static_cast<uint32_t>(in_order.size());
      in_order.push_back(language);
    }
  }
};

}  // namespace

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
    const LanguageOrder order(paths);
    sections.workspaces[w].path_automata = EmitField(
        paths, automata::PathUniverse(),
        [&](uint32_t language) { return std::vector{order.numbers[language]}; }, sections);
    const uint32_t first = Size(sections.buckets);
    for (uint32_t set = 0; set < order.in_order.size(); ++set) {
      for (const auto& [principals, bucket] : tables[w][order.in_order[set]]) {
        const uint32_t begin = Size(sections.entries);
        for (const auto& [names, rules] : bucket) {
          for (const uint32_t rule : rules) sections.entries.push_back({names, rule});
        }
        sections.buckets.push_back({set, principals, {begin, Size(sections.entries) - begin}});
      }
    }
    sections.workspaces[w].buckets = {first, Size(sections.buckets) - first};
  }
}

void EmitBounds(const Space& space, PlanSections& sections) {
  plan::Meta& meta = sections.meta.front();
  const auto& policy = space.policy();
  std::vector<uint32_t> candidates(policy.workspaces.size());
  std::vector<uint32_t> probes(policy.workspaces.size());
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    candidates[w] = analysis::MostCandidates(space, WorkspaceId(w));
    const Range buckets = sections.workspaces[w].buckets;
    for (uint32_t b = buckets.begin; b < buckets.begin + buckets.count; ++b) {
      probes[w] += sections.buckets[b].entries.count;
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
