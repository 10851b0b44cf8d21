// SPDX-License-Identifier: Apache-2.0
// One question about two policies: is there a call that this rule (or default) of the one decides
// and that of the other, and that each of them lets through, or does not?
//
// It is asked of one pairing (pairing.h) after the other, that is of directories which are all at
// home in the same workspace of each policy. What conditions see of a call (tags, groups, where
// servers run) may differ between the policies; then they are evaluated in both.

#ifndef MCPLEXER_COMPILER_ANALYSIS_PAIR_SEARCH_H_
#define MCPLEXER_COMPILER_ANALYSIS_PAIR_SEARCH_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/analysis/joint.h"
#include "compiler/analysis/pairing.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

// The sides, as indexes.
inline constexpr size_t kOld = 0;
inline constexpr size_t kNew = 1;

// What decides on each side; not valid: nothing does, and the default says what becomes of the
// call.
struct RulePair {
  RuleId before;
  RuleId after;
  auto operator<=>(const RulePair&) const = default;
};

// Whether what decides on each side lets the call through.
using Passes = std::array<bool, 2>;

// Not for concurrent use. What it is made of outlives it.
class PairSearch {
 public:
  PairSearch(const std::array<const model::Policy*, 2>& sides, const Space& space,
             const Joint& joint, const Order& order, const SearchLimits& limits,
             uint32_t max_questions);

  // The questions that follow are about these directories.
  void Enter(const Pairing& pairing);

  // A call of the area that the pair decides so. Unknown when there are no questions left.
  Answer Ask(const RulePair& pair, const Passes& passes, const Area& area);

  // A call of the joint policy in the ids of a side.
  reference::Call OnSide(size_t side, reference::Call call) const;
  // What the side says to it. A resource of a server that the side does not have is nobody's; other
  // names say whose they are.
  reference::Outcome Decide(size_t side, const reference::Call& call) const;

  // Whether a condition sees the same of a call on both sides.
  bool same_sight() const { return same_sight_; }
  const Territory& territory() const { return search_.territory(); }

 private:
  size_t SideOf(RuleId id) const { return static_cast<size_t>(joint_.SideOf(id)); }
  bool SameSight() const;
  // Absent of somebody whom the side does not know.
  std::optional<std::vector<std::string>> GroupsOf(size_t side, PrincipalId joint) const;
  // What must hold for the rule (or default) of a side to let the call through, or not; absent when
  // it never does.
  std::optional<std::vector<Goal>> GoalsOf(size_t side, RuleId id, bool passes,
                                           const Area& area) const;
  std::vector<reference::Context> Contexts(const reference::Call& call) const;

  const std::array<const model::Policy*, 2> sides_;
  const Space& space_;
  const Joint& joint_;
  const model::Policy& policy_;
  const CallSearch search_;
  const std::array<reference::Interpreter, 2> interpreters_;
  uint32_t questions_left_;
  const Pairing* pairing_ = nullptr;
  bool same_sight_ = false;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_PAIR_SEARCH_H_
