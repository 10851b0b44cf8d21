// SPDX-License-Identifier: Apache-2.0
// Fixes that findings offer, put into the texts they are about.

#ifndef MCPLEXER_COMPILER_SOURCE_FIX_H_
#define MCPLEXER_COMPILER_SOURCE_FIX_H_

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"
#include "compiler/source/suppression.h"

namespace mcplexer::source {

struct FixedTexts {
  std::map<FileId, std::string> texts;  // whole, of the files that change
  size_t applied = 0;                   // findings
  size_t conflicting = 0;  // findings left, because their fixes overlap what is changed already
};

// For each finding that is not suppressed, in order, the first of its fixes that is of `kind`,
// changes only files that `may_change` says so of, and overlaps no fix taken before. Whole fixes
// only. Where nothing is left of a line but a comment that accepted what stood there, the comment
// goes as well: alone it would speak of the next line. `suppressions` are those of all files.
FixedTexts ApplyFixes(const SourceMap& sources, const Diagnostics& diagnostics, Applicability kind,
                      const std::function<bool(FileId)>& may_change,
                      std::span<const Suppression> suppressions = {});

// The difference as `diff -u` prints it, three lines of context, both sides called `path`; nothing
// for equal texts.
std::string UnifiedDiff(const std::string& path, std::string_view before, std::string_view after);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_FIX_H_
