// SPDX-License-Identifier: Apache-2.0
// What two policies decide differently, found over all calls.
//
// A call that is decided differently is matched by a rule that only one of the policies has, or
// comes from where the workspaces or servers themselves differ. So each rule without a twin on the
// other side (twins.h) is taken as what decides on its own side, together with each rule, and the
// default, that could decide on the other, and calls are looked for that both decide, once for each
// way in which they can come to something different. Two rules that both sides have cannot come to
// decide in each other's place without a third one that only one side has: where they could, they
// would be ambiguous. What is found is confirmed by the reference interpreter on both policies.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_
#define MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/analysis/definitions.h"
#include "compiler/analysis/trust.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

// A call may be of several kinds: sent elsewhere and no longer approved. It is a kDecider only when
// it is of no other.
struct Difference {
  enum class Kind : uint8_t {
    kNewlyAllowed,        // denied before; allowed now, perhaps after approval
    kApprovalRemoved,     // needed approval, is allowed now
    kCredentialsWidened,  // gets what it got, and more
    kCredentialsChanged,  // gets other ones, neither more nor less
    kRouteChanged,        // goes to a server that is not what it was
    kApprovalChanged,     // needs approval on other terms
    kNewlyDenied,         // the opposites of the first three
    kApprovalAdded,
    kCredentialsNarrowed,
    kDecider,  // comes to the same by a rule that the other policy does not have
  };
  Kind kind;
  // What decides, in each policy; not valid: a default, or nothing at all.
  RuleId before;
  RuleId after;
  reference::Call old_call;  // the same call, in the ids of each policy
  reference::Call new_call;
  reference::Outcome was;  // what the reference interpreter says of it
  reference::Outcome is;
  // Of the tools that were asked about, those of which some call is decided differently so.
  std::vector<std::string> tools;
};

struct Comparison {
  enum class Verdict : uint8_t { kEquivalent, kNarrower, kWider, kIncomparable };
  std::string home;  // what `~` was taken for
  // One for each pair of what decides and kind, by kind and then in the order of the policies.
  std::vector<Difference> differences;
  // Of servers that both have. Where a call that both let through is concerned, there is a
  // difference, too.
  std::vector<Redefinition> redefinitions;
  // What is taken on trust and differs; part of the verdict.
  std::vector<TrustChange> trust;
  // What could not be settled, as ends of the sentence "it is unknown ..". When not empty there may
  // be more differences, and the verdict is only about those that were found.
  std::vector<std::string> unsettled;

  bool complete() const { return unsettled.empty(); }
  // Wider: of some call more is let through (kinds down to kCredentialsWidened), and of none less.
  // Other credentials, routes, terms of approval and identities are neither, which makes it
  // incomparable.
  Verdict verdict() const;
};

struct CompareOptions {
  SearchLimits search;
  // Questions in all, each costing tens of microseconds where it is easy.
  uint32_t max_questions = 500'000;
  // Whether kDecider is looked for.
  bool deciders = false;
  // Exposed names, `ns__tool`, to find among what is concerned.
  std::vector<std::string> tools;
};

// Both policies are free of errors and take `~` for the same directory.
Comparison Compare(const model::Policy& before, const model::Policy& after,
                   const CompareOptions& options = {});

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_H_
