// SPDX-License-Identifier: Apache-2.0
// W0212: an allow of an imported policy that a deny now beats.
//
// In the format that YAML policies come from, the lower priority number won whatever the rules did.
// Here an explicit deny always wins, so an allow with a lower number than a deny that it overlaps
// has become narrower. For each such pair the calls that both match are divided by the denies that
// used to beat the allow as well (those that are not imported, or have no higher number): where one
// of them holds, nothing has changed. In the other parts the solver looks for arguments that the
// allow accepts and the deny does not let through, and the reference interpreter confirms that the
// deny decides the call before it is shown.

#ifndef MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_
#define MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/analysis/solver.h"
#include "compiler/analysis/space.h"
#include "compiler/reference/interpreter.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

// An allow or approve rule and the denies that now beat it somewhere.
struct Overruled {
  RuleId allow;
  RuleId deny;        // the first of them, in the order of the rules
  uint32_t more = 0;  // how many others
  // A call that `allow` matches and `deny` decides, confirmed. Absent when it could not be settled
  // for any of the denies whether there is one.
  std::optional<reference::Call> witness;
};

struct ImportedPriorityLimits {
  // Parts of overlaps that are examined for one allow, over all denies; past it a pair counts as
  // unsettled. A policy with thousands of imported denies has thousands of pairs for each allow,
  // and this is a warning.
  uint32_t max_parts = 10'000;
  SolverLimits solver = {.max_combinations = 20'000};
};

// In the order of the allows.
std::vector<Overruled> FindOverruled(const Space& space, const ImportedPriorityLimits& limits = {});

// FindOverruled, as diagnostics.
void CheckImportedPriorities(const Space& space, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_
