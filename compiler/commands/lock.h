// SPDX-License-Identifier: Apache-2.0
// `mcplexerc lock`: asks every server what it offers and records it, or says what has changed
// since.

#ifndef MCPLEXER_COMPILER_COMMANDS_LOCK_H_
#define MCPLEXER_COMPILER_COMMANDS_LOCK_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddLock(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_LOCK_H_
