// SPDX-License-Identifier: Apache-2.0
// Starts whatever server it is: child processes as the gateway does, HTTP servers by http_peer.h.

#ifndef MCPLEXER_COMPILER_RECORD_SERVER_LAUNCHER_H_
#define MCPLEXER_COMPILER_RECORD_SERVER_LAUNCHER_H_

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>

#include "compiler/record/http_peer.h"
#include "runtime/downstream/peer.h"
#include "runtime/downstream/process_launcher.h"
#include "runtime/plan/plan.h"
#include "runtime/transport/timers.h"

namespace mcplexer::record {

class ServerLauncher final : public downstream::Launcher {
 public:
  struct Options {
    downstream::ProcessLauncher::Options processes;  // its secrets are those of HTTP servers too
    std::chrono::seconds patience{60};               // with an HTTP server
  };

  ServerLauncher(boost::asio::io_context& io, transport::Timers& timers,
                 std::shared_ptr<const plan::Plan> plan, Options options);

  // Credentials are refused to an http server on another machine: they would cross the network
  // unencrypted.
  Result<std::unique_ptr<downstream::Peer>> Launch(ServerId server, ScopeId scope) override;
  void Retire(std::unique_ptr<downstream::Peer> peer) override;

  // `callback` runs, from the event loop, when no retired process is left.
  void WhenEmpty(std::function<void()> callback) { processes_.WhenEmpty(std::move(callback)); }

 private:
  Result<std::unique_ptr<downstream::Peer>> Connect(const plan::ServerRecord& server,
                                                    ScopeId scope);

  boost::asio::io_context& io_;
  const std::shared_ptr<const plan::Plan> plan_;
  const Options options_;
  downstream::ProcessLauncher processes_;
  std::list<std::unique_ptr<HttpPeer>> retired_;
};

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_SERVER_LAUNCHER_H_
