// SPDX-License-Identifier: Apache-2.0
// The regular expressions of conditions.

#ifndef MCPLEXER_RUNTIME_DECIDE_REGEX_H_
#define MCPLEXER_RUNTIME_DECIDE_REGEX_H_

#include <re2/re2.h>

#include <memory>
#include <string_view>

#include "runtime/base/result.h"

namespace mcplexer::decide {

// Compiles as `matches` will run it: RE2's syntax over UTF-8 with its default flags (`.` is not a
// line break), no captures, bounded memory. Fails with RE2's reason. Whoever accepts a policy
// should ask this function, so that the plan loads.
Result<std::unique_ptr<const re2::RE2>> CompileRegex(std::string_view text);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_REGEX_H_
