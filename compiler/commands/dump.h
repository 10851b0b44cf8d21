// SPDX-License-Identifier: Apache-2.0
// `mcplexerc dump PLAN`: a plan as a person or a program can read it.

#ifndef MCPLEXER_COMPILER_COMMANDS_DUMP_H_
#define MCPLEXER_COMPILER_COMMANDS_DUMP_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand; when it is chosen, parsing runs it and sets `exit_code`, which must outlive
// the parse: 0, or 2 when the plan cannot be read, does not verify, or is not to be
// trusted.
void AddDump(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_DUMP_H_
