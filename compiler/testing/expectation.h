// SPDX-License-Identifier: Apache-2.0
// What a call of a test has to come to, compared with what it comes to.

#ifndef MCPLEXER_COMPILER_TESTING_EXPECTATION_H_
#define MCPLEXER_COMPILER_TESTING_EXPECTATION_H_

#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "runtime/decide/decide.h"

namespace mcplexer::testing {

// A line for each thing that is not as expected, in the order in which a test says them: decision,
// server, scope, rule, text. Texts of the policy are escaped. The decision's ids are the policy's.
std::vector<std::string> Mismatches(const model::Policy& policy, const model::TestCall& call,
                                    const decide::Decision& decision);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_COMPILER_TESTING_EXPECTATION_H_
