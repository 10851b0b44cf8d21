// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solution_cache.h"

#include <utility>

#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
SolutionCache::SolutionCache(const model::Policy& policy, const SolverLimits& limits,
                             size_t most_kept)
    : policy_(policy),
      limits_(limits),
      most_kept_(most_kept),
      conditions_(policy.conditions.size()) {}

const SolutionCache::Condition& SolutionCache::Get(ConditionId id) {
  std::optional<Condition>& known = conditions_[id.index()];
  if (known) return *known;
  known.emplace();
  const model::Condition& condition = policy_.conditions[id.index()];
  const auto [it, inserted] = by_text_.try_emplace(condition.text, id);
  const syntax::Expr& first = policy_.conditions[it->second.index()].expr;
  known->same_as = SameCondition(first, condition.expr) ? it->second : id;
  for (const syntax::ExprNode& node : condition.expr.nodes) known->uses |= UsesOf(node);
  return *known;
}

Solution SolutionCache::Solve(std::span<const Goal> goals,
                              std::span<const reference::Context> contexts) {
  std::string key;
  // So that no context can be taken for a goal.
  AppendToKey(static_cast<uint32_t>(goals.size()), key);
  std::vector<ContextUses> uses(contexts.size());
  for (const Goal& goal : goals) {
    const Condition& condition = Get(goal.condition);
    AppendToKey(condition.same_as.value, key);
    key.push_back(static_cast<char>(goal.wanted));
    key.push_back(static_cast<char>(goal.side));
    uses[goal.side] |= condition.uses;
  }
  for (size_t side = 0; side < contexts.size(); ++side) {
    AppendToKey(uses[side], contexts[side], key);
  }
  if (const auto known = solutions_.find(key); known != solutions_.end()) return known->second;
  if (solutions_.size() >= most_kept_) solutions_.clear();
  const Solution solution = analysis::Solve(policy_, goals, contexts, limits_, &memory_);
  return solutions_.emplace(std::move(key), solution).first->second;
}

}  // namespace mcplexer::analysis
