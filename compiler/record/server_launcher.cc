// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/server_launcher.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace mcplexer::record {

ServerLauncher::ServerLauncher(boost::asio::io_context& io, transport::Timers& timers,
                               std::shared_ptr<const plan::Plan> plan, Options options)
    : io_(io),
      plan_(std::move(plan)),
      options_(std::move(options)),
      processes_(io, timers, plan_, options_.processes) {}

Result<std::unique_ptr<downstream::Peer>> ServerLauncher::Launch(ServerId server, ScopeId scope) {
  const plan::ServerRecord& record = plan_->servers()[server.index()];
  if (record.transport == plan::Transport::kHttp) return Connect(record, scope);
  return processes_.Launch(server, scope);
}

Result<std::unique_ptr<downstream::Peer>> ServerLauncher::Connect(const plan::ServerRecord& server,
                                                                  ScopeId scope) {
  HttpOptions options;
  auto url = ParseHttpUrl(plan_->text(server.url));
  if (!url) return tl::unexpected(url.error());
  options.url = std::move(*url);
  options.patience = options_.patience;
  if (scope.valid()) {
    if (!options.url.encrypted && !options.url.local) {
      return Fail("credentials would cross the network unencrypted; use `https://`");
    }
    auto headers = auth::ResolveHeaders(*plan_, scope, options_.processes.secrets);
    if (!headers) return tl::unexpected(headers.error());
    options.headers = std::move(*headers);
  }
  return std::make_unique<HttpPeer>(io_, std::move(options));
}

void ServerLauncher::Retire(std::unique_ptr<downstream::Peer> peer) {
  if (auto* http = dynamic_cast<HttpPeer*>(peer.get()); http != nullptr) {
    http->Close();
    retired_.emplace_back(dynamic_cast<HttpPeer*>(peer.release()));
    return;
  }
  processes_.Retire(std::move(peer));
}

}  // namespace mcplexer::record
