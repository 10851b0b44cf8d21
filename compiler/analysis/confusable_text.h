// SPDX-License-Identifier: Apache-2.0
// W0104: text of a policy that does not read as it is: characters that nobody sees, and words in
// which a letter of another alphabet stands for a Latin one (`gеt_issue` with U+0435).

#ifndef MCPLEXER_COMPILER_ANALYSIS_CONFUSABLE_TEXT_H_
#define MCPLEXER_COMPILER_ANALYSIS_CONFUSABLE_TEXT_H_

#include "compiler/analysis/lint.h"

namespace mcplexer::analysis {

void CheckConfusableText(const LintContext& context, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CONFUSABLE_TEXT_H_
