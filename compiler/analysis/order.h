// SPDX-License-Identifier: Apache-2.0
// Precedence, made into numbers. Among the allow and approve rules of one workspace and priority,
// the strictly narrower comes first, then a conditional one before an unconditional one. That is
// a rule about each single call, and inclusion is only a partial order, so no one list of all rules
// expresses it directly. Two things together do:
//
//   * where an unconditional rule is strictly narrower than a conditional one, the conditional one
//     cannot win a call that both match: `beaten_by` says so, and such a rule is dropped;
//   * of what is left, conditional rules come before unconditional ones, and within each kind
//     a linear extension of inclusion decides: the first whose condition is true has no true rule
//     below it, since that would have stood before it.
//
// Which rules include a given one is found without comparing all pairs: whatever includes a rule
// matches every call that the rule matches, so it matches one sample call, and few rules do.

#ifndef MCPLEXER_COMPILER_ANALYSIS_ORDER_H_
#define MCPLEXER_COMPILER_ANALYSIS_ORDER_H_

#include <cstdint>
#include <vector>

#include "compiler/analysis/space.h"

namespace mcplexer::analysis {

struct Order {
  // rule -> its place among the rules of its workspace: allow and approve rules by priority, then
  // as above; denies in the order of the policy.
  std::vector<uint32_t> place;
  // conditional allow or approve rule -> the unconditional rules that beat it, ascending
  std::vector<std::vector<RuleId>> beaten_by;
  // allow or approve rule -> the rules of its workspace and priority that are strictly wider
  std::vector<std::vector<RuleId>> wider;
};

Order ComputeOrder(const Space& space);

// For each workspace: name set -> the rules that have it. What a look-up of a call starts from.
class RuleIndex {
 public:
  explicit RuleIndex(const Space& space);

  // The rules of `workspace` that match a call by `principal` in `subpath` to `name` of `field`.
  std::vector<RuleId> Matching(WorkspaceId workspace, FieldId field, std::string_view name,
                               std::string_view subpath, PrincipalId principal) const;

 private:
  const Space& space_;
  std::vector<std::unordered_map<NameSetId, std::vector<RuleId>>> by_names_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_ORDER_H_
