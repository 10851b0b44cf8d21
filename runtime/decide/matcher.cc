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

// The first entry whose set is at least `set`, or the end. `entries` is not empty. Without branches
// that depend on what is found: no guess about these holds.
const plan::EntryRecord* FirstFrom(std::span<const plan::EntryRecord> entries, uint32_t set) {
  const plan::EntryRecord* at = entries.data();
  for (size_t left = entries.size(); left > 1;) {
    const size_t half = left / 2;
    at = at[half - 1].name_set < set ? at + half : at;
    left -= half;
  }
  return at->name_set < set ? at + 1 : at;
}

// The first bucket whose path set is at least `set`. Most workspaces have few.
const plan::BucketRecord* FirstFrom(const plan::BucketRecord* begin, const plan::BucketRecord* end,
                                    uint32_t set) {
  constexpr ptrdiff_t kMostLookedThrough = 16;
  if (end - begin > kMostLookedThrough) {
    return std::lower_bound(begin, end, set, [](const plan::BucketRecord& bucket, uint32_t sought) {
      return bucket.path_set < sought;
    });
  }
  while (begin != end && begin->path_set < set) ++begin;
  return begin;
}

}  // namespace

Matcher::Matcher(const EngineTables& engine) : engine_(engine), tables_(engine.tables) {
  joined_.reserve(tables_.meta[0].max_class_sets);
  merged_.reserve(tables_.meta[0].max_class_sets);
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
  if (record.buckets.count != 0) Prefetch(&tables_.buckets[record.buckets.begin]);
  if (record.parent != plan::kNone) Prefetch(&tables_.workspaces[record.parent]);
  const size_t words = (tables_.principals.size() + 31) / 32;
  CollectSets(record.path_automata, subpath);
  const auto buckets = plan::Slice(tables_.buckets, record.buckets);
  const plan::BucketRecord* bucket = buckets.data();
  const plan::BucketRecord* const end = bucket + buckets.size();
  for (const uint32_t set : sets_) {
    for (bucket = FirstFrom(bucket, end, set); bucket != end && bucket->path_set == set; ++bucket) {
      const size_t word = bucket->principal_set * words + principal / 32;
      if ((tables_.principal_sets[word] >> (principal % 32) & 1) == 0) continue;
      buckets_.push_back({bucket->entries, distance});
      PrefetchEntries(plan::Slice(tables_.entries, bucket->entries));
    }
  }
}

void Matcher::CollectSets(plan::Range automata, std::string_view text) {
  sets_ = {};
  for (const plan::AutomatonRecord& automaton : plan::Slice(tables_.automata, automata)) {
    const std::span<const uint32_t> more = SetsOf(automaton, text, tables_);
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

void Matcher::Search(const Bucket& bucket, std::vector<Candidate>* candidates) const {
  const auto entries = plan::Slice(tables_.entries, bucket.entries);
  const auto take = [&](const plan::EntryRecord& entry) {
    Prefetch(&tables_.rules[entry.rule]);
    candidates->push_back({entry.rule, bucket.distance});
  };
  if (sets_.size() <= entries.size()) {
    const plan::EntryRecord* const end = entries.data() + entries.size();
    for (const uint32_t set : sets_) {
      for (const plan::EntryRecord* entry = FirstFrom(entries, set);
           entry != end && entry->name_set == set; ++entry) {
        take(*entry);
      }
    }
    return;
  }
  for (const plan::EntryRecord& entry : entries) {
    if (std::binary_search(sets_.begin(), sets_.end(), entry.name_set)) take(entry);
  }
}

void Matcher::Match(plan::Range automata, std::string_view name, plan::CallKind kind,
                    std::vector<Candidate>* candidates) {
  candidates->clear();
  CollectSets(automata, name);
  if (sets_.empty()) return;
  for (const Bucket& bucket : buckets_) Search(bucket, candidates);
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
