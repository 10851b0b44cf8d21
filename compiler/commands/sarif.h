// SPDX-License-Identifier: Apache-2.0
// Findings as SARIF 2.1.0, the format that code scanning services and editors read.

#ifndef MCPLEXER_COMPILER_COMMANDS_SARIF_H_
#define MCPLEXER_COMPILER_COMMANDS_SARIF_H_

#include <string>

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

// One log with one run, in ASCII, ended by a line end. Holds every finding, the suppressed ones
// marked as such, and inputs that could not be read as notifications. No time, no directory of this
// machine: the same findings give the same bytes.
std::string SarifLog(const Compilation& compilation);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_SARIF_H_
