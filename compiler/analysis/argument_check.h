// SPDX-License-Identifier: Apache-2.0
// Conditions against the tools' input schemas. W0206: a condition that looks at an argument which
// none of the rule's known tools has, or compares it with what it can never be. N0213: a deny whose
// condition cannot be evaluated, and so denies, where an optional argument is left out.

#ifndef MCPLEXER_COMPILER_ANALYSIS_ARGUMENT_CHECK_H_
#define MCPLEXER_COMPILER_ANALYSIS_ARGUMENT_CHECK_H_

#include "compiler/analysis/lint.h"

namespace mcplexer::analysis {

void CheckArguments(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_ARGUMENT_CHECK_H_
