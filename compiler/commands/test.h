// SPDX-License-Identifier: Apache-2.0
// `mcplexerc test`: the tests in the sources.

#ifndef MCPLEXER_COMPILER_COMMANDS_TEST_H_
#define MCPLEXER_COMPILER_COMMANDS_TEST_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

void AddTest(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_TEST_H_
