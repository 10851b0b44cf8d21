// SPDX-License-Identifier: Apache-2.0
// `mcplexer decide PLAN`: calls in, decisions out, one JSON object a line, no downstream touched.

#ifndef MCPLEXER_RUNTIME_COMMANDS_DECIDE_H_
#define MCPLEXER_RUNTIME_COMMANDS_DECIDE_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0; 1 with --exit-code when a call was denied; 2 when the plan or a line could
// not be read.
void AddDecide(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_DECIDE_H_
