// SPDX-License-Identifier: Apache-2.0
// `mcplexer audit tail`: the last calls of all gateways that share a state directory.

#ifndef MCPLEXER_RUNTIME_COMMANDS_AUDIT_H_
#define MCPLEXER_RUNTIME_COMMANDS_AUDIT_H_

#include <CLI/CLI.hpp>

namespace mcplexer::commands {

// Adds the subcommand. When it was the one chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse: 0; 2 when there is no log to read; 1 when a stream turned out to be damaged.
void AddAudit(CLI::App& app, int& exit_code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_AUDIT_H_
