// SPDX-License-Identifier: Apache-2.0
// A plan as JSON; schemas/plan-dump.schema.json is its contract.

#ifndef MCPLEXER_COMPILER_COMMANDS_DUMP_JSON_H_
#define MCPLEXER_COMPILER_COMMANDS_DUMP_JSON_H_

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/plan/plan.h"

namespace mcplexer::commands {

nlohmann::ordered_json DumpJson(const plan::Plan& plan);

// A condition in the policy language, with every pair of operands in parentheses.
std::string ConditionText(const plan::Plan& plan, uint32_t condition);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_DUMP_JSON_H_
