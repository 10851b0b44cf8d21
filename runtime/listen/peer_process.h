// SPDX-License-Identifier: Apache-2.0
// Who is at the other end of a Unix socket, as the kernel tells it: nothing here is what the client
// says of itself.

#ifndef MCPLEXER_RUNTIME_LISTEN_PEER_PROCESS_H_
#define MCPLEXER_RUNTIME_LISTEN_PEER_PROCESS_H_

#include <sys/types.h>

#include <string>

#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace mcplexer::listen {

struct PeerProcess {
  pid_t pid = 0;
  uid_t uid = 0;
  std::string directory;  // where it works, canonical
};

// The process that connected this stream socket (SO_PEERCRED), and its working directory
// (/proc/PID/cwd). Fails when it is gone, when it is not ours to look at, and when its directory
// has no path here: deleted, or in another mount namespace.
Result<PeerProcess> IdentifyPeer(int socket);

// The principal with this user id, else the anonymous one.
PrincipalId PrincipalOfUser(const plan::Plan& plan, uid_t uid);

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_PEER_PROCESS_H_
