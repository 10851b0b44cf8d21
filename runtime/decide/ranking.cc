// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/ranking.h"

#include <algorithm>
#include <tuple>

namespace mcplexer::decide {
namespace {

bool HasCandidate(std::span<const Candidate> candidates, uint32_t rule) {
  const auto at = std::lower_bound(candidates.begin(), candidates.end(), rule,
                                   [](const Candidate& c, uint32_t r) { return c.rule < r; });
  return at != candidates.end() && at->rule == rule;
}

// Both lists ascend; the longer one is searched.
bool IsBeaten(std::span<const uint32_t> beaten_by, std::span<const Candidate> candidates) {
  if (beaten_by.size() <= candidates.size()) {
    return std::any_of(beaten_by.begin(), beaten_by.end(),
                       [&](uint32_t rule) { return HasCandidate(candidates, rule); });
  }
  return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) {
    return std::binary_search(beaten_by.begin(), beaten_by.end(), c.rule);
  });
}

}  // namespace

void Rank(std::span<const Candidate> candidates, const plan::Tables& tables, Ranking* ranking) {
  ranking->denies.clear();
  ranking->grants.clear();
  ranking->beaten.clear();
  for (const Candidate& c : candidates) {
    const plan::RuleRecord& rule = tables.rules[c.rule];
    if (tables.outcome(rule).effect == plan::Effect::kDeny) {
      ranking->denies.push_back(c);
    } else if (IsBeaten(plan::Slice(tables.indexes, tables.guard(rule).beaten_by), candidates)) {
      ranking->beaten.push_back(c);
    } else {
      ranking->grants.push_back(c);
    }
  }
  const auto deny_key = [&](const Candidate& c) {
    const plan::RuleRecord& rule = tables.rules[c.rule];
    return std::tuple(tables.guard(rule).when != plan::kNone, c.distance, rule.order, c.rule);
  };
  const auto grant_key = [&](const Candidate& c) {
    const plan::RuleRecord& rule = tables.rules[c.rule];
    return std::tuple(c.distance, rule.priority, rule.order, c.rule);
  };
  std::sort(ranking->denies.begin(), ranking->denies.end(),
            [&](const Candidate& a, const Candidate& b) { return deny_key(a) < deny_key(b); });
  std::sort(ranking->grants.begin(), ranking->grants.end(),
            [&](const Candidate& a, const Candidate& b) { return grant_key(a) < grant_key(b); });
}

}  // namespace mcplexer::decide
