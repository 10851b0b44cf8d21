// SPDX-License-Identifier: Apache-2.0
// The solver's answers, kept. The same few conditions meet in question after question about one
// policy, and what they can see of a call is mostly the same as well.

#ifndef MCPLEXER_COMPILER_ANALYSIS_SOLUTION_CACHE_H_
#define MCPLEXER_COMPILER_ANALYSIS_SOLUTION_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/analysis/context_uses.h"
#include "compiler/analysis/solver.h"
#include "compiler/model/policy.h"
#include "compiler/reference/condition.h"

namespace mcplexer::analysis {

// One thread at a time. The policy outlives it.
class SolutionCache {
 public:
  // Past `most_kept` answers all are forgotten: some megabytes, where arguments are short.
  explicit SolutionCache(const model::Policy& policy, const SolverLimits& limits = {},
                         size_t most_kept = 50'000);

  // As analysis::Solve. Contexts hold neither arguments nor a client or model.
  Solution Solve(std::span<const Goal> goals, std::span<const reference::Context> contexts);

 private:
  struct Condition {
    ConditionId same_as;  // the first that is written alike
    ContextUses uses;
  };

  const Condition& Get(ConditionId id);

  const model::Policy& policy_;
  const SolverLimits limits_;
  const size_t most_kept_;
  std::vector<std::optional<Condition>> conditions_;
  std::unordered_map<std::string_view, ConditionId> by_text_;
  std::unordered_map<std::string, Solution> solutions_;
  SolverMemory memory_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_SOLUTION_CACHE_H_
