// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/connect.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "runtime/base/result.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::commands {
namespace {

using transport::UniqueFd;

constexpr int kConnected = 0;
constexpr int kNotConnected = 2;

Error SystemError(std::string_view what) {
  return {fmt::format("{}: {}", what, std::strerror(errno))};
}

// The gateway has to be of our own user: another one would hear all we say.
Result<UniqueFd> Connect(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return Fail(fmt::format("`{}`: the path of a socket has 1 to {} bytes", path,
                            sizeof(address.sun_path) - 1));
  }
  path.copy(address.sun_path, path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.valid()) return tl::unexpected(SystemError("a socket"));
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    return tl::unexpected(SystemError(fmt::format("`{}`", path)));
  }
  ucred gateway{};
  socklen_t size = sizeof(gateway);
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &gateway, &size) != 0) {
    return tl::unexpected(SystemError("the gateway's credentials"));
  }
  if (gateway.uid != ::geteuid()) {
    return Fail(fmt::format("`{}` is served by user {}", path, gateway.uid));
  }
  return socket;
}

// One direction: what was read is written before more is read, so that a reader that is slow slows
// the writer down, and memory is one buffer.
class Pump {
 public:
  enum class State : uint8_t { kReading, kWriting, kEnded, kBroken };

  Pump(int from, int to) : from_(from), to_(to) {}

  State state() const { return state_; }
  pollfd Wanted() const {
    if (state_ == State::kReading) return {from_, POLLIN, 0};
    if (state_ == State::kWriting) return {to_, POLLOUT, 0};
    return {-1, 0, 0};
  }
  // Once `Wanted` is ready: at most one call that could wait, and it does not.
  void Step() {
    if (state_ == State::kReading) {
      const ssize_t n = ::read(from_, buffer_.data(), buffer_.size());
      if (n < 0) return Interrupted();
      at_ = 0;
      end_ = static_cast<size_t>(n);
      state_ = n == 0 ? State::kEnded : State::kWriting;
    } else if (state_ == State::kWriting) {
      const ssize_t n = ::write(to_, buffer_.data() + at_, end_ - at_);
      if (n < 0) return Interrupted();
      at_ += static_cast<size_t>(n);
      if (at_ == end_) state_ = State::kReading;
    }
  }

 private:
  void Interrupted() {
    if (errno != EINTR && errno != EAGAIN) state_ = State::kBroken;
  }

  const int from_;
  const int to_;
  State state_ = State::kReading;
  size_t at_ = 0;
  size_t end_ = 0;
  std::array<char, size_t{64} << 10> buffer_{};
};

// Until the gateway has said all it had to say. When our input ends we close our half only: its
// answers are still to come.
Status Bridge(int socket) {
  const auto out = std::make_unique<Pump>(STDIN_FILENO, socket);
  const auto in = std::make_unique<Pump>(socket, STDOUT_FILENO);
  bool said_all = false;
  for (;;) {
    if (!said_all &&
        (out->state() == Pump::State::kEnded || out->state() == Pump::State::kBroken)) {
      said_all = true;
      ::shutdown(socket, SHUT_WR);
    }
    if (in->state() == Pump::State::kEnded) break;
    if (in->state() == Pump::State::kBroken) return tl::unexpected(SystemError("stdout"));
    std::array<pollfd, 2> waiting{out->Wanted(), in->Wanted()};
    if (::poll(waiting.data(), waiting.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return tl::unexpected(SystemError("waiting"));
    }
    if (waiting[0].revents != 0) out->Step();
    if (waiting[1].revents != 0) in->Step();
  }
  if (!said_all) return Fail("the gateway has closed the connection");
  return {};
}

}  // namespace

void AddConnect(CLI::App& app, int& exit_code) {
  const auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "connect", "Connect stdin and stdout to a running gateway, for clients that start servers");
  command->footer("Example: mcplexer connect --socket $XDG_RUNTIME_DIR/mcplexer/gateway.sock");
  command->add_option("--socket", *path, "Socket that `mcplexer run --socket` serves")->required();
  command->callback([path, &exit_code] {
    std::signal(SIGPIPE, SIG_IGN);  // a peer that is gone is an error of write
    Status bridged;
    if (auto socket = Connect(*path)) {
      bridged = Bridge(socket->get());
    } else {
      bridged = tl::unexpected(socket.error());
    }
    if (!bridged) std::fprintf(stderr, "mcplexer: %s\n", bridged.error().message.c_str());
    exit_code = bridged ? kConnected : kNotConnected;
  });
}

}  // namespace mcplexer::commands
