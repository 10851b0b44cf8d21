// SPDX-License-Identifier: Apache-2.0
// What one decision can cost at worst, known from the policy alone.

#ifndef MCPLEXER_COMPILER_ANALYSIS_COST_H_
#define MCPLEXER_COMPILER_ANALYSIS_COST_H_

#include <cstdint>

#include "compiler/analysis/space.h"

namespace mcplexer::analysis {

// The budget (W0702). The first decision on a name looks at each rule that matches it; of a policy
// of 10,000 rules that people would write, 15 match any call.
inline constexpr uint32_t kMostRulesForOneCall = 200;

// The most rules of a workspace that one call can match: a bound, seen from its names and seen from
// its directory, whoever calls.
uint32_t MostCandidates(const Space& space, WorkspaceId workspace);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_COST_H_
