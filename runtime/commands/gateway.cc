// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/gateway.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <utility>

#include "runtime/audit/clock.h"
#include "runtime/transport/stream_transport.h"

namespace mcplexer::commands {

using transport::UniqueFd;

class Gateway::AuditJournal final : public mcp::Journal {
 public:
  explicit AuditJournal(audit::Log& log) : log_(log) {}

  Result<uint64_t> AppendIntent(const audit::Intent& intent) override {
    return log_.AppendIntent(intent);
  }
  Status AppendOutcome(const audit::Outcome& outcome) override {
    if (auto appended = log_.AppendOutcome(outcome); !appended) {
      return tl::unexpected(std::move(appended.error()));
    }
    return {};
  }

 private:
  audit::Log& log_;
};

Gateway::Gateway(std::shared_ptr<const decide::Engine> engine, audit::Log& log, Options options)
    : engine_(std::move(engine)),
      options_(std::move(options)),
      log_(log),
      journal_(std::make_unique<AuditJournal>(log)),
      started_(audit::Clock::System().UtcNanoseconds()),
      loaded_(started_),
      signals_(io_),
      timers_(io_),
      host_{io_,
            timers_,
            engine_,
            *journal_,
            options_.source.home,
            [&log](const auth::SecretString& secret) { log.redactor().AddSecret(secret); },
            std::make_shared<downstream::EraMemory>()} {}

Gateway::~Gateway() = default;

// That the plan has this principal was looked at when it was loaded.
PrincipalId Gateway::principal() const {
  return engine_->FindPrincipal(options_.source.principal).value_or(PrincipalId(size_t{0}));
}

void Gateway::ServeStreams(UniqueFd input, UniqueFd output, const std::string& directory) {
  Serve({directory, principal()}, std::move(input), std::move(output));
}

Status Gateway::ListenOnSocket(const std::string& path) {
  auto listener = listen::UnixListener::Create(io_, timers_, path);
  if (!listener) return tl::unexpected(listener.error());
  socket_ = std::move(*listener);
  socket_->Start(
      [this](UniqueFd client, const listen::PeerProcess& peer) { Admit(std::move(client), peer); });
  spdlog::info("clients are served on `{}`", path);
  return {};
}

void Gateway::Admit(UniqueFd client, const listen::PeerProcess& peer) {
  if (sessions_.size() >= options_.clients) {
    spdlog::warn("process {} is turned away: there are {} clients", peer.pid, sessions_.size());
    return;
  }
  listen::Identity identity{peer.directory, principal()};
  if (options_.source.principal.empty()) {
    identity.principal = listen::PrincipalOfUser(engine_->plan(), peer.uid);
    identity.user = peer.uid;
  }
  identity.via = listen::Via::kSocket;
  identity.process = peer.pid;
  // A transport reads from one descriptor and writes to another.
  UniqueFd output(::fcntl(client.get(), F_DUPFD_CLOEXEC, 0));
  if (!output.valid()) return;
  spdlog::info("process {} is served in `{}`", peer.pid, peer.directory);
  Serve(identity, std::move(client), std::move(output));
}

void Gateway::Serve(const listen::Identity& identity, UniqueFd input, UniqueFd output) {
  Serve(identity, listen::NewSessionId(),
        std::make_unique<transport::StreamTransport>(io_, std::move(input), std::move(output)));
}

void Gateway::Serve(const listen::Identity& identity, const std::string& session_id,
                    std::unique_ptr<transport::Transport> transport,
                    const mcp::StatelessLimits& stateless) {
  const auto at = sessions_.insert(
      sessions_.end(), std::make_unique<listen::ClientSession>(host_, identity, session_id,
                                                               std::move(transport), stateless));
  (*at)->Start([this, at, session_id] {
    if (http_) http_->Remove(session_id);
    sessions_.erase(at);
    CheckEnd();
  });
}

Status Gateway::ListenOnHttp(const std::string& address, std::shared_ptr<listen::TlsIdentity> tls) {
  auto parsed = listen::ParseHttpAddress(address);
  if (!parsed) return Fail("`" + address + "`: " + parsed.error().message);
  const bool encrypted = tls != nullptr;
  parsed->tls = std::move(tls);
  auto listener = listen::HttpListener::Create(io_, timers_, engine_->plan(), std::move(*parsed));
  if (!listener) return tl::unexpected(listener.error());
  http_ = std::move(*listener);
  const auto serve = [this](const std::string& session_id, WorkspaceId workspace,
                            std::unique_ptr<transport::Transport> transport,
                            const mcp::StatelessLimits& stateless) {
    if (stopping_ || sessions_.size() >= options_.clients) return false;
    Serve({engine_->root(workspace), PrincipalId(size_t{0}), {}, listen::Via::kHttp}, session_id,
          std::move(transport), stateless);
    return true;
  };
  http_->Start(
      [serve](const std::string& session_id, WorkspaceId workspace,
              std::unique_ptr<listen::HttpTransport> transport) {
        return serve(session_id, workspace, std::move(transport), {});
      },
      [serve](const std::string& session_id, WorkspaceId workspace,
              std::unique_ptr<listen::StatelessHttp> transport) {
        // Many clients behind one, which never say that they are done.
        mcp::StatelessLimits limits;
        limits.sessions = 32;
        limits.idle_session = std::chrono::minutes(10);
        return serve(session_id, workspace, std::move(transport), limits);
      });
  spdlog::info("clients are served over {} on port {}", encrypted ? "HTTPS" : "HTTP",
               http_->port());
  return {};
}

void Gateway::Run() {
  boost::system::error_code ignored;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal, ignored);
  AwaitSignal();
  io_.run();
}

void Gateway::AwaitSignal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    if (signal == SIGHUP) {
      static_cast<void>(Reload(options_.source.path));
    } else if (stopping_) {
      for (const auto& session : sessions_) session->KillServers();
    } else {
      spdlog::info("signal {}: shutting down", signal);
      Stop();
    }
    AwaitSignal();
  });
}

void Gateway::Stop() {
  stopping_ = true;
  if (socket_) socket_->Stop();
  if (http_) http_->Stop();
  for (const auto& session : sessions_) session->Stop("the gateway is shutting down");
  CheckEnd();
}

void Gateway::CheckEnd() {
  if (sessions_.empty() && (stopping_ || (!socket_ && !http_))) io_.stop();
}

}  // namespace mcplexer::commands
