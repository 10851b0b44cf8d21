// SPDX-License-Identifier: Apache-2.0
// A witness as a person reads it.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_
#define MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_

#include <string>

#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

// "in `~/work/acme` call `github__get_` with {"owner":"x"} as `alice`"; what is not needed is left
// out.
std::string DescribeCall(const model::Policy& policy, const reference::Call& call,
                         const std::string& home);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_
