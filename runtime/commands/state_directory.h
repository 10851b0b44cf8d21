// SPDX-License-Identifier: Apache-2.0
// Where a gateway keeps what outlives it, when --state does not say.

#ifndef MCPLEXER_RUNTIME_COMMANDS_STATE_DIRECTORY_H_
#define MCPLEXER_RUNTIME_COMMANDS_STATE_DIRECTORY_H_

#include <string>

#include "runtime/base/result.h"

namespace mcplexer::commands {

// $XDG_STATE_HOME/mcplexer when that is absolute, else ~/.local/state/mcplexer (XDG Base Directory
// Specification). Fails when neither variable says. The audit log is in its directory `audit`.
Result<std::string> DefaultStateDirectory();

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_STATE_DIRECTORY_H_
