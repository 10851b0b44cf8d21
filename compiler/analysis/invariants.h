// SPDX-License-Identifier: Apache-2.0
// E0408: an invariant that some call violates; E0409: one that can neither be proven nor refuted.
//
// A clause is proven over every possible call: for each allow or approve rule that could let one
// through, and for each workspace whose default could, such a call is looked for. That none exists
// is a proof, not the outcome of trying. `never allow` and `always deny` say the same of a call,
// that the decision is a deny; `without approval` lets `approve` stand.

#ifndef MCPLEXER_COMPILER_ANALYSIS_INVARIANTS_H_
#define MCPLEXER_COMPILER_ANALYSIS_INVARIANTS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

// How a clause fails.
struct Violation {
  size_t invariant;
  size_t clause;
  // What lets the call through: a rule, or, when not valid, the default of `workspace`.
  RuleId rule;
  WorkspaceId workspace;
  // Further rules and defaults that let calls through.
  uint32_t more = 0;
  // Confirmed. Absent when it could not be settled whether there is one.
  std::optional<reference::Call> witness;
};

// One for each clause that does not hold, in the order of the policy.
std::vector<Violation> FindViolations(const CallSearch& search);

// FindViolations, as diagnostics.
void CheckInvariants(const CallSearch& search, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_INVARIANTS_H_
