// SPDX-License-Identifier: Apache-2.0
// What happens in a child between fork and exec, as an entry of our own program: `mcplexer __exec`.
//
// The child asks the kernel to be killed when the gateway dies, even by SIGKILL, so that no server
// is left behind with credentials and nobody to talk to. The request holds for the child itself
// and survives its exec; what the child starts in turn it has to end, as it does when its stdin
// closes. (The parent that counts is the thread that spawns: the data plane's, which lives as long
// as the process.)

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace mcplexer::downstream {

// The arguments that make RunExecEntry run `program` with `arguments` in `directory` (empty: where
// we are) as a child of `parent`.
std::vector<std::string> ExecEntryArguments(pid_t parent, const std::string& directory,
                                            const std::string& program,
                                            const std::vector<std::string>& arguments);

// To be called first in main, with main's arguments. Returns when they do not ask for it; otherwise
// becomes the program, or says on stderr why not and exits with status 127.
void RunExecEntry(int argc, char** argv);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_EXEC_ENTRY_H_
