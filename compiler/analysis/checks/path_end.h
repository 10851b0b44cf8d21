// SPDX-License-Identifier: Apache-2.0
// Where a path glob of `in` ends, and what it would be if it took in all below.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_END_H_
#define MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_END_H_

#include <string>
#include <string_view>

#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

// Whether it stops at a directory: neither the empty glob, which is a root alone, nor one that ends
// in `**`.
bool StopsAtDirectory(std::string_view path);

// Whether its last segment is `*`, which W0504 is about; else it is W0505's.
bool EndsInStar(std::string_view path);
source::Code CodeOfEnd(std::string_view path);
// What to say of its end: "one segment, no more".
std::string_view EndText(std::string_view path);

// `src/**` for `src/*` and for `src`.
std::string WithAllBelow(const std::string& path);

// That as a fix, unsafe, where the path stands in the source as it is.
void OfferAllBelow(const source::SourceMap& sources, const syntax::Name& path,
                   source::Diagnostic& diagnostic);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CHECKS_PATH_END_H_
