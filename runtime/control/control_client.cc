// SPDX-License-Identifier: Apache-2.0
#include "runtime/control/control_client.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace mcplexer::control {
namespace {

using Clock = std::chrono::steady_clock;
using transport::UniqueFd;

// A status of a thousand clients is far below.
constexpr size_t kMaxAnswer = size_t{64} << 20;

// False when the time is over.
bool Await(int socket, int16_t events, Clock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{socket, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Answer Failed(std::string_view why) { return {Answer::Kind::kFailed, std::string(why)}; }

}  // namespace

Answer Ask(const ControlDirectory& directory, const std::string& gateway, std::string_view request,
           std::chrono::milliseconds patience) {
  const Clock::time_point until = Clock::now() + patience;
  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return Failed(std::strerror(errno));
  const sockaddr_un address = directory.Address(gateway);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    if (errno == ENOENT) return {Answer::Kind::kGone, "it has ended"};
    if (errno != ECONNREFUSED) return Failed(std::strerror(errno));
    directory.Remove(gateway);
    return {Answer::Kind::kGone, "it has died"};
  }
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 ||
      peer.uid != ::geteuid()) {
    return Failed("its socket is served by another user");
  }
  std::string line = std::string(request) + "\n";
  while (!line.empty()) {
    if (!Await(socket.get(), POLLOUT, until)) return Failed("it does not answer");
    const ssize_t sent = ::send(socket.get(), line.data(), line.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return Failed(std::strerror(errno));
    if (sent > 0) line.erase(0, static_cast<size_t>(sent));
  }
  std::string text;
  std::array<char, size_t{16} << 10> buffer{};
  while (!text.ends_with('\n')) {
    if (!Await(socket.get(), POLLIN, until)) return Failed("it does not answer");
    const ssize_t got = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (got == 0) return Failed("it hung up");
    if (got < 0 && errno != EAGAIN && errno != EINTR) return Failed(std::strerror(errno));
    if (got > 0) text.append(buffer.data(), static_cast<size_t>(got));
    if (text.size() > kMaxAnswer) return Failed("its answer does not end");
  }
  text.pop_back();
  return {Answer::Kind::kAnswered, std::move(text)};
}

}  // namespace mcplexer::control
