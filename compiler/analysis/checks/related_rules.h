// SPDX-License-Identifier: Apache-2.0
// Rules of one workspace that meet and have different effects, after Al-Shaer's terms for
// firewalls: correlated, when each also matches calls that the other does not, and an exception and
// its generalisation, when the one that comes first lies within the other.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_RELATED_RULES_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_RELATED_RULES_H_

#include <vector>

#include "compiler/analysis/call_search.h"

namespace mcplexer::analysis {

struct RelatedRules {
  enum class Kind : uint8_t { kCorrelated, kException };
  Kind kind = Kind::kCorrelated;
  RuleId first;          // decides the calls that both match
  RuleId second;         // would otherwise, or another rule
  reference::Call call;  // one of them
};

// By the first rule, then the second. Boxes are compared without conditions; the call has them.
std::vector<RelatedRules> FindRelatedRules(const CallSearch& search);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_RELATED_RULES_H_
