// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/child_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::downstream {
namespace {

// For a supervisor to kill what is left of a server. One that is stopped never does.
constexpr int kKillingMs = 4000;

Departure Describe(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) {
    return {fmt::format("exited with status {}", info.si_status), info.si_status == 0};
  }
  return {fmt::format("was killed by signal {}", info.si_status), false};
}

}  // namespace

ChildProcess::ChildProcess(boost::asio::io_context& io, transport::Timers& timers, Child child,
                           const std::string& server, std::shared_ptr<const Mask> mask,
                           const ShutdownTimes& times)
    : io_(io),
      times_(times),
      pid_(child.pid),
      control_(std::move(child.control)),
      pidfd_(io),
      streams_(io, std::move(child.output), std::move(child.input)),
      errors_(io, timers, std::move(child.errors), server, std::move(mask)),
      timer_(timers) {
  boost::system::error_code error;
  if (pidfd_.assign(child.pidfd.get(), error); !error) child.pidfd.Release();
  MCPLEXER_CHECK(!error);
  AwaitExit();
}

ChildProcess::~ChildProcess() {
  if (exit_) return;
  Kill();
  pollfd exited{pidfd_.native_handle(), POLLIN, 0};
  if (::poll(&exited, 1, kKillingMs) != 1) ::kill(pid_, SIGKILL);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED);
}

void ChildProcess::Start(PeerEvents& events) {
  events_ = &events;
  streams_.Start(*this);
}

void ChildProcess::SetReading(bool on) {
  reading_ = on;
  streams_.SetReading(on);
}

void ChildProcess::OnFrame(std::string_view frame) {
  if (events_ != nullptr) events_->OnFrame(frame);
}

void ChildProcess::OnOversizedFrame() {
  if (events_ != nullptr) events_->OnOversizedFrame();
}

void ChildProcess::OnClosed() {
  output_ended_ = true;
  CheckEnd(false);
}

void ChildProcess::AwaitExit() {
  pidfd_.async_wait(
      boost::asio::posix::stream_descriptor::wait_read,
      [this, alive = std::weak_ptr<int>(alive_)](const boost::system::error_code& error) {
        if (!error && !alive.expired()) OnExit();
      });
}

void ChildProcess::OnExit() {
  siginfo_t info{};
  const auto id = static_cast<id_t>(pid_);
  if (::waitid(P_PID, id, &info, WEXITED | WNOHANG) != 0 || info.si_pid == 0) {
    AwaitExit();
    return;
  }
  exit_ = Describe(info);
  if (reaped_callback_) {
    FinishShutdown();
  } else {
    CheckEnd(false);
  }
}

void ChildProcess::Order(SupervisorOrder order) const {
  const char byte = static_cast<char>(order);
  // A supervisor that is gone has nothing left to end.
  if (!exit_ && ::write(control_.get(), &byte, 1) != 1) ::kill(pid_, SIGKILL);
}

void ChildProcess::CheckEnd(bool waited) {
  if (events_ == nullptr || (!exit_ && !output_ended_)) return;
  // While reading is off the end of the output cannot be seen, and its rest is not lost yet.
  if (!(exit_ && output_ended_) && (!waited || !reading_)) {
    timer_.SetAfter(times_.for_rest_of_output, [this] { CheckEnd(true); });
    return;
  }
  timer_.Cancel();
  PeerEvents* events = std::exchange(events_, nullptr);
  events->OnGone(exit_ ? *exit_ : Departure{"closed its output", false});
}

void ChildProcess::Shutdown(std::function<void()> reaped) {
  MCPLEXER_CHECK(!reaped_callback_);
  events_ = nullptr;
  reaped_callback_ = std::move(reaped);
  timer_.Cancel();
  if (exit_) {
    FinishShutdown();
    return;
  }
  SetReading(true);  // so that the child does not block on output nobody wants
  streams_.CloseWriting();
  timer_.SetAfter(times_.after_close, [this] {
    Order(SupervisorOrder::kTerminate);
    timer_.SetAfter(times_.after_term, [this] { Kill(); });
  });
}

void ChildProcess::FinishShutdown() {
  timer_.Cancel();
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) std::exchange(reaped_callback_, nullptr)();
  });
}

}  // namespace mcplexer::downstream
