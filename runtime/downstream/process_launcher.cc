// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/process_launcher.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "runtime/downstream/child_environment.h"

namespace mcplexer::downstream {
namespace {

// An absolute `cwd` as it is, one below `~` or relative to the session's directory resolved.
Result<std::string> Directory(std::string_view cwd, const std::string& session,
                              const std::string& home) {
  if (cwd.empty()) return session;
  if (cwd.front() == '/') return std::string(cwd);
  if (cwd == "~" || cwd.starts_with("~/")) {
    if (home.empty()) return Fail(fmt::format("there is no home directory for `cwd` `{}`", cwd));
    return home + std::string(cwd.substr(1));
  }
  return fmt::format("{}/{}", session, cwd);
}

}  // namespace

ProcessLauncher::ProcessLauncher(boost::asio::io_context& io, transport::Timers& timers,
                                 std::shared_ptr<const plan::Plan> plan, Options options)
    : io_(io), timers_(timers), plan_(std::move(plan)), options_(std::move(options)) {}

Result<std::unique_ptr<Peer>> ProcessLauncher::Launch(ServerId server, ScopeId scope) {
  const plan::ServerRecord& record = plan_->servers()[server.index()];
  const std::string name(plan_->text(record.name));
  Command command;
  for (const plan::StringRef& argument :
       plan_->string_refs().subspan(record.command.begin, record.command.count)) {
    command.arguments.emplace_back(plan_->text(argument));
  }
  auto directory = Directory(plan_->text(record.cwd), options_.directory, options_.secrets.home);
  if (!directory) return tl::unexpected(directory.error());
  command.directory = std::move(*directory);

  auto mask = std::make_shared<Mask>();
  auto environment = ChildEnvironment::Create(*plan_, server, scope, options_.secrets,
                                              [&](auth::SecretString secret) {
                                                if (options_.on_secret) options_.on_secret(secret);
                                                mask->Add(std::move(secret));
                                              });
  if (!environment) return tl::unexpected(environment.error());
  command.environment.swap(environment->variables());
  auto child = Spawn(command, options_.entry);
  command.environment.swap(environment->variables());  // back, to be wiped
  if (!child) return tl::unexpected(child.error());
  spdlog::info("server `{}` started as process {}", name, child->pid);
  return std::make_unique<ChildProcess>(io_, timers_, std::move(*child), name, std::move(mask),
                                        options_.times);
}

void ProcessLauncher::Retire(std::unique_ptr<Peer> peer) {
  // All peers were made by Launch.
  auto* process = static_cast<ChildProcess*>(peer.release());
  const auto at = retired_.emplace(retired_.end(), process);
  process->Shutdown([this, at] {
    retired_.erase(at);
    CheckEmpty();
  });
}

void ProcessLauncher::WhenEmpty(std::function<void()> callback) {
  when_empty_ = std::move(callback);
  boost::asio::post(io_, [this] { CheckEmpty(); });
}

void ProcessLauncher::KillRetired() {
  for (const auto& process : retired_) process->Kill();
}

void ProcessLauncher::CheckEmpty() {
  if (retired_.empty() && when_empty_) std::exchange(when_empty_, nullptr)();
}

}  // namespace mcplexer::downstream
