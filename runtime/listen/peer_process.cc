// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/peer_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include "runtime/json/utf8.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::listen {
namespace {

bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool IsAlive(int pidfd) {
  pollfd waiting{pidfd, POLLIN, 0};
  return ::poll(&waiting, 1, 0) == 0;
}

Result<std::string> WorkingDirectory(pid_t pid) {
  const std::string link = fmt::format("/proc/{}/cwd", pid);
  std::array<char, PATH_MAX> path{};
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  if (size <= 0 || static_cast<size_t>(size) == path.size()) {
    return Fail(fmt::format("its directory: {}", std::strerror(errno)));
  }
  std::string directory(path.data(), static_cast<size_t>(size));
  // What the link leads to and what is at that path here have to be the same directory.
  struct stat there{};
  struct stat here{};
  if (::stat(link.c_str(), &there) != 0 || ::stat(directory.c_str(), &here) != 0 ||
      !SameFile(there, here) || !S_ISDIR(here.st_mode)) {
    return Fail("its directory does not exist any more, or not here");
  }
  if (!json::IsUtf8(directory)) return Fail("its directory's name is not UTF-8");
  return directory;
}

}  // namespace

Result<PeerProcess> IdentifyPeer(int socket) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
    return Fail(fmt::format("its credentials: {}", std::strerror(errno)));
  }
  if (credentials.pid <= 0) return Fail("it is a process that cannot be seen from here");
  // Held while we look: if the process is there at the end, its number was not given to another
  // one in between.
  const transport::UniqueFd process(
      static_cast<int>(::syscall(SYS_pidfd_open, credentials.pid, 0)));
  if (!process.valid()) return Fail(fmt::format("its process: {}", std::strerror(errno)));
  auto directory = WorkingDirectory(credentials.pid);
  if (!directory) return tl::unexpected(directory.error());
  if (!IsAlive(process.get())) return Fail("its process is gone");
  return PeerProcess{credentials.pid, credentials.uid, std::move(*directory)};
}

PrincipalId PrincipalOfUser(const plan::Plan& plan, uid_t uid) {
  const auto principals = plan.principals();
  for (size_t i = 0; i < principals.size(); ++i) {
    if (principals[i].has_uid != 0 && principals[i].uid == uid) return PrincipalId(i);
  }
  return PrincipalId(size_t{0});
}

}  // namespace mcplexer::listen
