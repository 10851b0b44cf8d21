// SPDX-License-Identifier: Apache-2.0
// What allows reach without anybody having said so: S0604, tools that say of themselves that they
// destroy; W0502, tools that came since an older inventory was recorded.

#ifndef MCPLEXER_COMPILER_ANALYSIS_RISKY_REACH_H_
#define MCPLEXER_COMPILER_ANALYSIS_RISKY_REACH_H_

#include "compiler/analysis/lint.h"

namespace mcplexer::analysis {

// S0604; S0603 where the rule allows all of a server with credentials. A rule that asks for
// approval is not meant.
void CheckDestructiveReach(const LintContext& context, source::Diagnostics& diagnostics);

// W0502. A rule that names the tool in full is not meant.
void CheckWideningPatterns(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_RISKY_REACH_H_
