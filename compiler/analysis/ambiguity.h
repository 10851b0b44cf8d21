// SPDX-License-Identifier: Apache-2.0
// E0401: two rules that are level, differ in outcome, and really decide some call between them.
//
// Only rules of one workspace and priority, both conditional or both unconditional, can be level.
// For a pair that overlaps, neither inside the other, a call is looked for that both match and no
// rule before them decides. What is found is confirmed by the reference interpreter before it is
// shown; what cannot be settled is E0406, never silence.

#ifndef MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_
#define MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_

#include <optional>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/reference/interpreter.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"

namespace mcplexer::analysis {

struct Ambiguity {
  RuleId first;  // less than second
  RuleId second;
  // A call that both decide, confirmed. Absent when it could not be settled whether there is one.
  std::optional<reference::Call> witness;
  // Where not all pairs were asked for: rules behind `second` that may be ambiguous with `first`,
  // too, and were not examined.
  std::vector<RuleId> others;
};

// All of them, in the order of the rules.
std::vector<Ambiguity> FindAmbiguities(const CallSearch& search);

// As diagnostics: of each rule a few pairs, the others named behind them; of each file at most
// source::Limits::errors_per_file.
void CheckAmbiguity(const CallSearch& search, source::Diagnostics& diagnostics,
                    const source::Limits& limits = {});

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_AMBIGUITY_H_
