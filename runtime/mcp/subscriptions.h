// SPDX-License-Identifier: Apache-2.0
// The resources that the client has subscribed to, each at one server. A server with subscriptions
// is not stopped for want of use; one that went away is subscribed to again when it is next there.

#ifndef MCPLEXER_RUNTIME_MCP_SUBSCRIPTIONS_H_
#define MCPLEXER_RUNTIME_MCP_SUBSCRIPTIONS_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/policy.h"

namespace mcplexer::mcp {

// One thread. The instances that it is told of must outlive its use.
class Subscriptions {
 public:
  // A client subscribes to what it shows. Each is kept, so there has to be a bound.
  static constexpr size_t kMax = 1024;

  bool full() const { return count_ >= kMax; }
  // When the server has agreed.
  void Add(downstream::Instance& instance, const std::string& uri);
  void Remove(downstream::Instance& instance, const std::string& uri);
  // Where the client has subscribed to it, if it has.
  std::optional<ServerId> OwnerOf(const std::string& uri) const;
  // Whether the client has asked this server to hear of changes of the resource: of itself, or of
  // one that it is a part of (MCP server/resources, `notifications/resources/updated`).
  bool Covers(downstream::Instance& instance, std::string_view uri) const;
  void OnReady(downstream::Instance& instance) const;
  // Another policy has come into force, and the pool is its own: each subscription goes to where
  // reading the resource would go now, and one that is not allowed any more is ended.
  void Renew(Policy& policy, downstream::Pool& pool);

 private:
  std::map<downstream::Instance*, std::set<std::string, std::less<>>> by_instance_;
  size_t count_ = 0;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_SUBSCRIPTIONS_H_
