// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/subscriptions.h"

#include <fmt/format.h>

#include "runtime/json/writer.h"
#include "runtime/mcp/own_request.h"

namespace mcplexer::mcp {

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

void Subscriptions::OnReady(downstream::Instance& instance) const {
  const auto at = by_instance_.find(&instance);
  if (at == by_instance_.end()) return;
  for (const std::string& uri : at->second) {
    SendOwnRequest(instance, "resources/subscribe",
                   fmt::format(R"({{"uri":{}}})", json::EscapeString(uri)),
                   &downstream::Offers::subscriptions);
  }
}

}  // namespace mcplexer::mcp
