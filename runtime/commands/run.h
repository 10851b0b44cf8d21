// SPDX-License-Identifier: Apache-2.0
// `mcplexer run PLAN`: the gateway.

#ifndef MCPLEXER_RUNTIME_COMMANDS_RUN_H_
#define MCPLEXER_RUNTIME_COMMANDS_RUN_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0 when the client has gone or a signal ended it; 2 when the plan, a directory
// or the audit log cannot be used, or there is no such principal.
void AddRun(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_RUN_H_
