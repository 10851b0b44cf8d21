// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/unix_listener.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mcplexer::listen {
namespace {

using boost::asio::local::stream_protocol;
using transport::UniqueFd;

// After a failure to take a connection, which is for want of descriptors: some come free.
constexpr std::chrono::milliseconds kAcceptPause{200};

std::string Reason(const std::string& path) {
  return fmt::format("`{}`: {}", path, std::strerror(errno));
}

// The directory has to be ours alone: who may write there may put another socket in the place.
Status CheckDirectory(const std::string& directory) {
  if (::mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) return Fail(Reason(directory));
  struct stat status{};
  if (::stat(directory.c_str(), &status) != 0) return Fail(Reason(directory));
  if (!S_ISDIR(status.st_mode)) return Fail(fmt::format("`{}` is not a directory", directory));
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fail(fmt::format(
        "`{}` has to belong to the gateway's user and be closed to all others (mode 0700)",
        directory));
  }
  return {};
}

Result<UniqueFd> Lock(const std::string& path) {
  UniqueFd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.valid()) return Fail(Reason(path));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return Fail("another gateway serves this socket");
    return Fail(Reason(path));
  }
  return lock;
}

// With the lock held, nobody serves what is there.
Status RemoveStale(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return {};
    return Fail(Reason(path));
  }
  if (!S_ISSOCK(status.st_mode)) return Fail(fmt::format("`{}` is there and no socket", path));
  if (::unlink(path.c_str()) != 0) return Fail(Reason(path));
  return {};
}

}  // namespace

Result<std::unique_ptr<UnixListener>> UnixListener::Create(boost::asio::io_context& io,
                                                           transport::Timers& timers,
                                                           const std::string& path) {
  if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
    return Fail(fmt::format("`{}`: the path of a socket has 1 to {} bytes", path,
                            sizeof(sockaddr_un::sun_path) - 1));
  }
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "."
                                : slash == 0               ? "/"
                                                           : path.substr(0, slash);
  if (auto checked = CheckDirectory(directory); !checked) return tl::unexpected(checked.error());
  auto lock = Lock(path + ".lock");
  if (!lock) return tl::unexpected(lock.error());
  if (auto removed = RemoveStale(path); !removed) return tl::unexpected(removed.error());
  std::unique_ptr<UnixListener> listener(new UnixListener(io, timers, path, std::move(*lock)));
  if (auto bound = listener->Bind(); !bound) return tl::unexpected(bound.error());
  return listener;
}

UnixListener::UnixListener(boost::asio::io_context& io, transport::Timers& timers, std::string path,
                           UniqueFd lock)
    : path_(std::move(path)), lock_(std::move(lock)), acceptor_(io), retry_(timers) {}

UnixListener::~UnixListener() {
  struct stat status{};
  if (::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_) {
    ::unlink(path_.c_str());
  }
}

Status UnixListener::Bind() {
  boost::system::error_code error;
  acceptor_.open(stream_protocol(), error);
  // The mode of a socket's file is that of the socket itself before it was bound.
  if (!error && ::fchmod(acceptor_.native_handle(), S_IRUSR | S_IWUSR) != 0) {
    return Fail(Reason(path_));
  }
  if (!error) acceptor_.bind(stream_protocol::endpoint(path_), error);
  struct stat status{};
  if (!error &&
      (::chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0 || ::lstat(path_.c_str(), &status) != 0)) {
    return Fail(Reason(path_));
  }
  device_ = status.st_dev;
  inode_ = status.st_ino;
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return Fail(fmt::format("`{}`: {}", path_, error.message()));
  return {};
}

void UnixListener::Start(OnClient on_client) {
  on_client_ = std::move(on_client);
  Accept();
}

void UnixListener::Stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.Cancel();
}

void UnixListener::Accept() {
  acceptor_.async_accept(
      [this](const boost::system::error_code& error, stream_protocol::socket client) {
        if (error == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
        if (error) {
          spdlog::warn("a client on the socket: {}", error.message());
          retry_.SetAfter(kAcceptPause, [this] { Accept(); });
          return;
        }
        boost::system::error_code failed;
        UniqueFd fd(client.release(failed));
        if (!failed) Admit(std::move(fd));
        Accept();
      });
}

void UnixListener::Admit(UniqueFd client) {
  auto peer = IdentifyPeer(client.get());
  if (!peer) {
    spdlog::warn("a client on the socket is turned away: {}", peer.error().message);
    return;
  }
  if (peer->uid != ::geteuid()) {
    spdlog::warn("a client on the socket is turned away: it is of user {}", peer->uid);
    return;
  }
  on_client_(std::move(client), std::move(*peer));
}

}  // namespace mcplexer::listen
