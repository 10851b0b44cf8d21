// SPDX-License-Identifier: Apache-2.0
// E0401: two rules that are level, differ in outcome, and really decide some call between them.
//
// Only rules of one workspace and priority, both conditional or both unconditional, can be level.
// For a pair that overlaps, neither inside the other, the calls that both match are divided by the
// rules that would decide before them (denies, nearer workspaces, lower priorities, narrower rules,
// and for unconditional pairs conditional ones). A part with an unconditional one among them is
// decided; in any other the solver looks for arguments that make the pair's own conditions true and
// those of the others not. What it finds is confirmed by the reference interpreter before it is
// shown; what it cannot settle is E0406, never silence.

#ifndef MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_
#define MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_

#include <optional>
#include <vector>

#include "compiler/analysis/order.h"
#include "compiler/analysis/solver.h"
#include "compiler/analysis/space.h"
#include "compiler/reference/interpreter.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

struct Ambiguity {
  RuleId first;  // less than second
  RuleId second;
  // A call that both decide, confirmed. Absent when it could not be settled whether there is one.
  std::optional<reference::Call> witness;
};

struct AmbiguityLimits {
  // Parts of the overlap of one pair that are examined before the pair counts as unsettled.
  uint32_t max_parts = 100'000;
  SolverLimits solver;
};

// In the order of the rules.
std::vector<Ambiguity> FindAmbiguities(const Space& space, const Order& order,
                                       const AmbiguityLimits& limits = {});

// FindAmbiguities, as diagnostics.
void CheckAmbiguity(const Space& space, const Order& order, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_
