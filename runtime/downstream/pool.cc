// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/pool.h"

#include "runtime/downstream/definition.h"

namespace mcplexer::downstream {

InstanceOptions Pool::OptionsOf(ServerId server, ScopeId scope) const {
  const plan::ServerRecord& record = plan_->servers()[server.index()];
  InstanceOptions options;
  options.server = server;
  options.scope = scope;
  options.name = plan_->text(record.name);
  options.name_space = plan_->text(record.name_space);
  if (scope.valid()) options.scope_name = plan_->text(plan_->scopes()[scope.index()].name);
  options.client_info = client_info_;
  options.client_capabilities = client_capabilities_;
  options.restart = record.restart;
  options.idle_timeout = std::chrono::milliseconds(record.idle_timeout_ms);
  return options;
}

Instance& Pool::Get(ServerId server, ScopeId scope) {
  std::unique_ptr<Instance>& instance = instances_[{server, scope}];
  if (!instance) {
    instance = std::make_unique<Instance>(OptionsOf(server, scope), launcher_, timers_, observer_);
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
  for (const auto& instance : leaving_) visit(*instance);
}

void Pool::Renew(const plan::Plan& next, const std::function<bool(ServerId)>& wanted) {
  const plan::Plan& before = *plan_;
  auto instances = std::exchange(instances_, {});
  plan_ = &next;
  for (auto& [key, instance] : instances) {
    const auto [old_server, old_scope] = key;
    const ServerId server = FindServer(next, instance->options().name);
    const ScopeId scope =
        old_scope.valid() ? FindScope(next, instance->options().scope_name) : ScopeId();
    const bool same =
        server.valid() && scope.valid() == old_scope.valid() && wanted(server) &&
        DefinitionOf(next, server, scope) == DefinitionOf(before, old_server, old_scope);
    if (same) {
      const plan::ServerRecord& record = next.servers()[server.index()];
      instance->Rebind(server, scope, record.restart,
                       std::chrono::milliseconds(record.idle_timeout_ms));
      instances_.emplace(std::make_pair(server, scope), std::move(instance));
    } else {
      const plan::ServerRecord& record = before.servers()[old_server.index()];
      LetLeave(std::move(instance), std::chrono::milliseconds(record.call_timeout_ms));
    }
  }
}

void Pool::LetLeave(std::unique_ptr<Instance> instance, std::chrono::milliseconds call_timeout) {
  const auto at = leaving_.emplace(leaving_.end(), std::move(instance));
  (*at)->Leave(kLeavePatience * call_timeout, [this, at] {
    observer_.OnLeft(**at);
    leaving_.erase(at);
  });
}

void Pool::SetReading(bool on) {
  reading_ = on;
  ForEach([on](Instance& instance) { instance.SetReading(on); });
}

void Pool::Stop(std::string_view why) {
  ForEach([why](Instance& instance) { instance.Stop(why); });
}

}  // namespace mcplexer::downstream
