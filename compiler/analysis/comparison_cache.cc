// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/comparison_cache.h"

#include <utility>

#include "compiler/analysis/context_uses.h"

namespace mcplexer::analysis {
using reference::Truth;

void ComparisonCache::Begin() {
  constexpr size_t kBytesOfText = 64;  // about what a number takes
  if (bytes_ + (comparisons_.size() + values_.size()) * kBytesOfText < most_bytes_) return;
  comparisons_.clear();
  values_.clear();
  rows_.clear();
  bytes_ = 0;
}

uint32_t ComparisonCache::NumberOf(ConditionId condition, size_t node,
                                   const syntax::ExprNode& comparison,
                                   const reference::Context& context) {
  std::string key;
  AppendToKey(condition.value, key);
  AppendToKey(static_cast<uint32_t>(node), key);
  AppendToKey(UsesOf(comparison), context, key);
  return comparisons_.try_emplace(std::move(key), static_cast<uint32_t>(comparisons_.size()))
      .first->second;
}

uint32_t ComparisonCache::NumberOf(const std::string& value) {
  const auto [it, inserted] = values_.try_emplace(value, static_cast<uint32_t>(values_.size()));
  if (inserted) rows_.emplace_back();
  return it->second;
}

std::optional<Truth> ComparisonCache::Find(uint32_t comparison, uint32_t value) const {
  const Row& row = rows_[value];
  // What lies before the row wraps around and so lies behind it.
  const uint32_t at = comparison - row.first;
  if (at >= row.answers.size() || row.answers[at] == 0) return std::nullopt;
  return static_cast<Truth>(row.answers[at] - 1);
}

void ComparisonCache::Keep(uint32_t comparison, uint32_t value, Truth truth) {
  Row& row = rows_[value];
  const size_t before = row.answers.size();
  if (row.answers.empty()) row.first = comparison;
  if (comparison < row.first) {
    row.answers.insert(row.answers.begin(), row.first - comparison, 0);
    row.first = comparison;
  }
  const size_t at = comparison - row.first;
  if (at >= row.answers.size()) row.answers.resize(at + 1);
  row.answers[at] = static_cast<uint8_t>(static_cast<uint8_t>(truth) + 1);
  bytes_ += row.answers.size() - before;
}

}  // namespace mcplexer::analysis
