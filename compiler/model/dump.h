// SPDX-License-Identifier: Apache-2.0
// A policy as text, everything in it but places: equal policies have equal texts. For tests and for
// people who want to see what the compiler understood.

#ifndef MCPLEXER_COMPILER_MODEL_DUMP_H_
#define MCPLEXER_COMPILER_MODEL_DUMP_H_

#include <string>

#include "compiler/model/policy.h"

namespace mcplexer::model {

std::string Dump(const Policy& policy);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_DUMP_H_
