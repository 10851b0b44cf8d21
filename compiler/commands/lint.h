// SPDX-License-Identifier: Apache-2.0
// `mcplexerc lint`.

#ifndef MCPLEXER_COMPILER_COMMANDS_LINT_H_
#define MCPLEXER_COMPILER_COMMANDS_LINT_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand; when it is chosen, parsing runs it and sets `exit_code`, which must outlive
// the parse.
void AddLint(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_LINT_H_
