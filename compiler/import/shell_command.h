// SPDX-License-Identifier: Apache-2.0
// A server that takes a credential on its command line. A policy cannot put a secret there, so a
// shell does: `sh -c 'exec server "--key=$KEY"'`, with KEY from a scope.

#ifndef MCPLEXER_COMPILER_IMPORT_SHELL_COMMAND_H_
#define MCPLEXER_COMPILER_IMPORT_SHELL_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "compiler/import/draft.h"

namespace mcplexer::importer {

// The words as one POSIX shell command after `exec`. `variable` names the environment variable that
// holds a secret.
std::string ShellCommand(const std::vector<Text>& words,
                         const std::function<std::string(size_t secret)>& variable);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_SHELL_COMMAND_H_
