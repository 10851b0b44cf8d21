// SPDX-License-Identifier: Apache-2.0
// `mcplexer connect`: stdin and stdout to the socket of a running gateway.

#ifndef MCPLEXER_RUNTIME_COMMANDS_CONNECT_H_
#define MCPLEXER_RUNTIME_COMMANDS_CONNECT_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddConnect(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_CONNECT_H_
