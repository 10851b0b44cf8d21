// SPDX-License-Identifier: Apache-2.0
// Which rules of the one policy the other has, too. A rule's twin says the same at the same root:
// everything of it that can matter to a decision is equal, its name and place are not looked at.

#ifndef MCPLEXER_COMPILER_ANALYSIS_TWINS_H_
#define MCPLEXER_COMPILER_ANALYSIS_TWINS_H_

#include <array>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/joint.h"
#include "compiler/analysis/order.h"
#include "compiler/analysis/territory.h"

namespace mcplexer::analysis {

class Twins {
 public:
  // `sides` are what `joint` was made of; `order` is of its rules.
  Twins(const std::array<const model::Policy*, 2>& sides, const Joint& joint, const Order& order,
        const Territory& territory);

  bool Has(RuleId joint_rule) const { return twinned_[joint_rule.index()]; }
  // Has one, and the same rules are strictly narrower than it on both sides, as far as those are
  // twins themselves or could beat it (Order::beaten_by). Of two rules of which that is true
  // neither can come to decide in the other's place: they stand to each other as before.
  bool RanksAlike(RuleId joint_rule) const { return ranks_alike_[joint_rule.index()]; }

 private:
  std::vector<bool> twinned_;
  std::vector<bool> ranks_alike_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_TWINS_H_
