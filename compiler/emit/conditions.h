// SPDX-License-Identifier: Apache-2.0
// Conditions as records: the syntax tree's postfix nodes one to one, with `like` patterns compiled.

#ifndef MCPLEXER_COMPILER_EMIT_CONDITIONS_H_
#define MCPLEXER_COMPILER_EMIT_CONDITIONS_H_

#include "compiler/emit/plan_writer.h"
#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::emit {

// All conditions of the policy, in the order of their ids. A `like` pattern that needs too many
// states is E0706.
void EmitConditions(const model::Policy& policy, PlanSections& sections,
                    source::Diagnostics& diagnostics);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_CONDITIONS_H_
