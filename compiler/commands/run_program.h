// SPDX-License-Identifier: Apache-2.0
// Another program's output. No shell is involved.

#ifndef MCPLEXER_COMPILER_COMMANDS_RUN_PROGRAM_H_
#define MCPLEXER_COMPILER_COMMANDS_RUN_PROGRAM_H_

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/base/result.h"

namespace mcplexer::commands {

struct ProgramLimits {
  size_t output_bytes = size_t{1} << 20;
  size_t error_bytes = 4'096;  // what is over is dropped
  int seconds = 60;
};

// Its standard output, whole. `arguments[0]` is looked up in PATH; it sees our environment and,
// instead of what that says, `environment` ("KEY=value"); its input is empty. Fails when it cannot
// be started, exits with anything but 0 (with the first line that it says of it), says more than
// the limit or takes longer; it is ended then.
Result<std::string> RunProgram(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& environment,
                               const ProgramLimits& limits);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_RUN_PROGRAM_H_
