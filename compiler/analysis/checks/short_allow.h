// SPDX-License-Identifier: Apache-2.0
// Allow and approve rules that end at a directory, though a deny beside them is an exception to
// what they would allow below it.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_ALLOW_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_ALLOW_H_

#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

struct ShortAllow {
  RuleId rule;                         // lets through
  const syntax::Name* path = nullptr;  // of the rule
  RuleId exception;                    // the deny
  reference::Call call;  // decided by it; without it denied by default, and not if `path` took in
                         // all below
};

// One for each path at the most, in the order of the policy. Confirmed by the reference
// interpreter, on the policy as it is and as it would be.
std::vector<ShortAllow> FindShortAllows(const CallSearch& search);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_SHORT_ALLOW_H_
