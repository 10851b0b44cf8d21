// SPDX-License-Identifier: Apache-2.0
// W0212: an allow of a YAML policy with a lower priority number than a deny that wins over it.
//
// YAML policies come from a format in which denies have priorities as well. Here an explicit deny
// always wins, and its number means nothing: who gave an allow the lower one may have meant it to
// come first. For each such pair a call is looked for that the allow accepts, the deny does not let
// through, and no deny holds of which the numbers say that it wins (one without a number, or
// without a higher one). The reference interpreter confirms that the deny decides the call before
// it is shown.

#ifndef MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_
#define MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/reference/interpreter.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

// An allow or approve rule and the denies of a higher number that win over it somewhere.
struct Overruled {
  RuleId allow;
  RuleId deny;        // the first of them, in the order of the rules
  uint32_t more = 0;  // how many others
  // A call that `allow` matches and `deny` decides, confirmed. Absent when it could not be settled
  // for any of the denies whether there is one.
  std::optional<reference::Call> witness;
};

// In the order of the allows.
std::vector<Overruled> FindOverruled(const CallSearch& search);

// FindOverruled, as diagnostics.
void CheckImportedPriorities(const CallSearch& search, source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_IMPORTED_PRIORITY_H_
