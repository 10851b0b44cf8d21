// SPDX-License-Identifier: Apache-2.0
// Starts whatever server it is: child processes (process_launcher.h) and connections to HTTP
// servers (http_peer.h), and ends those that are out of use.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_SERVER_LAUNCHER_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_SERVER_LAUNCHER_H_

#include <boost/asio/io_context.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "runtime/downstream/http_peer.h"
#include "runtime/downstream/peer.h"
#include "runtime/downstream/process_launcher.h"
#include "runtime/plan/plan.h"
#include "runtime/transport/http_socket.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

class ServerLauncher final : public Launcher {
 public:
  struct Options {
    ProcessLauncher::Options processes;  // its secrets are those of HTTP servers too
    HttpPeerLimits http;
    std::string ca_file;  // see HttpSockets
    std::shared_ptr<EraMemory> eras;
  };

  ServerLauncher(boost::asio::io_context& io, transport::Timers& timers,
                 std::shared_ptr<const plan::Plan> plan, Options options);

  // Credentials are refused to an http server on another machine: they would cross the network
  // unencrypted.
  Result<std::unique_ptr<Peer>> Launch(ServerId server, ScopeId scope) override;
  void Retire(std::unique_ptr<Peer> peer) override;
  EraMemory* eras() override { return options_.eras.get(); }

  // What is launched from now on is what this plan says.
  void SetPlan(std::shared_ptr<const plan::Plan> plan);

  // `callback` runs, from the event loop, when no retired server is left.
  void WhenEmpty(std::function<void()> callback);
  // Ends the retired servers at once.
  void KillRetired();

 private:
  Result<std::unique_ptr<Peer>> Connect(const plan::ServerRecord& server, ScopeId scope);
  void CheckEmpty();

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  std::shared_ptr<const plan::Plan> plan_;
  const Options options_;
  ProcessLauncher processes_;
  std::unique_ptr<transport::HttpSockets> sockets_;  // made when first needed
  std::list<std::unique_ptr<HttpPeer>> retired_;
  bool processes_gone_ = false;
  std::function<void()> when_empty_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_SERVER_LAUNCHER_H_
