// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/matcher.h"

#include <algorithm>
#include <iterator>

#include "runtime/decide/automaton.h"

namespace mcplexer::decide {
namespace {

// Has the memory fetched while the processor goes on.
void Prefetch(const void* memory) { __builtin_prefetch(memory); }

constexpr size_t kLineBytes = 64;

template <typename T>
void PrefetchAll(std::span<const T> records) {
  const auto* begin = reinterpret_cast<const char*>(records.data());
  for (size_t at = 0; at < records.size_bytes(); at += kLineBytes) Prefetch(begin + at);
  // The last one may begin in one line and end in another.
  if (!records.empty()) Prefetch(begin + records.size_bytes() - 1);
}

// Entries will be searched when the first name comes. Of many a search reads few places, and nobody
// knows which.
constexpr size_t kMostPrefetched = 1024 / sizeof(plan::EntryRecord);

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

// All that is certain to be needed is asked for before anything is waited for.
void Matcher::Begin(std::string_view directory, uint32_t home, uint32_t principal) {
  buckets_.clear();
  for (uint32_t w = home; w != plan::kNone; w = engine_.roots.place(w).parent) {
    const Place& place = engine_.roots.place(w);
    if (place.parent != plan::kNone) Prefetch(&engine_.roots.place(place.parent));
    if (std::max(place.entries.count, place.buckets.count) > kMostPrefetched) continue;
    PrefetchAll(plan::Slice(tables_.buckets, place.buckets));
    PrefetchAll(plan::Slice(tables_.entries, place.entries));
  }
  uint32_t distance = 0;
  for (uint32_t w = home; w != plan::kNone; w = engine_.roots.place(w).parent) {
    const Place& place = engine_.roots.place(w);
    std::string_view subpath = directory.substr(place.size);
    if (!subpath.empty()) subpath.remove_prefix(1);
    AddBuckets(place, subpath, principal, distance++);
  }
}

void Matcher::AddBuckets(const Place& place, std::string_view subpath, uint32_t principal,
                         uint32_t distance) {
  const size_t words = (tables_.principals.size() + 31) / 32;
  CollectSets(place.path_automata, subpath);
  const auto buckets = plan::Slice(tables_.buckets, place.buckets);
  const plan::BucketRecord* bucket = buckets.data();
  const plan::BucketRecord* const end = bucket + buckets.size();
  for (const uint32_t set : sets_) {
    for (bucket = FirstFrom(bucket, end, set); bucket != end && bucket->path_set == set; ++bucket) {
      const size_t word = bucket->principal_set * words + principal / 32;
      if ((tables_.principal_sets[word] >> (principal % 32) & 1) == 0) continue;
      buckets_.push_back({bucket->entries, distance});
      if (place.entries.count > kMostPrefetched && bucket->entries.count <= kMostPrefetched) {
        PrefetchAll(plan::Slice(tables_.entries, bucket->entries));
      }
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
