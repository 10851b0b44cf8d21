// SPDX-License-Identifier: Apache-2.0
// Denies and approve rules that end at a directory where their author hardly meant them to: what
// they hold back in it goes through in the directories below.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_HOLE_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_HOLE_H_

#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

struct PathHole {
  RuleId rule;                         // holds back
  const syntax::Name* path = nullptr;  // of the rule
  RuleId way;                          // lets through
  reference::Call held;                // decided by `rule`
  reference::Call through;             // the same further below, decided by `way`
};

// One for each path at the most, in the order of the policy. Confirmed by the reference
// interpreter.
std::vector<PathHole> FindPathHoles(const CallSearch& search);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_HOLE_H_
