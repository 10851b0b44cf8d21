// SPDX-License-Identifier: Apache-2.0
// mcplexerc fmt.

#ifndef MCPLEXER_COMPILER_COMMANDS_FMT_H_
#define MCPLEXER_COMPILER_COMMANDS_FMT_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddFmt(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_FMT_H_
