// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/matcher.h"

#include <algorithm>
#include <iterator>

#include "runtime/decide/automaton.h"

namespace mcplexer::decide {
namespace {

// Has the memory fetched while the processor goes on.
void Prefetch(const void* memory) { __builtin_prefetch(memory); }

// A bucket's entries will be searched when the first name comes. Of a large bucket a search reads
// few places, and nobody knows which.
void PrefetchEntries(std::span<const plan::EntryRecord> entries) {
  constexpr size_t kMostBytes = 512;
  constexpr size_t kLineBytes = 64;
  const auto* begin = reinterpret_cast<const char*>(entries.data());
  const size_t bytes = std::min(entries.size_bytes(), kMostBytes);
  for (size_t at = 0; at < bytes; at += kLineBytes) Prefetch(begin + at);
}

// The last entry whose set is at most `set`, or the first one. `entries` is not empty. Without
// branches that depend on what is found: no guess about these holds.
const plan::EntryRecord* LastUpTo(std::span<const plan::EntryRecord> entries, uint32_t set) {
  const plan::EntryRecord* at = entries.data();
  for (size_t left = entries.size(); left > 1;) {
    const size_t half = left / 2;
    at = at[half].name_set <= set ? at + half : at;
    left -= half;
  }
  return at;
}

}  // namespace

Matcher::Matcher(const EngineTables& engine) : engine_(engine), tables_(engine.tables) {
  joined_.reserve(tables_.meta[0].max_class_sets);
  merged_.reserve(tables_.meta[0].max_class_sets);
  found_.reserve(std::min<size_t>(tables_.meta[0].max_candidates, tables_.rules.size()));
}

void Matcher::Begin(std::string_view directory, uint32_t home, uint32_t principal) {
  buckets_.clear();
  uint32_t distance = 0;
  for (uint32_t w = home; w != plan::kNone; w = tables_.workspaces[w].parent) {
    std::string_view subpath = directory.substr(engine_.roots.size_of(w));
    if (!subpath.empty()) subpath.remove_prefix(1);
    AddBuckets(w, subpath, principal, distance++);
  }
}

void Matcher::AddBuckets(uint32_t workspace, std::string_view subpath, uint32_t principal,
                         uint32_t distance) {
  const plan::WorkspaceRecord& record = tables_.workspaces[workspace];
  // Needed as soon as the directory has been walked.
  if (record.path_sets.count != 0) Prefetch(&tables_.path_sets[record.path_sets.begin]);
  if (record.parent != plan::kNone) Prefetch(&tables_.workspaces[record.parent]);
  const size_t words = (tables_.principals.size() + 31) / 32;
  CollectSets(record.path_automata, subpath);
  for (const uint32_t set : sets_) {
    const plan::PathSetRecord& path_set = tables_.path_sets[record.path_sets.begin + set];
    for (const plan::BucketRecord& bucket : plan::Slice(tables_.buckets, path_set.buckets)) {
      const size_t word = bucket.principal_set * words + principal / 32;
      if ((tables_.principal_sets[word] >> (principal % 32) & 1) == 0) continue;
      buckets_.push_back({bucket.entries, distance});
      PrefetchEntries(plan::Slice(tables_.entries, bucket.entries));
    }
  }
}

void Matcher::CollectSets(plan::Range automata, std::string_view text) {
  sets_ = {};
  for (const plan::AutomatonRecord& automaton : plan::Slice(tables_.automata, automata)) {
    const std::span<const uint32_t> more =
        SetsAlongChains(automaton, text, tables_, engine_.chains);
    if (more.empty()) continue;
    if (sets_.empty()) {
      sets_ = more;
      continue;
    }
    merged_.clear();
    std::set_union(sets_.begin(), sets_.end(), more.begin(), more.end(),
                   std::back_inserter(merged_));
    merged_.swap(joined_);
    sets_ = joined_;
  }
}

void Matcher::Search(const Bucket& bucket) {
  const auto entries = plan::Slice(tables_.entries, bucket.entries);
  if (sets_.size() <= entries.size()) {
    for (const uint32_t set : sets_) {
      const plan::EntryRecord& entry = *LastUpTo(entries, set);
      if (entry.name_set == set) Take(entry, bucket.distance);
    }
    return;
  }
  for (const plan::EntryRecord& entry : entries) {
    if (std::binary_search(sets_.begin(), sets_.end(), entry.name_set)) {
      Take(entry, bucket.distance);
    }
  }
}

void Matcher::Take(const plan::EntryRecord& entry, uint32_t distance) {
  found_.push_back({entry.rules, distance});
  if (entry.rules.count != 0) Prefetch(&tables_.indexes[entry.rules.begin]);
}

void Matcher::Match(plan::Range automata, std::string_view name, plan::CallKind kind,
                    std::vector<Candidate>* candidates) {
  candidates->clear();
  CollectSets(automata, name);
  if (sets_.empty()) return;
  found_.clear();
  for (const Bucket& bucket : buckets_) Search(bucket);
  for (const Found& found : found_) {
    for (const uint32_t rule : plan::Slice(tables_.indexes, found.rules)) {
      Prefetch(&tables_.rules[rule]);
      candidates->push_back({rule, found.distance});
    }
  }
  // Sets of names of different kinds have different numbers in any plan that the compiler writes;
  // here it costs nothing not to rely on it.
  std::erase_if(*candidates, [&](const Candidate& c) {
    return tables_.outcome(tables_.rules[c.rule]).kind != kind;
  });
  std::sort(candidates->begin(), candidates->end(),
            [](const Candidate& a, const Candidate& b) { return a.rule < b.rule; });
  // A rule has one distance, so equal rules are equal candidates.
  candidates->erase(std::unique(candidates->begin(), candidates->end()), candidates->end());
}

}  // namespace mcplexer::decide
