// SPDX-License-Identifier: Apache-2.0
// Arguments that make given conditions true or not true. The values an argument can have fall into
// finitely many classes that no condition in question tells apart (missing, each JSON type, the
// intervals between numbers it is compared with, the classes of the automata of the patterns it is
// matched against), so trying one of each class is a proof; where that cannot be had (patterns with
// no automaton, arguments that contain each other, too many combinations) the answer is "unknown".

#ifndef MCPLEXER_COMPILER_ANALYSIS_SOLVER_H_
#define MCPLEXER_COMPILER_ANALYSIS_SOLVER_H_

#include <cstdint>
#include <span>
#include <string>

#include "compiler/analysis/comparison_cache.h"
#include "compiler/analysis/solver_values.h"
#include "compiler/analysis/string_classes.h"
#include "compiler/model/policy.h"
#include "compiler/reference/condition.h"

namespace mcplexer::analysis {

struct Goal {
  ConditionId condition;
  Wanted wanted;
  uint8_t side = 0;  // which of the contexts the condition is evaluated in
};

struct Solution {
  enum class Kind : uint8_t { kFound, kImpossible, kUnknown };
  Kind kind = Kind::kUnknown;
  // kFound: what a call must carry, confirmed by the reference interpreter's evaluation.
  std::string arguments;  // a JSON object
  std::string client;
  std::string model;
};

struct SolverLimits {
  // Combinations of values that are tried; each costs one evaluation of every condition. 100,000
  // are a second at the most.
  uint32_t max_combinations = 100'000;
};

// What is kept from one question to the next, of one policy. One thread at a time.
struct SolverMemory {
  StringClasses classes;
  ComparisonCache comparisons;
};

// `contexts` hold what is fixed of the call (principal, directories, tags), once for each side; its
// arguments, client and model, the same for all, are what is looked for. No goals: found, with
// `{}`.
Solution Solve(const model::Policy& policy, std::span<const Goal> goals,
               std::span<const reference::Context> contexts, const SolverLimits& limits = {},
               SolverMemory* memory = nullptr);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_SOLVER_H_
