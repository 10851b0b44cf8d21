// SPDX-License-Identifier: Apache-2.0
// Is there a call that these rules match, that none of those decide first, and for which these
// conditions hold? Ambiguity, reachability, invariants and the difference of two policies are all
// this question, asked with other rules.
//
// The calls in question are a box: a language of names, a language of directories, a set of
// principals. Instead of dividing the box by all rules at once, which multiplies, the search looks
// at one call of it, a shortest one. A rule that stands in the way there without a condition takes
// its whole box away, and what is left is at most three smaller boxes; conditions in the way become
// goals for the solver, and where it finds them contradictory, the box in which all of them stand
// in the way goes too. So it ends either with a call or with nothing left, which is a proof, after
// about as many steps as rules had to be taken into account. Most questions end at the first call.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CALL_SEARCH_H_
#define MCPLEXER_COMPILER_ANALYSIS_CALL_SEARCH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/languages.h"
#include "compiler/analysis/order.h"
#include "compiler/analysis/solution_cache.h"
#include "compiler/analysis/solver.h"
#include "compiler/analysis/space.h"
#include "compiler/analysis/territory.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

struct SearchLimits {
  // Boxes that one question may come to before the answer is "unknown". A step costs tens of
  // microseconds, so this is seconds.
  uint32_t max_boxes = 50'000;
  SolverLimits solver;
};

// Calls that no rule need match: of invariants, of single names, of whole workspaces.
struct Area {
  std::vector<std::pair<FieldId, automata::Dfa>> names;  // ascending, none empty
  std::optional<automata::Dfa> directories;              // absolute, `/` as ""; absent: all
  std::vector<PrincipalId> principals;                   // ascending
};

// Directories and whose rules can match in them.
struct Base {
  WorkspaceId at;                       // paths are from its root
  automata::Dfa paths;                  // which of them
  std::vector<WorkspaceId> workspaces;  // the nearest first
};

struct Query {
  // The call is in the box of each of these rules and, where given, in the area. One of the two is
  // needed.
  std::vector<RuleId> matching;
  const Area* area = nullptr;
  std::vector<Goal> goals;
  // Whether a rule that applies to the call spoils it: a deny whose condition is not false, another
  // whose condition is true. Null: nothing spoils.
  std::function<bool(RuleId)> spoils;
  // Rules taken to be absent from the policy, though they may be in `matching`. Null: none.
  std::function<bool(RuleId)> absent;
  // Where to look, in this order; empty: wherever the rules match.
  std::vector<WorkspaceId> homes;
  // Instead of those: directories that are not simply what one workspace is home to.
  const Base* base = nullptr;
  // For rules of several policies side by side: which one's a rule is, and what conditions see of
  // a call in each. Null: all are of one, and see what they see in the home.
  std::function<uint8_t(RuleId)> side;
  std::function<std::vector<reference::Context>(const reference::Call&)> contexts;
};

struct Answer {
  enum class Kind : uint8_t { kNone, kFound, kUnknown };
  Kind kind = Kind::kNone;
  reference::Call call;  // kFound
  WorkspaceId home;
  // The rules that stood in the way somewhere, ascending. Where nothing was found, together they
  // are why.
  std::vector<RuleId> in_the_way;
};

// Not for concurrent use. The space, the order and the policy outlive it.
class CallSearch {
 public:
  CallSearch(const Space& space, const Order& order, const SearchLimits& limits = {});

  Answer Find(const Query& query) const;

  const Space& space() const { return space_; }
  const Order& order() const { return order_; }
  const model::Policy& policy() const { return space_.policy(); }
  const Territory& territory() const { return territory_; }
  // What every answer is confirmed with before it is shown.
  const reference::Interpreter& interpreter() const { return interpreter_; }

  // Whether `first`, where both match and it applies, keeps `second` from deciding: a deny before
  // all others, then the nearer workspace, the lower priority, the narrower rule, the conditional
  // one. (A conditional rule that an unconditional narrower one beats keeps nothing from deciding;
  // Find sees to that.)
  bool Precedes(RuleId first, RuleId second) const;

 private:
  class Run;

  const Space& space_;
  const Order& order_;
  SearchLimits limits_;
  Territory territory_;
  reference::Interpreter interpreter_;
  RuleIndex index_;
  mutable Languages languages_;
  mutable SolutionCache solutions_;
  std::vector<uint32_t> depth_;  // workspace -> how many lie around it
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CALL_SEARCH_H_
