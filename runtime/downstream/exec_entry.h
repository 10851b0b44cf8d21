// SPDX-License-Identifier: Apache-2.0
// What happens in a child between fork and exec, as an entry of our own program: `mcplexer __exec`.
//
// The child that the gateway has started becomes the server's supervisor (supervisor.h), which ends
// the server, and all that it has started, with the gateway, even after SIGKILL: no process is left
// behind with credentials and nobody to talk to. A child of the supervisor becomes the server.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_

#include <string>
#include <vector>

namespace mcplexer::downstream {

// The arguments that make RunExecEntry run `program` with `arguments` in `directory` (empty: where
// we are). The process needs the control pipe's end that is read as descriptor kControlDescriptor.
std::vector<std::string> ExecEntryArguments(const std::string& directory,
                                            const std::string& program,
                                            const std::vector<std::string>& arguments);

// To be called first in main, with main's arguments. Returns when they do not ask for it; otherwise
// starts the program, ends with it and like it, or says on stderr why
// it cannot be run and exits with status 127.
void RunExecEntry(int argc, char** argv);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_
