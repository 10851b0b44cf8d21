// SPDX-License-Identifier: Apache-2.0
// What the inventory says of names alone: W0507, exposed names that clients do not take; N0307,
// tools that no rule speaks of.

#ifndef MCPLEXER_COMPILER_ANALYSIS_TOOL_NAMES_H_
#define MCPLEXER_COMPILER_ANALYSIS_TOOL_NAMES_H_

#include "compiler/analysis/lint.h"

namespace mcplexer::analysis {

// W0507.
void CheckLongNames(const LintContext& context, source::Diagnostics& diagnostics);

// N0307, one a workspace.
void CheckDefaults(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_TOOL_NAMES_H_
