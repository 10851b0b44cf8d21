// SPDX-License-Identifier: Apache-2.0
// W0501: a pattern that no recorded tool of its server matches.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DEAD_PATTERN_H_
#define MCPLEXER_COMPILER_ANALYSIS_DEAD_PATTERN_H_

#include "compiler/analysis/lint.h"

namespace mcplexer::analysis {

void CheckDeadPatterns(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DEAD_PATTERN_H_
