// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/subscriptions.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/downstream/definition.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/own_request.h"

namespace mcplexer::mcp {
namespace {

void Tell(downstream::Instance& instance, std::string_view method, const std::string& uri) {
  SendOwnRequest(instance, method, fmt::format(R"({{"uri":{}}})", json::EscapeString(uri)),
                 &downstream::Offers::subscriptions);
}

}  // namespace

void Subscriptions::Add(downstream::Instance& instance, const std::string& uri) {
  auto& uris = by_instance_[&instance];
  if (uris.empty()) instance.Hold();
  if (uris.insert(uri).second) ++count_;
}

void Subscriptions::Remove(downstream::Instance& instance, const std::string& uri) {
  const auto at = by_instance_.find(&instance);
  if (at == by_instance_.end() || at->second.erase(uri) == 0) return;
  --count_;
  if (!at->second.empty()) return;
  by_instance_.erase(at);
  instance.Release();
}

std::optional<ServerId> Subscriptions::OwnerOf(const std::string& uri) const {
  for (const auto& [instance, uris] : by_instance_) {
    if (uris.contains(uri)) return instance->options().server;
  }
  return std::nullopt;
}

bool Subscriptions::Covers(downstream::Instance& instance, std::string_view uri) const {
  const auto at = by_instance_.find(&instance);
  if (at == by_instance_.end()) return false;
  for (const std::string& subscribed : at->second) {
    if (uri.starts_with(subscribed)) return true;
  }
  return false;
}

void Subscriptions::Renew(Policy& policy, downstream::Pool& pool) {
  const auto before = std::exchange(by_instance_, {});
  count_ = 0;
  for (const auto& [instance, uris] : before) {
    decide::Call call;
    call.kind = plan::CallKind::kResource;
    call.server = downstream::FindServer(policy.plan(), instance->options().name);
    for (const std::string& uri : uris) {
      call.name = uri;
      const bool known = call.server.valid();
      const decide::Decision decision = known ? policy.Decide(call) : decide::Decision();
      if (decision.verdict != decide::Verdict::kAllow) {
        if (instance->ready() && !instance->leaving())
          Tell(*instance, "resources/unsubscribe", uri);
        continue;
      }
      downstream::Instance& now = pool.Get(decision.server, decision.scope);
      Add(now, uri);
      if (&now == instance) continue;
      if (now.ready()) Tell(now, "resources/subscribe", uri);
      now.Start();  // and then it is told of all
    }
    instance->Release();
  }
}

void Subscriptions::OnReady(downstream::Instance& instance) const {
  const auto at = by_instance_.find(&instance);
  if (at == by_instance_.end()) return;
  for (const std::string& uri : at->second) {
    Tell(instance, "resources/subscribe", uri);
  }
}

}  // namespace mcplexer::mcp
