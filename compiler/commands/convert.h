// SPDX-License-Identifier: Apache-2.0
// mcplexerc convert.

#ifndef MCPLEXER_COMPILER_COMMANDS_CONVERT_H_
#define MCPLEXER_COMPILER_COMMANDS_CONVERT_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddConvert(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_CONVERT_H_
