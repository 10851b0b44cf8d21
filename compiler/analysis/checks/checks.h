// SPDX-License-Identifier: Apache-2.0
// The checks of lint.cc's table. Each reports the codes that the table lists for it, in the order
// of the policy, and is a file of its own with its reasons.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_CHECKS_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_CHECKS_H_

#include <cstddef>

#include "compiler/analysis/lint.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

// How many rules that stand in the way a finding shows; the rest is counted.
inline constexpr size_t kMostShown = 3;

void CheckUnmatchedRules(const LintContext& context, source::Diagnostics& diagnostics);
void CheckShadowedRules(const LintContext& context, source::Diagnostics& diagnostics);
void CheckRedundantRules(const LintContext& context, source::Diagnostics& diagnostics);
void CheckSwallowedAllows(const LintContext& context, source::Diagnostics& diagnostics);
void CheckInheritedAllows(const LintContext& context, source::Diagnostics& diagnostics);
void CheckUnusedNames(const LintContext& context, source::Diagnostics& diagnostics);
void CheckMostlyShadowed(const LintContext& context, source::Diagnostics& diagnostics);
void CheckVacuousPolicy(const LintContext& context, source::Diagnostics& diagnostics);
void CheckRelatedRules(const LintContext& context, source::Diagnostics& diagnostics);
void CheckPathHoles(const LintContext& context, source::Diagnostics& diagnostics);
void CheckShortAllows(const LintContext& context, source::Diagnostics& diagnostics);
void CheckShortClaims(const LintContext& context, source::Diagnostics& diagnostics);
void CheckShortUris(const LintContext& context, source::Diagnostics& diagnostics);
void CheckMisreadPaths(const LintContext& context, source::Diagnostics& diagnostics);
void CheckSwallowedPatterns(const LintContext& context, source::Diagnostics& diagnostics);
void CheckDoubleStars(const LintContext& context, source::Diagnostics& diagnostics);
void CheckCaseTwins(const LintContext& context, source::Diagnostics& diagnostics);
void CheckMissingArguments(const LintContext& context, source::Diagnostics& diagnostics);
void CheckApprovalBypass(const LintContext& context, source::Diagnostics& diagnostics);
void CheckBroadCredentials(const LintContext& context, source::Diagnostics& diagnostics);
void CheckSelfApproval(const LintContext& context, source::Diagnostics& diagnostics);
void CheckApprovalTimeouts(const LintContext& context, source::Diagnostics& diagnostics);
void CheckWideScopes(const LintContext& context, source::Diagnostics& diagnostics);
void CheckUnredactedArguments(const LintContext& context, source::Diagnostics& diagnostics);
void CheckCostlyPatterns(const LintContext& context, source::Diagnostics& diagnostics);
void CheckCostlyDecisions(const LintContext& context, source::Diagnostics& diagnostics);
void CheckDeepArguments(const LintContext& context, source::Diagnostics& diagnostics);
void CheckRuleStyle(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_CHECKS_H_
