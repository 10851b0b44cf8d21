// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/leaf_cache.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace mcplexer::decide {
namespace {

constexpr size_t kFirstSlots = 64;
constexpr size_t kNameBlockBytes = 4096;

// The server says where a call goes only for resources.
ServerId ServerOf(const Call& call) {
  return call.kind == plan::CallKind::kResource ? call.server : ServerId();
}

}  // namespace

LeafCache::LeafCache() : slots_(kFirstSlots) {}

uint64_t LeafCache::Hash(const Call& call) {
  const uint64_t where = static_cast<uint64_t>(call.kind) << 32 ^ ServerOf(call).value;
  uint64_t hash = std::hash<std::string_view>()(call.name) ^ where * 0x9E3779B97F4A7C15u;
  hash ^= hash >> 29;
  return hash;
}

const Leaf* LeafCache::Find(const Call& call, uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < kMaxProbes; ++i) {
    const Slot& slot = slots_[(hash + i) & mask];
    if (slot.entry == kFree) return nullptr;
    if (slot.hash != static_cast<uint32_t>(hash >> 32)) continue;
    const Entry& entry = entries_[slot.entry];
    if (entry.name == call.name && entry.kind == call.kind && entry.server == ServerOf(call)) {
      return &entry.leaf;
    }
  }
  return nullptr;
}

bool LeafCache::Place(uint64_t hash, uint32_t entry) {
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < kMaxProbes; ++i) {
    Slot& slot = slots_[(hash + i) & mask];
    if (slot.entry != kFree) continue;
    slot = {static_cast<uint32_t>(hash >> 32), entry};
    return true;
  }
  return false;
}

// Entries that find no place among the new slots are no longer found; they stay counted.
bool LeafCache::Grow() {
  if (slots_.size() >= 2 * kMaxEntries) return false;
  slots_.assign(slots_.size() * 2, Slot{});
  for (size_t i = 0; i < entries_.size(); ++i) {
    static_cast<void>(Place(entries_[i].hash, static_cast<uint32_t>(i)));
  }
  return true;
}

bool LeafCache::IsSmall() const { return slots_.size() == kFirstSlots; }

void LeafCache::Clear() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  entries_.clear();
  if (names_.size() > 1) names_.resize(1);
  name_block_left_ = names_.empty() ? 0 : kNameBlockBytes;
  rules_.clear();
  rules_kept_ = 0;
}

void LeafCache::Insert(const Call& call, uint64_t hash, const Leaf& leaf) {
  const size_t rules = leaf.denies.size() + leaf.grants.size();
  if (call.name.size() > kMaxNameBytes || entries_.size() >= kMaxEntries ||
      rules > kMaxRules - rules_kept_) {
    return;
  }
  if (entries_.size() * 2 >= slots_.size() && !Grow()) return;
  if (!Place(hash, static_cast<uint32_t>(entries_.size()))) return;

  if (name_block_left_ < call.name.size()) {
    names_.push_back(std::make_unique_for_overwrite<char[]>(kNameBlockBytes));
    name_block_left_ = kNameBlockBytes;
  }
  char* name = names_.empty() ? nullptr : names_.back().get() + kNameBlockBytes - name_block_left_;
  std::copy(call.name.begin(), call.name.end(), name);
  name_block_left_ -= call.name.size();

  Entry entry{hash, call.kind, ServerOf(call), {name, call.name.size()}, leaf};
  if (rules > 0) {
    rules_.push_back(std::make_unique<uint32_t[]>(rules));
    uint32_t* kept = rules_.back().get();
    std::copy(leaf.denies.begin(), leaf.denies.end(), kept);
    std::copy(leaf.grants.begin(), leaf.grants.end(), kept + leaf.denies.size());
    entry.leaf.denies = {kept, leaf.denies.size()};
    entry.leaf.grants = {kept + leaf.denies.size(), leaf.grants.size()};
    rules_kept_ += rules;
  }
  entries_.push_back(entry);
}

}  // namespace mcplexer::decide
