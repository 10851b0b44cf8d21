// SPDX-License-Identifier: Apache-2.0
// `mcplexer status`: what runs.

#ifndef MCPLEXER_RUNTIME_COMMANDS_STATUS_H_
#define MCPLEXER_RUNTIME_COMMANDS_STATUS_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0 when a gateway has answered, 2 when none runs on the state
// directory or it cannot be looked at, 3 when one does not answer.
void AddStatus(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_STATUS_H_
