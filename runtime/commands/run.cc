// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "runtime/audit/log.h"
#include "runtime/audit/recover.h"
#include "runtime/base/version.h"
#include "runtime/commands/gateway.h"
#include "runtime/commands/log_setup.h"
#include "runtime/commands/plan_source.h"
#include "runtime/commands/state_directory.h"
#include "runtime/commands/trust_option.h"
#include "runtime/json/utf8.h"

namespace mcplexer::commands {
namespace {

using transport::UniqueFd;

constexpr int kServed = 0;
constexpr int kUnusable = 2;

struct RunOptions {
  std::string plan;
  bool stdio = false;
  std::string socket;
  std::string http;
  std::string tls_certificate;
  std::string tls_key;
  std::string directory;
  std::string principal;
  std::string state;
  TrustOption trust;
};

Result<std::string> Canonical(const std::string& path) {
  std::string resolved(PATH_MAX, '\0');
  if (::realpath(path.c_str(), resolved.data()) == nullptr) {
    return Fail(fmt::format("`{}`: {}", path, std::strerror(errno)));
  }
  resolved.resize(std::strlen(resolved.c_str()));
  return resolved;
}

// The path as it was given, symbolic links and all: what it leads to may change, and that is how a
// plan is exchanged.
std::string AbsolutePath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.string();
}

// Where sessions are: a directory that exists, by its canonical name. What is proven of a policy is
// proven of names in UTF-8.
Result<std::string> SessionDirectory(const std::string& path) {
  auto directory = Canonical(path);
  if (directory && ::access((*directory + "/.").c_str(), F_OK) != 0) {
    return Fail(fmt::format("`{}` is not a directory", path));
  }
  if (directory && !json::IsUtf8(*directory)) {
    return Fail("the name of the session's directory is not UTF-8");
  }
  return directory;
}

// What `~` stands for; empty where nothing does.
std::string Home() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return {};
  return Canonical(home).value_or(home);
}

// Our standard streams, taken away from everything else in this process: a library that prints
// writes to stderr, one that reads finds nothing. Their flags are restored at the end, because a
// terminal shares them with the shell.
class StandardStreams {
 public:
  StandardStreams()
      : input_(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)),
        output_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)),
        input_flags_(::fcntl(input_.get(), F_GETFL)),
        output_flags_(::fcntl(output_.get(), F_GETFL)) {
    const UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (null.valid()) ::dup2(null.get(), STDIN_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  ~StandardStreams() {
    if (input_flags_ >= 0) ::fcntl(input_.get(), F_SETFL, input_flags_);
    if (output_flags_ >= 0) ::fcntl(output_.get(), F_SETFL, output_flags_);
  }
  StandardStreams(const StandardStreams&) = delete;
  StandardStreams& operator=(const StandardStreams&) = delete;

  UniqueFd Input() const { return Duplicate(input_); }
  UniqueFd Output() const { return Duplicate(output_); }

 private:
  static UniqueFd Duplicate(const UniqueFd& fd) {
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  }

  const UniqueFd input_;
  const UniqueFd output_;
  const int input_flags_;
  const int output_flags_;
};

// Makes sure that 0, 1 and 2 are open, so that no other descriptor gets their number.
void OpenMissingStreams() {
  int fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  while (fd >= 0 && fd <= STDERR_FILENO) {
    ::fcntl(fd, F_SETFD, 0);
    fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  }
  if (fd >= 0) ::close(fd);
}

// Seals what gateways that died left, beside the calls.
class Recovery {
 public:
  explicit Recovery(std::string directory)
      : thread_([path = std::move(directory)] {
          const auto recovered = audit::RecoverStreams(path);
          if (!recovered) {
            spdlog::warn("earlier audit streams were not looked at: {}", recovered.error().message);
            return;
          }
          for (const audit::RecoveredStream& stream : *recovered) {
            if (!stream.problem.empty()) {
              spdlog::warn("audit stream {}: {}", stream.stream, stream.problem);
            }
          }
        }) {}
  ~Recovery() { thread_.join(); }
  Recovery(const Recovery&) = delete;
  Recovery& operator=(const Recovery&) = delete;

 private:
  std::thread thread_;
};

Result<std::shared_ptr<listen::TlsIdentity>> Identity(const RunOptions& options) {
  if (options.tls_certificate.empty()) return nullptr;
  return listen::TlsIdentity::Load(options.tls_certificate, options.tls_key);
}

Status Serve(const RunOptions& options) {
  const auto trust = options.trust.Read();
  if (!trust) return tl::unexpected(trust.error());
  const PlanSource source{AbsolutePath(options.plan), *trust, Home(), options.principal};
  const auto engine = source.Load();
  if (!engine) return tl::unexpected(engine.error());
  const bool stdio = options.stdio || (options.socket.empty() && options.http.empty());
  if (!stdio && !options.directory.empty()) {
    return Fail("--dir is for a client on stdin; others have a directory of their own");
  }
  auto directory = SessionDirectory(options.directory.empty() ? "." : options.directory);
  if (!directory) return tl::unexpected(directory.error());
  auto tls = Identity(options);
  if (!tls) return tl::unexpected(tls.error());
  auto state = options.state.empty() ? DefaultStateDirectory() : Result<std::string>(options.state);
  if (!state) return tl::unexpected(state.error());

  audit::LogOptions log_options;
  log_options.directory = *state + "/audit";
  log_options.program_version = std::string(kVersion);
  auto log = audit::Log::Open(std::move(log_options));
  if (!log) return tl::unexpected(log.error());
  const std::string described = Described((*engine)->plan());
  if (auto told = (*log)->AppendEvent({.name = "plan_loaded", .detail = described}); !told) {
    return tl::unexpected(told.error());
  }
  spdlog::info("plan {}", described);

  const StandardStreams streams;
  const Recovery recovery(*state + "/audit");
  Gateway gateway(*engine, **log, {source, *state});
  if (auto known = gateway.ListenForCommands(); !known) {
    spdlog::warn("`mcplexer status` does not see this gateway: {}", known.error().message);
  }
  if (!options.socket.empty()) {
    if (auto listening = gateway.ListenOnSocket(options.socket); !listening) return listening;
  }
  if (!options.http.empty()) {
    auto listening = gateway.ListenOnHttp(options.http, std::move(*tls));
    if (!listening) return listening;
  }
  if (stdio) gateway.ServeStreams(streams.Input(), streams.Output(), *directory);
  gateway.Run();
  if (auto closed = (*log)->Close(); !closed) spdlog::error("{}", closed.error().message);
  return {};
}

}  // namespace

void AddRun(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Serve MCP clients under a compiled plan");
  command->footer(
      "Examples: mcplexer run policy.plan --dir ~/work/acme\n"
      "          mcplexer run policy.plan --socket $XDG_RUNTIME_DIR/mcplexer/gateway.sock\n"
      "          mcplexer run policy.plan --trust /etc/mcplexer/trusted.pub");
  command->add_option("PLAN", options->plan, "Compiled plan")->required();
  command->add_flag("--stdio", options->stdio, "Serve stdin and stdout (the default)");
  command->add_option("--socket", options->socket,
                      "Serve clients on this Unix socket, each in its own directory");
  CLI::Option* http = command->add_option(
      "--http", options->http,
      "Serve clients over HTTP on ADDR:PORT of this machine, at /w/WORKSPACE/mcp");
  CLI::Option* certificate =
      command->add_option("--tls-certificate", options->tls_certificate,
                          "Serve them over HTTPS, with this certificate (PEM, with its chain)");
  CLI::Option* key =
      command->add_option("--tls-key", options->tls_key,
                          "Its private key (PEM), in a file that only its owner may read");
  certificate->needs(http, key);
  key->needs(certificate);
  command->add_option("--dir", options->directory,
                      "Directory the client on stdin works in (default: the current one)");
  command->add_option("--as", options->principal,
                      "Principal that clients act as (default on a socket: that of their user)");
  command->add_option("--state", options->state, "Directory for the audit log");
  options->trust.AddTo(*command);
  command->callback([options, &exit_code] {
    OpenMissingStreams();
    std::signal(SIGPIPE, SIG_IGN);  // a peer that is gone is an error of write
    std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may not grow
    SetUpLog("mcplexer", "info");
    const Status served = Serve(*options);
    if (!served) std::fprintf(stderr, "mcplexer: %s\n", served.error().message.c_str());
    exit_code = served ? kServed : kUnusable;
  });
}

}  // namespace mcplexer::commands
