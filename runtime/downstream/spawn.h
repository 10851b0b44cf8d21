// SPDX-License-Identifier: Apache-2.0
// Starts a program with pipes for its standard streams, under a supervisor (supervisor.h).
//
// posix_spawn shares our memory until exec, so it costs the same in a gateway of 500 MB as in one
// of 5 (a fork took 33 ms there). What it cannot do between fork and exec is done by our own
// program in between: see exec_entry.h.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_SPAWN_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_SPAWN_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::downstream {

struct Command {
  std::vector<std::string> arguments;    // [0] is looked up in the environment's PATH; no shell
  std::vector<std::string> environment;  // "KEY=value", all that the program sees
  std::string directory;                 // where it starts
};

struct Child {
  // The supervisor's, which ends as the program does when nothing of what that started is left.
  pid_t pid = -1;
  transport::UniqueFd pidfd;
  transport::UniqueFd control;  // where it takes orders; closed, it ends the program
  transport::UniqueFd input;    // we write
  transport::UniqueFd output;   // we read
  transport::UniqueFd errors;   // we read
};

// `entry` is a program whose main calls RunExecEntry, ours by default. The caller reaps the child.
// Fails when the command is not found or cannot be started; what fails later than that the program
// says on its stderr and exits with status 127.
Result<Child> Spawn(const Command& command, const std::string& entry = "/proc/self/exe");

// The file that a name stands for: itself when it holds a slash, else the first executable one in
// `path` (colon-separated).
Result<std::string> FindProgram(const std::string& name, const std::string& path);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_SPAWN_H_
