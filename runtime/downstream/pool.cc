// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/pool.h"

namespace mcplexer::downstream {

Instance& Pool::Get(ServerId server, ScopeId scope) {
  std::unique_ptr<Instance>& instance = instances_[{server, scope}];
  if (!instance) {
    const plan::ServerRecord& record = plan_.servers()[server.index()];
    InstanceOptions options;
    options.server = server;
    options.scope = scope;
    options.name = plan_.text(record.name);
    options.client_info = client_info_;
    options.client_capabilities = client_capabilities_;
    options.restart = record.restart;
    options.idle_timeout = std::chrono::milliseconds(record.idle_timeout_ms);
    instance = std::make_unique<Instance>(std::move(options), launcher_, timers_, observer_);
    instance->SetReading(reading_);
  }
  return *instance;
}

Instance* Pool::FindRunning(ServerId server) const {
  for (auto at = instances_.lower_bound({server, ScopeId(uint32_t{0})});
       at != instances_.end() && at->first.first == server; ++at) {
    if (at->second->running()) return at->second.get();
  }
  return nullptr;
}

Instance* Pool::Find(ServerId server, ScopeId scope) const {
  const auto at = instances_.find({server, scope});
  return at == instances_.end() ? nullptr : at->second.get();
}

void Pool::ForEach(const std::function<void(Instance&)>& visit) const {
  for (const auto& [key, instance] : instances_) visit(*instance);
}

void Pool::SetReading(bool on) {
  reading_ = on;
  for (const auto& [key, instance] : instances_) instance->SetReading(on);
}

void Pool::Stop(std::string_view why) {
  for (const auto& [key, instance] : instances_) instance->Stop(why);
}

}  // namespace mcplexer::downstream
