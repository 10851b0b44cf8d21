// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/stdio_gateway.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/version.h"
#include "runtime/mcp/session_policy.h"

namespace mcplexer::commands {
namespace {

// A script that pipes a few requests in gets its answers; a client that has really gone costs this
// much. Clients that mean it follow up with SIGTERM after about two seconds.
constexpr std::chrono::seconds kDrainGrace{10};
// For a client that reads slowly to take its last answers.
constexpr std::chrono::seconds kFlushGrace{1};
constexpr std::chrono::milliseconds kFlushPoll{10};

std::string NewSessionId() {
  std::array<uint64_t, 2> random{};
  MCPLEXER_CHECK(::getrandom(random.data(), sizeof(random), 0) ==
                 static_cast<ssize_t>(sizeof(random)));
  return fmt::format("{:016x}{:016x}", random[0], random[1]);
}

}  // namespace

class StdioGateway::AuditJournal final : public mcp::Journal {
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

StdioGateway::StdioGateway(std::shared_ptr<const decide::Engine> engine, audit::Log& log,
                           Options options)
    : engine_(std::move(engine)),
      directory_(options.directory),
      principal_(options.principal),
      journal_(std::make_unique<AuditJournal>(log)),
      signals_(io_),
      timers_(io_),
      launcher_(io_, timers_, std::shared_ptr<const plan::Plan>(engine_, &engine_->plan()),
                LauncherOptions(options, log)),
      client_(io_, std::move(options.input), std::move(options.output)),
      connection_(client_),
      session_(
          engine_->plan(), [this](const std::string& client) { return MakePolicy(client); },
          *journal_, launcher_, timers_, connection_, NewSessionId()),
      era_(session_, connection_, std::string(kVersion)),
      grace_(timers_),
      flush_poll_(timers_) {}

StdioGateway::~StdioGateway() = default;

std::unique_ptr<mcp::Policy> StdioGateway::MakePolicy(const std::string& client_name) const {
  return std::make_unique<mcp::SessionPolicy>(engine_, directory_, principal_, client_name);
}

downstream::ProcessLauncher::Options StdioGateway::LauncherOptions(const Options& options,
                                                                   audit::Log& log) {
  downstream::ProcessLauncher::Options launcher;
  launcher.directory = options.directory;
  launcher.secrets.home = options.home;
  launcher.secrets.warn = [](std::string_view text) { spdlog::warn("{}", text); };
  launcher.on_secret = [&log](const auth::SecretString& secret) {
    log.redactor().AddSecret(secret);
  };
  return launcher;
}

void StdioGateway::Run() {
  boost::system::error_code ignored;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal, ignored);
  AwaitSignal();
  connection_.Start(era_, *this);
  io_.run();
}

void StdioGateway::AwaitSignal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    if (stopping_) {
      launcher_.KillRetired();
    } else {
      spdlog::info("signal {}: shutting down", signal);
      Stop("the gateway is shutting down");
    }
    AwaitSignal();
  });
}

void StdioGateway::OnClientClosed() {
  if (stopping_) return;
  grace_.SetAfter(kDrainGrace, [this] { Stop("the client has gone"); });
  session_.WhenIdle([this] {
    // From the loop: whoever settled the last request is still at it.
    grace_.SetAfter(transport::Duration::zero(), [this] { Stop("the client has gone"); });
  });
}

void StdioGateway::Stop(std::string_view why) {
  if (std::exchange(stopping_, true)) return;
  client_.SetReading(false);
  session_.Stop(why);
  launcher_.WhenEmpty([this] {
    grace_.SetAfter(kFlushGrace, [this] { io_.stop(); });
    Finish();
  });
}

void StdioGateway::Finish() {
  if (client_.QueuedBytes() == 0) {
    io_.stop();
    return;
  }
  flush_poll_.SetAfter(kFlushPoll, [this] { Finish(); });
}

}  // namespace mcplexer::commands
