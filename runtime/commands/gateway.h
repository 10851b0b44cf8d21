// SPDX-License-Identifier: Apache-2.0
// The gateway: its clients, whatever way they come, one event loop, and the end.

#ifndef MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_
#define MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/audit/log.h"
#include "runtime/base/result.h"
#include "runtime/commands/plan_source.h"
#include "runtime/control/control_listener.h"
#include "runtime/decide/decide.h"
#include "runtime/listen/client_session.h"
#include "runtime/listen/client_stream.h"
#include "runtime/listen/http_listener.h"
#include "runtime/listen/unix_listener.h"
#include "runtime/transport/asio_timers.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::commands {

class Gateway {
 public:
  struct Options {
    // What clients act as is its principal; where none is given, those on the socket are the
    // principal of their user.
    PlanSource source;
    std::string state;  // the state directory
    // Clients that are served side by side; each may have servers of its own.
    size_t clients = 64;
  };

  // `engine` is what the source gave. `log` must outlive it.
  Gateway(std::shared_ptr<const decide::Engine> engine, audit::Log& log, Options options);
  ~Gateway();

  // A client on two descriptors, in this (canonical) directory.
  void ServeStreams(transport::UniqueFd input, transport::UniqueFd output,
                    const std::string& directory);
  Status ListenOnSocket(const std::string& path);
  // Over HTTP nobody is recognised: clients are the anonymous principal. `tls` may be null.
  Status ListenOnHttp(const std::string& address, std::shared_ptr<listen::TlsIdentity> tls);

  // Makes the gateway known to `mcplexer status`, `reload` and `stop`.
  Status ListenForCommands();

  // Loads the plan at `path` and, where it can be used, has it take the place of the one in force;
  // the path is the gateway's own then. What is in force stays when that fails.
  Status Reload(const std::string& path);

  // Serves until a signal has come or, where nothing is listened on, the last client has gone, and
  // no server is left.
  void Run();

 private:
  class AuditJournal;

  void Admit(transport::UniqueFd client, const listen::PeerProcess& peer);
  void Serve(const listen::Identity& identity, transport::UniqueFd input,
             transport::UniqueFd output);
  void Serve(const listen::Identity& identity, const std::string& session_id,
             std::unique_ptr<transport::Transport> transport,
             const mcp::StatelessLimits& stateless = {});
  PrincipalId principal() const;
  void AwaitSignal();
  void Stop();
  void CheckEnd();

  // gateway_control.cc
  std::string AnswerCommand(std::string_view request);
  std::string DescribeStatus() const;
  Result<std::shared_ptr<const decide::Engine>> LoadNext(const std::string& path);
  void RenewSessions(const std::shared_ptr<const decide::Engine>& next);

  std::shared_ptr<const decide::Engine> engine_;  // in force
  Options options_;
  audit::Log& log_;
  std::unique_ptr<AuditJournal> journal_;
  const uint64_t started_;  // nanoseconds since 1970 UTC, as all of these
  uint64_t loaded_;
  uint64_t refused_ = 0;  // when a plan was, last
  std::string refusal_;   // why; empty when one has been loaded since

  boost::asio::io_context io_{1};  // a hint that it has one thread
  boost::asio::signal_set signals_;
  transport::AsioTimers timers_;
  listen::SessionHost host_;
  std::unique_ptr<listen::UnixListener> socket_;
  std::unique_ptr<listen::HttpListener> http_;
  std::unique_ptr<control::ControlListener> commands_;
  std::list<std::unique_ptr<listen::ClientSession>> sessions_;
  bool stopping_ = false;
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_
