// SPDX-License-Identifier: Apache-2.0
// A comment that accepts a finding: `// allow(W0302): why`, in YAML `# allow(W0302): why`, for
// several codes `allow(W0302, S0603): why`. Behind other text it speaks of its own line; alone on a
// line, of the next line that is not another such comment. In YAML, where a rule has a line for
// each of its keys, it then speaks of the whole entry of the list that begins there. Nothing that
// is an error can be accepted, and nothing without a reason.

#ifndef MCPLEXER_COMPILER_SOURCE_SUPPRESSION_H_
#define MCPLEXER_COMPILER_SOURCE_SUPPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"

namespace mcplexer::source {

// One code of one comment.
struct Suppression {
  Code code = Code::kSyntaxError;
  Span span;           // of the code
  Span comment;        // whole
  bool alone = false;  // the comment, on its line
  Fix removal;         // takes the code, or the comment when it is the only one, out of the source
  uint32_t line = 0;   // the line it speaks of, 1-based
  uint32_t last = 0;   // the last such line
  std::string reason;  // not empty
};

// Those of one file, given its comments in order. Reports what begins like one and is none: E0902
// without a reason or not closed, E0903 for the code of an error, E0904 for no code at all.
std::vector<Suppression> ReadSuppressions(const SourceMap& sources, std::span<const Span> comments,
                                          const Limits& limits, Diagnostics& diagnostics);

// Marks the findings that begin on the lines that the suppressions speak of, and those that come
// out of a template which is used there. A second call sees what was added since. Returns, for each
// suppression, whether it is of use.
std::vector<bool> Suppress(const SourceMap& sources, std::span<const Suppression> suppressions,
                           Diagnostics& diagnostics);

// W0901 for each that is of no use and whose code is not in `not_looked_for`.
void ReportUnused(std::span<const Suppression> suppressions, const std::vector<bool>& used,
                  const std::set<Code>& not_looked_for, Diagnostics& diagnostics);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_SUPPRESSION_H_
