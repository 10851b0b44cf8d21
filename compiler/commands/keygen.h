// SPDX-License-Identifier: Apache-2.0
// `mcplexerc keygen FILE`: a pair of keys for plans.

#ifndef MCPLEXER_COMPILER_COMMANDS_KEYGEN_H_
#define MCPLEXER_COMPILER_COMMANDS_KEYGEN_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand; when it is chosen, parsing runs it and sets `exit_code`, which must outlive
// the parse: 0, or 2 when the file is there already, cannot be written, or with --public is no key
// file; 3 when the public key cannot be printed.
void AddKeygen(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_KEYGEN_H_
