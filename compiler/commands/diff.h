// SPDX-License-Identifier: Apache-2.0
// `mcplexerc diff`.

#ifndef MCPLEXER_COMPILER_COMMANDS_DIFF_H_
#define MCPLEXER_COMPILER_COMMANDS_DIFF_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddDiff(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_DIFF_H_
