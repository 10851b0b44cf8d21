// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>

#include "runtime/downstream/process_tree.h"

namespace mcplexer::downstream {
namespace {

using Clock = std::chrono::steady_clock;

class Supervisor {
 public:
  Supervisor(pid_t server, int signals, const SupervisorTimes& times)
      : server_(server), signals_(signals), times_(times) {}

  // Until no process is left below us, or what is left cannot be ended.
  void Run() {
    while (Reap()) {
      if (server_status_ && phase_ == Phase::kServing) Terminate(times_.left_behind);
      if (Clock::now() >= deadline_) {
        if (phase_ == Phase::kKilling) return;
        Kill();
      }
      if (phase_ == Phase::kKilling) SignalTree(::getpid(), SIGKILL);
      Wait();
    }
  }

  // Ends this process as the server ended.
  [[noreturn]] void EndLikeServer() const {
    const siginfo_t info = server_status_.value_or(siginfo_t{});
    if (server_status_ && info.si_code == CLD_EXITED) ::_exit(info.si_status);
    const int signal = server_status_ ? info.si_status : SIGKILL;
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(signal, SIG_DFL);
    sigset_t only;
    ::sigemptyset(&only);
    ::sigaddset(&only, signal);
    ::kill(::getpid(), signal);
    ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
    ::_exit(128 + signal);
  }

 private:
  enum class Phase : uint8_t { kServing, kTerminating, kKilling };
  static constexpr Clock::time_point kNever = Clock::time_point::max();

  // False when there is no child any more.
  bool Reap() {
    while (true) {
      siginfo_t info{};
      if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG) != 0) return errno == EINTR;
      if (info.si_pid == 0) return true;
      if (info.si_pid == server_) server_status_ = info;
    }
  }

  void Wait() {
    std::array<pollfd, 2> watched = {{{signals_, POLLIN, 0}, {control_, POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), Patience());
    if (watched[0].revents != 0) ReadSignals();
    if (watched[1].revents != 0) ReadOrders();
  }

  int Patience() const {
    if (phase_ == Phase::kKilling) return static_cast<int>(times_.between_kills.count());
    if (deadline_ == kNever) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
    return static_cast<int>(std::max<int64_t>(left.count(), 0));
  }

  // Whoever ends the supervisor by name means the server.
  void ReadSignals() {
    signalfd_siginfo info{};
    while (::read(signals_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
      if (info.ssi_signo != SIGCHLD) Terminate(times_.orphaned);
    }
  }

  void ReadOrders() {
    char order = 0;
    const ssize_t size = ::read(control_, &order, 1);
    if (size < 0 && errno == EINTR) return;
    if (size != 1) {
      control_ = -1;  // poll skips it
      Terminate(times_.orphaned);
    } else if (order == static_cast<char>(SupervisorOrder::kTerminate)) {
      SignalTree(::getpid(), SIGTERM);
    } else {
      Kill();
    }
  }

  void Terminate(std::chrono::milliseconds patience) {
    if (phase_ == Phase::kKilling) return;
    phase_ = Phase::kTerminating;
    deadline_ = std::min(deadline_, Clock::now() + patience);
    SignalTree(::getpid(), SIGTERM);
  }

  void Kill() {
    if (phase_ == Phase::kKilling) return;
    phase_ = Phase::kKilling;
    deadline_ = Clock::now() + times_.killing;
  }

  const pid_t server_;
  const int signals_;
  const SupervisorTimes times_;
  int control_ = kControlDescriptor;
  Phase phase_ = Phase::kServing;
  Clock::time_point deadline_ = kNever;  // of the phase
  std::optional<siginfo_t> server_status_;
};

// The server's streams are not ours to hold open, and its secrets not ours to keep.
void LetGo() {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (null < 0 || ::dup2(null, fd) < 0) ::close(fd);
  }
  ::close(null);
  for (char** variable = environ; *variable != nullptr; ++variable) {
    ::explicit_bzero(*variable, ::strlen(*variable));
  }
}

// What a program expects at its start, and an end with ours.
void BecomeServer(pid_t supervisor) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Should the supervisor have died before the request, nobody will be told any more.
  if (::getppid() != supervisor) ::_exit(EXIT_FAILURE);
  ::close(kControlDescriptor);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

bool ForkUnderSupervisor(const SupervisorTimes& times) {
  sigset_t all;
  sigset_t watched;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
  ::sigemptyset(&watched);
  for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&watched, signal);
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return false;
  const int signals = ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0) return false;
  const pid_t supervisor = ::getpid();
  const pid_t server = ::fork();
  if (server < 0) return false;
  if (server == 0) {
    BecomeServer(supervisor);
    return true;
  }
  LetGo();
  Supervisor self(server, signals, times);
  self.Run();
  self.EndLikeServer();
}

}  // namespace mcplexer::downstream
