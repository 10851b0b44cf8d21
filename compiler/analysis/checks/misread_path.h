// SPDX-License-Identifier: Apache-2.0
#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_MISREAD_PATH_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_MISREAD_PATH_H_

#include <string_view>

namespace mcplexer::analysis {

// Whether a path glob is meant for files, by the end of its last segment: `src/main.tsx`, `*.ts`,
// not `next.js`.
bool LooksLikeFiles(std::string_view path);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_MISREAD_PATH_H_
