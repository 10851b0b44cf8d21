// SPDX-License-Identifier: Apache-2.0
// A process between the gateway and a server that outlives both by a moment, so that nothing of
// the server is left behind: package runners and shells start the real server as a child of theirs,
// and a server may start browsers, in sessions of their own. Whatever loses its parent below the
// supervisor becomes its child (PR_SET_CHILD_SUBREAPER), and the supervisor ends when it has none.
//
//   gateway --control pipe--> supervisor --> server --> what it starts
//      \------- stdin, stdout, stderr ------/
//
// The streams go past it, so it costs a message nothing. It holds on to no descriptor but the
// control pipe, on which it gets orders; the pipe's end means that the gateway is gone, however it
// went. Then, and when the server has exited, what is left is ended: SIGTERM, a little time,
// SIGKILL. The supervisor ends as the server did, with its status or by its signal.
//
// Measured: 0.9 MiB of its own memory, mostly relocations of the program's libraries.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_SUPERVISOR_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_SUPERVISOR_H_

#include <sys/types.h>

#include <chrono>

namespace mcplexer::downstream {

// Where the supervisor has its end of the control pipe.
inline constexpr int kControlDescriptor = 3;

// One byte each on the control pipe.
enum class SupervisorOrder : char {
  kTerminate = 'T',  // SIGTERM to the whole tree, once
  kKill = 'K',       // SIGKILL to the whole tree, until nothing is left of it
};

struct SupervisorTimes {
  // From SIGTERM to SIGKILL when the gateway is gone: nobody waits for the server any more.
  std::chrono::milliseconds orphaned{1000};
  // And when the server has exited: the gateway waits for the tree to start it anew.
  std::chrono::milliseconds left_behind{300};
  // What does not die of SIGKILL in this time (a broken disk, another user's process) never will.
  std::chrono::milliseconds killing{3000};
  // Between two looks at what is to be killed: it may have children in between.
  std::chrono::milliseconds between_kills{10};
};

// Forks the process that becomes the server and returns in it, as the leader of a group of its own,
// bound to die with the supervisor; its parent goes on as the supervisor until the tree is gone,
// and never returns. Returns false where no process can be made (errno says why).
bool ForkUnderSupervisor(const SupervisorTimes& times = {});

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_SUPERVISOR_H_
