// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/client_session.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/version.h"
#include "runtime/mcp/session_policy.h"

namespace mcplexer::listen {
namespace {

// A script that pipes a few requests in gets its answers; a client that has really gone costs this
// much. Clients that mean it follow up with SIGTERM after about two seconds.
constexpr std::chrono::seconds kDrainGrace{10};
// For a client that reads slowly to take its last answers.
constexpr std::chrono::seconds kFlushGrace{1};
constexpr std::chrono::milliseconds kFlushPoll{10};

downstream::ServerLauncher::Options LauncherOptions(const SessionHost& host,
                                                    const std::string& directory) {
  downstream::ServerLauncher::Options launcher;
  launcher.processes.directory = directory;
  launcher.processes.secrets.home = host.home;
  launcher.processes.secrets.warn = [](std::string_view text) { spdlog::warn("{}", text); };
  launcher.processes.on_secret = host.on_secret;
  launcher.eras = host.eras;
  return launcher;
}

mcp::GatewaySession::PolicyFactory MakePolicies(std::shared_ptr<const decide::Engine> engine,
                                                const Identity& identity) {
  return [engine = std::move(engine), identity](const std::string& client_name) {
    return std::make_unique<mcp::SessionPolicy>(engine, identity.directory, identity.principal,
                                                client_name);
  };
}

}  // namespace

std::string NewSessionId() {
  std::array<uint64_t, 2> random{};
  MCPLEXER_CHECK(::getrandom(random.data(), sizeof(random), 0) ==
                 static_cast<ssize_t>(sizeof(random)));
  return fmt::format("{:016x}{:016x}", random[0], random[1]);
}

ClientSession::ClientSession(const SessionHost& host, const Identity& identity,
                             std::string session_id, std::unique_ptr<transport::Transport> client,
                             const mcp::StatelessLimits& stateless)
    : io_(host.io),
      engine_(host.engine),
      identity_(identity),
      launcher_(host.io, host.timers,
                std::shared_ptr<const plan::Plan>(host.engine, &host.engine->plan()),
                LauncherOptions(host, identity.directory)),
      client_(std::move(client)),
      connection_(*client_),
      session_(host.engine->plan(), MakePolicies(host.engine, identity), host.journal, launcher_,
               host.timers, connection_, std::move(session_id)),
      session_era_(session_, connection_, std::string(kVersion)),
      stateless_({&host.engine->plan(), MakePolicies(host.engine, identity), host.journal,
                  launcher_, host.timers, NewSessionId, std::string(kVersion)},
                 connection_, stateless),
      era_(session_era_, stateless_),
      grace_(host.timers),
      flush_poll_(host.timers) {}

ClientSession::~ClientSession() = default;

void ClientSession::Start(std::function<void()> ended) {
  ended_ = std::move(ended);
  connection_.Start(era_, *this);
}

void ClientSession::Renew(std::shared_ptr<const decide::Engine> engine, PrincipalId principal) {
  if (stopping_) return;
  identity_.principal = principal;
  launcher_.SetPlan(std::shared_ptr<const plan::Plan>(engine, &engine->plan()));
  session_.Renew(engine->plan(), MakePolicies(engine, identity_));
  stateless_.Renew(engine->plan(), MakePolicies(engine, identity_));
  engine_ = std::move(engine);
}

void ClientSession::ForEachSession(
    const std::function<void(const mcp::GatewaySession&)>& visit) const {
  size_t stateless = 0;
  stateless_.ForEach([&](const mcp::GatewaySession& session) {
    ++stateless;
    visit(session);
  });
  if (session_.open() || stateless == 0) visit(session_);
}

void ClientSession::OnClientClosed() {
  session_.OnClientGone();
  stateless_.OnClientGone();
  if (stopping_) return;
  grace_.SetAfter(kDrainGrace, [this] { Stop("the client has gone"); });
  session_.WhenIdle([this] {
    stateless_.WhenIdle([this] {
      // From the loop: whoever settled the last request is still at it.
      grace_.SetAfter(transport::Duration::zero(), [this] { Stop("the client has gone"); });
    });
  });
}

void ClientSession::Stop(std::string_view why) {
  if (std::exchange(stopping_, true)) return;
  client_->SetReading(false);
  session_.Stop(why);
  stateless_.Stop(why);
  launcher_.WhenEmpty([this] {
    grace_.SetAfter(kFlushGrace, [this] { End(); });
    Flush();
  });
}

void ClientSession::Flush() {
  if (client_->QueuedBytes() == 0) return End();
  flush_poll_.SetAfter(kFlushPoll, [this] { Flush(); });
}

void ClientSession::End() {
  grace_.Cancel();
  flush_poll_.Cancel();
  // From the loop: who called this is part of what goes.
  if (ended_) boost::asio::post(io_, std::exchange(ended_, nullptr));
}

}  // namespace mcplexer::listen
