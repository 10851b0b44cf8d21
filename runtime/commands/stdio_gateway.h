// SPDX-License-Identifier: Apache-2.0
// The gateway of one client on our own standard streams: everything put together, the event loop,
// and the end.
//
//   serving --client closes--> draining --idle, or the grace is over--> stopping --> done
//      +-------------------- a signal -----------------------------------^   ^
//                                                 a second signal: kill at once

#ifndef MCPLEXER_RUNTIME_COMMANDS_STDIO_GATEWAY_H_
#define MCPLEXER_RUNTIME_COMMANDS_STDIO_GATEWAY_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/audit/log.h"
#include "runtime/decide/decide.h"
#include "runtime/downstream/process_launcher.h"
#include "runtime/mcp/client_connection.h"
#include "runtime/mcp/gateway_session.h"
#include "runtime/mcp/session_era.h"
#include "runtime/transport/asio_timers.h"
#include "runtime/transport/stream_transport.h"

namespace mcplexer::commands {

class StdioGateway final : private mcp::ConnectionObserver {
 public:
  struct Options {
    std::string directory;  // canonical
    PrincipalId principal;
    std::string home;
    transport::UniqueFd input;
    transport::UniqueFd output;
  };

  // `log` must outlive it.
  StdioGateway(std::shared_ptr<const decide::Engine> engine, audit::Log& log, Options options);
  ~StdioGateway();

  // Serves until the client has gone or a signal has come, and no child is left.
  void Run();

 private:
  class AuditJournal;

  void OnClientClosed() override;
  void OnClientCongested(bool congested) override { session_.SetReading(!congested); }

  std::unique_ptr<mcp::Policy> MakePolicy(const std::string& client_name) const;
  downstream::ProcessLauncher::Options LauncherOptions(const Options& options, audit::Log& log);
  void AwaitSignal();
  void Stop(std::string_view why);
  void Finish();

  const std::shared_ptr<const decide::Engine> engine_;
  const std::string directory_;
  const PrincipalId principal_;
  std::unique_ptr<AuditJournal> journal_;

  boost::asio::io_context io_{1};  // a hint that it has one thread
  boost::asio::signal_set signals_;
  transport::AsioTimers timers_;
  downstream::ProcessLauncher launcher_;
  transport::StreamTransport client_;
  mcp::ClientConnection connection_;
  mcp::GatewaySession session_;
  mcp::SessionEra era_;
  transport::Timer grace_;
  transport::Timer flush_poll_;
  bool stopping_ = false;
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_STDIO_GATEWAY_H_
