// SPDX-License-Identifier: Apache-2.0
// `mcplexerc check` and `mcplexerc compile`.

#ifndef MCPLEXER_COMPILER_COMMANDS_CHECK_H_
#define MCPLEXER_COMPILER_COMMANDS_CHECK_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Each adds its subcommand; when it is chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse.
void AddCheck(CLI::App& app, int& exit_code);
void AddCompile(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_CHECK_H_
