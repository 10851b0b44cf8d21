// SPDX-License-Identifier: Apache-2.0
// A child process that speaks MCP on its standard streams, from its start until it is reaped.
//
// Its end has three signs that come in any order: the process has exited (the pidfd), its output
// has ended, and we have read all of it. A server that answers and exits at once must not lose its
// answer, and one whose own child holds the output open must not keep us waiting, so the end is
// reported when both exit and end of output are seen, or one of them and a little time.
//
// Shutdown is the ladder of MCP's lifecycle page: close stdin, wait, SIGTERM, wait, SIGKILL, the
// signals to all that the server has started (`npx` and shells do not pass them on). Its supervisor
// does that; what we watch and reap is the supervisor, which ends when nothing else is left.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_PROCESS_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_PROCESS_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/downstream/peer.h"
#include "runtime/downstream/spawn.h"
#include "runtime/downstream/stderr_log.h"
#include "runtime/downstream/supervisor.h"
#include "runtime/transport/stream_transport.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

struct ShutdownTimes {
  // Servers that end by themselves on stdin's end do so well within two seconds.
  std::chrono::milliseconds after_close{2000};
  std::chrono::milliseconds after_term{3000};
  // For the second sign of a child's end, see above.
  std::chrono::milliseconds for_rest_of_output{500};
};

class ChildProcess final : public Peer, private transport::Receiver {
 public:
  ChildProcess(boost::asio::io_context& io, transport::Timers& timers, Child child,
               const std::string& server, std::shared_ptr<const Mask> mask,
               const ShutdownTimes& times = {});
  // Kills and reaps the child if that has not been done, waiting for it for a moment.
  ~ChildProcess() override;

  void Start(PeerEvents& events) override;
  void Send(std::string frame) override { streams_.Send(std::move(frame)); }
  size_t QueuedBytes() const override { return streams_.QueuedBytes(); }
  void SetReading(bool on) override;

  // Begins the ladder; from now on there are no events. `reaped` runs once, from the event loop,
  // and may destroy this.
  void Shutdown(std::function<void()> reaped);
  // The ladder's last step, at once.
  void Kill() { Order(SupervisorOrder::kKill); }

  int64_t process() const override { return pid_; }
  pid_t pid() const { return pid_; }  // the supervisor's

 private:
  void OnFrame(std::string_view frame) override;
  void OnOversizedFrame() override;
  void OnClosed() override;
  void OnCongestion(bool) override {}

  void AwaitExit();
  void OnExit();
  void Order(SupervisorOrder order) const;
  // Either sign was seen, or time has passed (`waited`).
  void CheckEnd(bool waited);
  void FinishShutdown();

  boost::asio::io_context& io_;
  const ShutdownTimes times_;
  const pid_t pid_;
  transport::UniqueFd control_;
  boost::asio::posix::stream_descriptor pidfd_;
  transport::StreamTransport streams_;
  StderrLog errors_;
  transport::Timer timer_;

  PeerEvents* events_ = nullptr;  // null: nobody wants to know any more
  std::function<void()> reaped_callback_;
  std::optional<Departure> exit_;  // reaped
  bool output_ended_ = false;
  bool reading_ = true;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_PROCESS_H_
