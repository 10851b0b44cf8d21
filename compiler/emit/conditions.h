// SPDX-License-Identifier: Apache-2.0
// Conditions as records: the syntax tree's postfix nodes one to one, with `like` patterns compiled.

#ifndef MCPLEXER_COMPILER_EMIT_CONDITIONS_H_
#define MCPLEXER_COMPILER_EMIT_CONDITIONS_H_

#include <cstdint>
#include <vector>

#include "compiler/emit/plan_writer.h"
#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::emit {

// The plan's condition for each of the rules' conditions, in the order of their ids: those that ask
// the same are one. A `like` pattern that needs too many states is E0706.
std::vector<uint32_t> EmitConditions(const model::Policy& policy, PlanSections& sections,
                                     source::Diagnostics& diagnostics);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_CONDITIONS_H_
