// SPDX-License-Identifier: Apache-2.0
// Invariants that end at a directory where their author hardly meant them to: what they rule out in
// it goes through in the directories below.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_CLAIM_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_CLAIM_H_

#include <cstddef>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

struct ShortClaim {
  size_t invariant;
  size_t clause;
  const syntax::Name* path = nullptr;  // of the clause
  RuleId way;                          // lets through
  reference::Call held;                // as the clause says
  reference::Call through;             // the same further below, decided by `way`
};

// One for each path at the most, in the order of the policy, of clauses that hold. Confirmed by the
// reference interpreter.
std::vector<ShortClaim> FindShortClaims(const CallSearch& search);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_CLAIM_H_
