// SPDX-License-Identifier: Apache-2.0
// The processes that a process has started, and those that they have started, as /proc shows them.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_TREE_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_TREE_H_

#include <sys/types.h>

#include <vector>

namespace mcplexer::downstream {

struct ProcessOfTree {
  pid_t pid;
  pid_t parent;
};

// Those below `root`, parents before their children, zombies among them.
// What starts or ends meanwhile may be missing, or there.
std::vector<ProcessOfTree> ProcessesBelow(pid_t root);

// Sends the signal to each of those. Never to a process that only has the number of one.
void SignalTree(pid_t root, int signal);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_TREE_H_
