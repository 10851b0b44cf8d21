// SPDX-License-Identifier: Apache-2.0
// What `compile --stats` prints.

#ifndef MCPLEXER_COMPILER_COMMANDS_STATISTICS_H_
#define MCPLEXER_COMPILER_COMMANDS_STATISTICS_H_

#include <string>

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

// Sizes of the plan and its automata, and bounds on what one decision can cost. The compilation
// has a plan.
std::string StatisticsText(const Compilation& compilation);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_STATISTICS_H_
