// SPDX-License-Identifier: Apache-2.0
// Which lock file belongs to the sources that a command was given.

#ifndef MCPLEXER_COMPILER_COMMANDS_LOCK_FILE_H_
#define MCPLEXER_COMPILER_COMMANDS_LOCK_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace mcplexer::commands {

inline constexpr std::string_view kLockFileName = "mcplexer.lock";

// Beside the first of the paths: in a directory, or in a file's. Whether or not it exists.
std::string DefaultLockFile(const std::vector<std::string>& paths);

// The lock file beside one of the paths; empty when there is none. Fails when there are several.
Result<std::string> FindLockFile(const std::vector<std::string>& paths);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_LOCK_FILE_H_
