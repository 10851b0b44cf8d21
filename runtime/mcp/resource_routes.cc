// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/resource_routes.h"

#include <algorithm>
#include <utility>

#include "runtime/mcp/uri_template.h"

namespace mcplexer::mcp {

bool ResourceRoutes::MayRead(ServerId server, std::string_view uri) {
  decide::Call call;
  call.kind = plan::CallKind::kResource;
  call.name = uri;
  call.server = server;
  return policy_.Decide(call).verdict != decide::Verdict::kDeny;
}

// The policy lets the session read it from nobody. A rule that says so is worth telling.
Route ResourceRoutes::Denied(std::string_view uri) {
  for (const Target& target : targets_) {
    decide::Call call;
    call.kind = plan::CallKind::kResource;
    call.name = uri;
    call.server = target.server;
    if (targets_.size() == 1 || policy_.Decide(call).reason != decide::Reason::kDefault) {
      return {Route::Kind::kDenied, {target.server}};
    }
  }
  return {};
}

bool ResourceRoutes::Settle(std::string_view uri, std::vector<ServerId> owners, Route* route) {
  std::erase_if(owners, [&](ServerId server) { return !MayRead(server, uri); });
  if (owners.empty()) return false;
  route->kind = owners.size() == 1 ? Route::Kind::kOwner : Route::Kind::kContested;
  route->servers = std::move(owners);
  return true;
}

Route ResourceRoutes::Find(const std::string& uri, Subject subject, bool final) {
  if (std::none_of(targets_.begin(), targets_.end(),
                   [&](const Target& target) { return MayRead(target.server, uri); })) {
    return Denied(uri);
  }
  // With one server there is nothing to tell apart, and it may know more than it lists.
  if (targets_.size() == 1) return {Route::Kind::kOwner, {targets_.front().server}};
  Route route;
  if (subject == Subject::kTemplate && Settle(uri, templates_.OwnersOf(uri), &route)) return route;
  if (Settle(uri, resources_.OwnersOf(uri), &route)) return route;
  if (const auto link = links_.find(uri); link != links_.end()) {
    if (Settle(uri, link->second, &route)) return route;
  }
  if (!final && (!resources_.known() || !templates_.known())) return {Route::Kind::kUnlisted, {}};
  std::vector<ServerId> owners;
  size_t budget = kTemplateBudget;
  templates_.ForEach([&](ServerId server, const std::string& uri_template) {
    if (!owners.empty() && owners.back() == server) return;
    if (MatchesTemplate(uri_template, uri, &budget)) owners.push_back(server);
  });
  Settle(uri, std::move(owners), &route);
  return route;
}

void ResourceRoutes::Renew(const std::function<ServerId(ServerId)>& now) {
  targets_ = resources_.Targets();
  const std::list<std::string> order = std::exchange(link_order_, {});
  auto links = std::exchange(links_, {});
  for (const std::string& uri : order) {
    for (const ServerId server : links.at(uri)) AddLink(now(server), uri);
  }
}

void ResourceRoutes::AddLink(ServerId server, std::string_view uri) {
  if (targets_.size() < 2 || !server.valid() || uri.empty() || uri.size() > kMaxLinkBytes) return;
  const auto [link, added] = links_.try_emplace(std::string(uri));
  if (std::find(link->second.begin(), link->second.end(), server) == link->second.end()) {
    link->second.push_back(server);
  }
  if (!added) return;
  link_order_.emplace_back(uri);
  if (link_order_.size() > kMaxLinks) {
    links_.erase(link_order_.front());
    link_order_.pop_front();
  }
}

}  // namespace mcplexer::mcp
