// SPDX-License-Identifier: Apache-2.0
// One client of the gateway over some transport: everything that is its own, and its end.
//
//   serving --client closes--> draining --idle, or the grace is over--> stopping --> ended
//      +-------------------- Stop ---------------------------------------^

#ifndef MCPLEXER_RUNTIME_LISTEN_CLIENT_SESSION_H_
#define MCPLEXER_RUNTIME_LISTEN_CLIENT_SESSION_H_

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/auth/secret_string.h"
#include "runtime/base/id.h"
#include "runtime/decide/decide.h"
#include "runtime/downstream/server_launcher.h"
#include "runtime/mcp/client_connection.h"
#include "runtime/mcp/dual_era.h"
#include "runtime/mcp/gateway_session.h"
#include "runtime/mcp/policy.h"
#include "runtime/mcp/session_era.h"
#include "runtime/mcp/stateless_era.h"
#include "runtime/transport/timers.h"
#include "runtime/transport/transport.h"

namespace mcplexer::listen {

// What all sessions of a gateway share. References outlive every session. The engine is the one
// that is in force when a session begins, see ClientSession::Renew.
struct SessionHost {
  boost::asio::io_context& io;
  transport::Timers& timers;
  std::shared_ptr<const decide::Engine> engine;
  mcp::Journal& journal;
  std::string home;  // what `~` stands for, empty where nothing does
  // Told of each secret that a server gets, before it does.
  std::function<void(const auth::SecretString&)> on_secret;
  std::shared_ptr<downstream::EraMemory> eras = std::make_shared<downstream::EraMemory>();
};

enum class Via : uint8_t { kStdio, kSocket, kHttp };

// On whose behalf and where; never what the client says of itself.
struct Identity {
  std::string directory;  // canonical
  PrincipalId principal;
  std::optional<uid_t> user = {};  // whose principal that is, where it is chosen by user
  // For people who ask who is there.
  Via via = Via::kStdio;
  pid_t process = 0;  // 0: not known
};

// A session's name in the log, and its handle where clients need one: 128 random bits in
// hexadecimal digits.
std::string NewSessionId();

// One thread.
class ClientSession final : private mcp::ConnectionObserver {
 public:
  ClientSession(const SessionHost& host, const Identity& identity, std::string session_id,
                std::unique_ptr<transport::Transport> client,
                const mcp::StatelessLimits& stateless = {});
  ~ClientSession();

  // `ended` runs once, from the event loop, when the client has gone or Stop was called, its calls
  // are settled and no server of its is left. It may destroy this.
  void Start(std::function<void()> ended);
  void Stop(std::string_view why);
  // Another plan comes into force, in which the client is this principal.
  void Renew(std::shared_ptr<const decide::Engine> engine, PrincipalId principal);

  const Identity& identity() const { return identity_; }
  const plan::Plan& plan() const { return engine_->plan(); }
  // The sessions that the client has, one for each way in which it introduces itself; at least one.
  void ForEachSession(const std::function<void(const mcp::GatewaySession&)>& visit) const;
  // Once stopped: do not wait for servers to end by themselves.
  void KillServers() { launcher_.KillRetired(); }

 private:
  void OnClientClosed() override;
  void OnClientCongested(bool congested) override {
    session_.SetReading(!congested);
    stateless_.SetReading(!congested);
  }

  void Flush();
  void End();

  boost::asio::io_context& io_;
  std::shared_ptr<const decide::Engine> engine_;  // in force
  Identity identity_;
  downstream::ServerLauncher launcher_;
  const std::unique_ptr<transport::Transport> client_;
  mcp::ClientConnection connection_;
  mcp::GatewaySession session_;
  mcp::SessionEra session_era_;
  mcp::StatelessEra stateless_;
  mcp::DualEra era_;
  transport::Timer grace_;
  transport::Timer flush_poll_;
  std::function<void()> ended_;
  bool stopping_ = false;
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_CLIENT_SESSION_H_
