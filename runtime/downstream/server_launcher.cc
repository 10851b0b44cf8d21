// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/server_launcher.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace mcplexer::downstream {

ServerLauncher::ServerLauncher(boost::asio::io_context& io, transport::Timers& timers,
                               std::shared_ptr<const plan::Plan> plan, Options options)
    : io_(io),
      timers_(timers),
      plan_(std::move(plan)),
      options_(std::move(options)),
      processes_(io, timers, plan_, options_.processes) {}

Result<std::unique_ptr<Peer>> ServerLauncher::Launch(ServerId server, ScopeId scope) {
  const plan::ServerRecord& record = plan_->servers()[server.index()];
  if (record.transport == plan::Transport::kHttp) return Connect(record, scope);
  return processes_.Launch(server, scope);
}

Result<std::unique_ptr<Peer>> ServerLauncher::Connect(const plan::ServerRecord& server,
                                                      ScopeId scope) {
  HttpPeerOptions peer;
  auto url = transport::ParseHttpUrl(plan_->text(server.url));
  if (!url) return tl::unexpected(url.error());
  peer.url = std::move(*url);
  peer.server = plan_->text(server.name);
  peer.limits = options_.http;
  if (scope.valid()) {
    const auth::ResolveContext& secrets = options_.processes.secrets;
    if (!peer.url.encrypted && !peer.url.local) {
      return Fail("credentials would cross the network unencrypted; use `https://`");
    }
    auto headers = auth::ResolveHeaders(*plan_, scope, secrets);
    if (!headers) return tl::unexpected(headers.error());
    for (const auth::HttpHeader& header : *headers) {
      if (!IsReservedHeader(header.name)) continue;
      return Fail(fmt::format("scope `{}`: header `{}` belongs to the protocol",
                              plan_->text(plan_->scopes()[scope.index()].name), header.name));
    }
    peer.headers = std::move(*headers);
    auto told = auth::ForEachSecret(*plan_, scope, secrets, [this](const auth::SecretString& one) {
      if (options_.processes.on_secret) options_.processes.on_secret(one);
    });
    if (!told) return tl::unexpected(told.error());
  }
  if (!sockets_) {
    auto sockets = transport::HttpSockets::Create(io_, options_.ca_file);
    if (!sockets) return tl::unexpected(sockets.error());
    sockets_ = std::move(*sockets);
  }
  spdlog::info("server `{}` is connected to", peer.server);
  return std::make_unique<HttpPeer>(io_, timers_, *sockets_, std::move(peer));
}

void ServerLauncher::Retire(std::unique_ptr<Peer> peer) {
  if (dynamic_cast<HttpPeer*>(peer.get()) == nullptr) return processes_.Retire(std::move(peer));
  const auto at = retired_.emplace(retired_.end(), dynamic_cast<HttpPeer*>(peer.release()));
  (*at)->Shutdown([this, at] {
    retired_.erase(at);
    CheckEmpty();
  });
}

void ServerLauncher::SetPlan(std::shared_ptr<const plan::Plan> plan) {
  plan_ = std::move(plan);
  processes_.SetPlan(plan_);
}

void ServerLauncher::WhenEmpty(std::function<void()> callback) {
  when_empty_ = std::move(callback);
  processes_.WhenEmpty([this] {
    processes_gone_ = true;
    CheckEmpty();
  });
}

void ServerLauncher::KillRetired() {
  processes_.KillRetired();
  for (const auto& peer : retired_) peer->Kill();
}

void ServerLauncher::CheckEmpty() {
  if (processes_gone_ && retired_.empty() && when_empty_) std::exchange(when_empty_, nullptr)();
}

}  // namespace mcplexer::downstream
