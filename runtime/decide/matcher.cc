// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/matcher.h"

#include <algorithm>

#include "runtime/decide/automaton.h"

namespace mcplexer::decide {

Matcher::Matcher(const EngineTables& engine) : engine_(engine), tables_(engine.tables) {
  sets_.reserve(tables_.meta[0].max_class_sets);
}

void Matcher::Begin(std::string_view directory, uint32_t home, uint32_t principal) {
  buckets_.clear();
  uint32_t distance = 0;
  for (uint32_t w = home; w != plan::kNone; w = tables_.workspaces[w].parent) {
    std::string_view subpath = directory.substr(engine_.roots.of(w).size());
    if (!subpath.empty()) subpath.remove_prefix(1);
    AddBuckets(w, subpath, principal, distance++);
  }
}

void Matcher::AddBuckets(uint32_t workspace, std::string_view subpath, uint32_t principal,
                         uint32_t distance) {
  const plan::WorkspaceRecord& record = tables_.workspaces[workspace];
  const size_t words = (tables_.principals.size() + 31) / 32;
  CollectSets(record.path_automata, subpath);
  for (const uint32_t set : sets_) {
    const plan::PathSetRecord& path_set = tables_.path_sets[record.path_sets.begin + set];
    for (const plan::BucketRecord& bucket : plan::Slice(tables_.buckets, path_set.buckets)) {
      const size_t word = bucket.principal_set * words + principal / 32;
      if ((tables_.principal_sets[word] >> (principal % 32) & 1) == 0) continue;
      buckets_.push_back({bucket.entries, distance});
    }
  }
}

void Matcher::CollectSets(plan::Range automata, std::string_view text) {
  sets_.clear();
  size_t contributors = 0;
  for (const plan::AutomatonRecord& automaton : plan::Slice(tables_.automata, automata)) {
    const std::span<const uint32_t> sets = SetsOf(automaton, text, tables_);
    if (sets.empty()) continue;
    sets_.insert(sets_.end(), sets.begin(), sets.end());
    ++contributors;
  }
  if (contributors < 2) return;
  std::sort(sets_.begin(), sets_.end());
  sets_.erase(std::unique(sets_.begin(), sets_.end()), sets_.end());
}

void Matcher::Search(const Bucket& bucket, plan::CallKind kind,
                     std::vector<Candidate>* candidates) const {
  const auto entries = plan::Slice(tables_.entries, bucket.entries);
  const auto take = [&](const plan::EntryRecord& entry) {
    for (const uint32_t rule : plan::Slice(tables_.indexes, entry.rules)) {
      // Sets of names of different kinds have different numbers in any plan that the compiler
      // writes; here it costs nothing not to rely on it.
      if (tables_.outcome(tables_.rules[rule]).kind == kind)
        candidates->push_back({rule, bucket.distance});
    }
  };
  if (sets_.size() <= entries.size()) {
    auto from = entries.begin();
    for (const uint32_t set : sets_) {
      from = std::lower_bound(from, entries.end(), set, [](const plan::EntryRecord& e, uint32_t s) {
        return e.name_set < s;
      });
      if (from == entries.end()) return;
      if (from->name_set == set) take(*from);
    }
    return;
  }
  auto from = sets_.begin();
  for (const plan::EntryRecord& entry : entries) {
    from = std::lower_bound(from, sets_.end(), entry.name_set);
    if (from == sets_.end()) return;
    if (*from == entry.name_set) take(entry);
  }
}

void Matcher::Match(plan::Range automata, std::string_view name, plan::CallKind kind,
                    std::vector<Candidate>* candidates) {
  candidates->clear();
  CollectSets(automata, name);
  if (sets_.empty()) return;
  for (const Bucket& bucket : buckets_) Search(bucket, kind, candidates);
  std::sort(candidates->begin(), candidates->end(),
            [](const Candidate& a, const Candidate& b) { return a.rule < b.rule; });
  // A rule has one distance, so equal rules are equal candidates.
  candidates->erase(std::unique(candidates->begin(), candidates->end()), candidates->end());
}

}  // namespace mcplexer::decide
