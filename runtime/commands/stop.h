// SPDX-License-Identifier: Apache-2.0
// `mcplexer stop`: an end.

#ifndef MCPLEXER_RUNTIME_COMMANDS_STOP_H_
#define MCPLEXER_RUNTIME_COMMANDS_STOP_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0 when it has ended, 2 when none runs or it is not clear which is meant,
// 3 when it does not answer or does not end.
void AddStop(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_STOP_H_
