// SPDX-License-Identifier: Apache-2.0
// `mcplexer install CLIENT` and `uninstall CLIENT`: the gateway in a client's own configuration.

#ifndef MCPLEXER_RUNTIME_COMMANDS_INSTALL_H_
#define MCPLEXER_RUNTIME_COMMANDS_INSTALL_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Add the subcommands. When one was chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0 when the configuration is as it should be, 2 when it was left alone because
// something is wrong with it, the plan or the arguments.
void AddInstall(CLI::App& app, int& exit_code);
void AddUninstall(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_INSTALL_H_
