// SPDX-License-Identifier: Apache-2.0
// What two policies decide differently, found over all calls.
//
// A call that is decided differently is matched by a rule that only one of the policies has, or
// comes from where the workspaces themselves differ. So each rule without a twin on the other side
// is taken as what decides on its own side, together with each rule, and the default, that could
// decide on the other, and a call is looked for that both decide and that shows a difference. Two
// rules that both sides have cannot come to decide in each other's place without such a third:
// where they could, they would be ambiguous (order.h). What is found is confirmed by the reference
// interpreter on both policies.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_
#define MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

struct Difference {
  enum class Kind : uint8_t {
    kNewlyAllowed,        // denied before; allowed now, perhaps after approval
    kApprovalDropped,     // needed approval, is allowed now
    kApprovalChanged,     // needs approval on other terms
    kCredentialsChanged,  // the same with another scope
    kApprovalAdded,       // was allowed, needs approval now
    kNewlyDenied,
  };
  Kind kind;
  // What decides, in each policy; not valid: a default, or nothing at all.
  RuleId before;
  RuleId after;
  reference::Call old_call;  // the same call, in the ids of each policy
  reference::Call new_call;
};

// A server or scope of one name that is not what it was: every call to it is concerned.
struct Redefinition {
  enum class Kind : uint8_t { kServer, kScope };
  Kind kind;
  std::string name;
};

struct Comparison {
  enum class Verdict : uint8_t { kEquivalent, kNarrower, kWider, kIncomparable };
  std::vector<Difference> differences;  // one for each pair of what decides and kind
  std::vector<Redefinition> redefinitions;
  // False where some question could not be settled: then there may be more differences.
  bool complete = true;

  // Wider: some calls get through that did not, or without an approval they needed, and none the
  // other way round. Credentials and redefinitions are neither, so they make it incomparable.
  Verdict verdict() const;
};

// Both policies are free of errors and take `~` for the same directory.
Comparison Compare(const model::Policy& before, const model::Policy& after,
                   const SearchLimits& limits = {});

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_
