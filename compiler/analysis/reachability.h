// SPDX-License-Identifier: Apache-2.0
// What each rule can still decide once those before it have had their say, and whether its absence
// would be noticed. Every answer is a proof over all calls or comes with one; what the solver
// cannot settle counts as reachable and needed, since a finding that is not certain is not made.
//
// Denies all come first and do not rank among themselves, so a deny is in vain only where other
// denies deny everything it denies. That it might not be needed because nothing allows those calls
// is no reason to complain: a deny is written against the allow of tomorrow.

#ifndef MCPLEXER_COMPILER_ANALYSIS_REACHABILITY_H_
#define MCPLEXER_COMPILER_ANALYSIS_REACHABILITY_H_

#include <optional>
#include <vector>

#include "compiler/analysis/call_search.h"

namespace mcplexer::analysis {

struct Reach {
  enum class Kind : uint8_t {
    kDecides,    // some call, or it could not be settled whether one
    kUnmatched,  // no call is matched at all
    kCovered,    // each call that it matches is decided by those in `covering`
    kUnneeded,   // the calls that it decides `covering` or a default would decide alike without it
  };
  Kind kind = Kind::kDecides;
  // kDecides: a call, where one was found. kCovered, kUnneeded: one that the rule matches.
  std::optional<reference::Call> witness;
  std::vector<RuleId> covering;  // no more than it takes, ascending
  // Whether deleting the rule changes no decision and leaves no two others ambiguous, which one
  // that is covered or unneeded may keep from deciding together. Deleting all such rules together
  // does not, either.
  bool needless = false;
};

// For every rule.
std::vector<Reach> ComputeReachability(const CallSearch& search);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_REACHABILITY_H_
