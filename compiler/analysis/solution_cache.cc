// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solution_cache.h"

#include <utility>

#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using syntax::ExprNode;
using syntax::Operand;

void Append(uint32_t number, std::string& key) {
  for (int shift = 0; shift < 32; shift += 8) key.push_back(static_cast<char>(number >> shift));
}

void Append(std::string_view text, std::string& key) {
  Append(static_cast<uint32_t>(text.size()), key);
  key.append(text);
}

}  // namespace

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
  for (const ExprNode& node : condition.expr.nodes) {
    for (const Operand* operand : {&node.lhs, &node.rhs}) {
      known->uses.principal |= operand->kind == Operand::Kind::kPrincipalName;
      known->uses.groups |= operand->kind == Operand::Kind::kPrincipalGroups;
      known->uses.tags |= operand->kind == Operand::Kind::kWorkspaceTag;
    }
    known->uses.directories |=
        node.kind == ExprNode::Kind::kCompare && node.op == ExprNode::Op::kUnder;
  }
  return *known;
}

Solution SolutionCache::Solve(std::span<const Goal> goals,
                              std::span<const reference::Context> contexts) {
  std::string key;
  // So that no context can be taken for a goal.
  Append(static_cast<uint32_t>(goals.size()), key);
  std::vector<Uses> uses(contexts.size());
  for (const Goal& goal : goals) {
    const Condition& condition = Get(goal.condition);
    Append(condition.same_as.value, key);
    key.push_back(static_cast<char>(goal.wanted));
    key.push_back(static_cast<char>(goal.side));
    Uses& side = uses[goal.side];
    side.principal |= condition.uses.principal;
    side.groups |= condition.uses.groups;
    side.tags |= condition.uses.tags;
    side.directories |= condition.uses.directories;
  }
  for (size_t side = 0; side < contexts.size(); ++side) {
    const reference::Context& context = contexts[side];
    if (uses[side].principal) Append(context.principal, key);
    if (uses[side].groups) {
      Append(static_cast<uint32_t>(context.groups.size()), key);
      for (const std::string& group : context.groups) Append(group, key);
    }
    if (uses[side].tags) {
      Append(static_cast<uint32_t>(context.tags->size()), key);
      for (const auto& [name, value] : *context.tags) {
        Append(name, key);
        Append(value, key);
      }
    }
    if (uses[side].directories) {
      Append(context.root, key);
      Append(context.home, key);
      key.push_back(context.directory ? 1 : 0);
      if (context.directory) Append(*context.directory, key);
    }
  }
  if (const auto known = solutions_.find(key); known != solutions_.end()) return known->second;
  if (solutions_.size() >= most_kept_) solutions_.clear();
  const Solution solution = analysis::Solve(policy_, goals, contexts, limits_, &classes_);
  return solutions_.emplace(std::move(key), solution).first->second;
}

}  // namespace mcplexer::analysis
