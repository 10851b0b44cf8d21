// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/gateway_session.h"

#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::mcp {

GatewaySession::GatewaySession(const plan::Plan& plan, PolicyFactory make_policy, Journal& journal,
                               downstream::Launcher& launcher, transport::Timers& timers,
                               Client& client, std::string session_id)
    : plan_(plan),
      make_policy_(std::move(make_policy)),
      journal_(journal),
      timers_(timers),
      client_(client),
      pool_(plan, launcher, timers, *this) {
  facts_.session = std::move(session_id);
}

void GatewaySession::Open(ClientInfo info) {
  MCPLEXER_CHECK(!open());
  if (!info.raw.empty()) pool_.SetClientInfo(std::move(info.raw));
  facts_.client_name = std::move(info.name);
  facts_.client_version = std::move(info.version);
  policy_ = make_policy_(facts_.client_name);
  const auto check_idle = [this] { CheckIdle(); };
  catalogue_ = std::make_unique<ToolCatalogue>(*policy_, pool_, timers_, client_, check_idle);
  calls_ =
      std::make_unique<ToolCalls>(*policy_, journal_, pool_, timers_, client_, facts_, check_idle);
}

void GatewaySession::StartEagerServers() {
  for (const Target& target : policy_->Targets()) {
    if (plan_.servers()[target.server.index()].start == plan::Start::kEager) {
      pool_.Get(target.server, target.scope).Start();
    }
  }
}

void GatewaySession::WhenIdle(std::function<void()> callback) {
  when_idle_ = std::move(callback);
  CheckIdle();
}

void GatewaySession::CheckIdle() {
  if (when_idle_ && (!open() || (calls_->idle() && catalogue_->idle()))) {
    std::exchange(when_idle_, nullptr)();
  }
}

void GatewaySession::OnToolsChanged(const downstream::Instance& instance) {
  catalogue_->OnToolsChanged(instance.options().server);
}

void GatewaySession::OnLost(const downstream::Instance& instance) {
  catalogue_->OnLost(instance.options().server);
}

}  // namespace mcplexer::mcp
