// SPDX-License-Identifier: Apache-2.0
// Fields repeat: workspaces speak of the same directories, servers of the same names. What is alike
// is written once, part by part, since two automata may have the same states and yet mean other
// sets by them.

#include "compiler/emit/tables.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "compiler/analysis/cost.h"
#include "compiler/automata/simplify.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

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

// The states of an automaton as a plan has them: which edges each has, and in which order they
// stand.
class StateTable {
 public:
  explicit StateTable(const automata::DfaTable& table) : table_(table) {
    FindOtherwise();
    Number();
  }

  uint32_t start() const { return number_[table_.start]; }
  uint32_t size() const { return Size(order_); }

  // The states and their edges, which are numbered from `edges`.
  void AppendTo(uint32_t edges, std::vector<plan::StateRecord>& states,
                std::vector<plan::EdgeRecord>& to) const {
    for (const std::optional<uint32_t>& state : order_) {
      if (!state) {  // dead, and made up
        states.push_back({edges, 0});
        continue;
      }
      const uint32_t begin = edges;
      for (uint32_t c = 0; c < table_.num_byte_classes; ++c) {
        const uint32_t next = Next(*state, c);
        if (next == otherwise_[*state]) continue;
        to.push_back({plan::PackState(number_[next], c)});
        ++edges;
      }
      states.push_back({begin, plan::PackState(number_[otherwise_[*state]], edges - begin)});
    }
  }

  std::vector<uint32_t> Classes() const {
    std::vector<uint32_t> classes;
    for (const std::optional<uint32_t>& state : order_) {
      classes.push_back(state ? table_.label[*state] : 0);
    }
    return classes;
  }

 private:
  uint32_t Next(uint32_t state, uint32_t byte_class) const {
    return table_.next[size_t{state} * table_.num_byte_classes + byte_class];
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

  // The dead state first, then depth first from the start: a chain, which is what most of a name
  // is, stands in one piece. All states of a minimal automaton are reached.
  void Number() {
    const std::optional<uint32_t> dead = DeadState(table_);
    order_.push_back(dead);
    number_.assign(table_.num_states(), plan::kNone);
    if (dead) number_[*dead] = 0;
    std::vector<uint32_t> todo = {table_.start};
    while (!todo.empty()) {
      const uint32_t state = todo.back();
      todo.pop_back();
      if (number_[state] != plan::kNone) continue;
      number_[state] = Size(order_);
      order_.emplace_back(state);
      todo.push_back(otherwise_[state]);
      for (uint32_t c = table_.num_byte_classes; c > 0; --c) {
        if (Next(state, c - 1) != otherwise_[state]) todo.push_back(Next(state, c - 1));
      }
    }
    MCPLEXER_CHECK(order_.size() <= plan::kMaxStates);
  }

  const automata::DfaTable& table_;
  std::vector<uint32_t> otherwise_;             // by state
  std::vector<std::optional<uint32_t>> order_;  // states by number; the first may be made up
  std::vector<uint32_t> number_;                // by state
};

// Each of these puts a table where the record says, unless there is one like it.

uint32_t PlaceStates(const StateTable& table, uint32_t byte_classes, PlanSections& sections) {
  std::vector<plan::StateRecord> states;
  std::vector<plan::EdgeRecord> edges;
  table.AppendTo(0, states, edges);
  const std::string content = ContentOf<uint32_t>({&byte_classes, 1}) +
                              ContentOf<plan::StateRecord>(states) +
                              ContentOf<plan::EdgeRecord>(edges);
  const uint32_t end = Size(sections.states);
  const uint32_t place = sections.Share(plan::SectionId::kStates, content, end);
  if (place == end) table.AppendTo(Size(sections.edges), sections.states, sections.edges);
  return place;
}

// Of each class its number in the plan. Numbered as the states first have them, after the empty
// one: where the same states mean other sets, they have the same classes nevertheless.
std::vector<uint32_t> NumberClasses(const StateTable& table, uint32_t classes) {
  std::vector<uint32_t> numbers(classes, plan::kNone);
  uint32_t next = 0;
  const auto number = [&](uint32_t c) {
    if (numbers[c] == plan::kNone) numbers[c] = next++;
  };
  number(0);
  for (const uint32_t c : table.Classes()) number(c);
  for (uint32_t c = 0; c < classes; ++c) number(c);
  return numbers;
}

uint32_t PlaceStateClasses(const StateTable& table, std::span<const uint32_t> numbers,
                           PlanSections& sections) {
  const uint32_t classes = static_cast<uint32_t>(numbers.size());
  std::vector<uint32_t> of_states = table.Classes();
  for (uint32_t& c : of_states) c = numbers[c];
  const std::string content = ContentOf<uint32_t>({&classes, 1}) + ContentOf<uint32_t>(of_states);
  const uint32_t end = Size(sections.state_classes);
  const uint32_t place = sections.Share(plan::SectionId::kStateClasses, content, end);
  if (place == end) {
    sections.state_classes.insert(sections.state_classes.end(), of_states.begin(), of_states.end());
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

// `states` are the automaton's own, or say the same wherever it is asked.
plan::AutomatonRecord PlaceAutomaton(const automata::SetAutomaton& automaton,
                                     const automata::DfaTable& states, const SetsOfLanguage& sets,
                                     PlanSections& sections) {
  const StateTable table(states);
  const std::vector<uint32_t> numbers = NumberClasses(table, automaton.num_classes());
  plan::AutomatonRecord record;
  record.byte_map = PlaceByteMap(states.byte_map, sections);
  record.byte_classes = states.num_byte_classes;
  record.states_begin = PlaceStates(table, record.byte_classes, sections);
  record.states = table.size();
  record.start = table.start();
  record.state_classes = PlaceStateClasses(table, numbers, sections);
  record.classes = PlaceClasses(automaton, numbers, sets, sections);
  return record;
}

}  // namespace

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
                uint32_t sets_end, PlanSections& sections) {
  std::vector<plan::AutomatonRecord> records;
  for (const auto& part : field.automata().parts) {
    const automata::DfaTable states = automata::SimplifyWithin(part.automaton.table, universe);
    records.push_back(PlaceAutomaton(part.automaton, states, sets, sections));
  }
  const uint32_t end = Size(sections.automata);
  const uint32_t place = sections.Share(
      plan::SectionId::kAutomata,
      ContentOf<uint32_t>({&sets_end, 1}) + ContentOf<plan::AutomatonRecord>(records), end);
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
        [&](uint32_t language) { return std::vector{order.numbers[language]}; },
        static_cast<uint32_t>(paths.size()), sections);
    sections.workspaces[w].path_sets = {Size(sections.path_sets),
                                        static_cast<uint32_t>(paths.size())};
    for (const analysis::PathSetId set : order.in_order) {
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
