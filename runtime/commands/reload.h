// SPDX-License-Identifier: Apache-2.0
// `mcplexer reload`: a plan loaded anew.

#ifndef MCPLEXER_RUNTIME_COMMANDS_RELOAD_H_
#define MCPLEXER_RUNTIME_COMMANDS_RELOAD_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0 when the plan is in force in all of them, 1 when one refused it
// and stays with what it has, 2 when none runs or it is not clear which is meant, 3 when one does
// not answer.
void AddReload(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_RELOAD_H_
