// SPDX-License-Identifier: Apache-2.0
// `mcplexerc explain`: why a call is decided as it is, or what a diagnostic means.

#ifndef MCPLEXER_COMPILER_COMMANDS_EXPLAIN_H_
#define MCPLEXER_COMPILER_COMMANDS_EXPLAIN_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddExplain(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_EXPLAIN_H_
