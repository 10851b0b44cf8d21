// SPDX-License-Identifier: Apache-2.0
// Both eras on one connection: which one a request is of, it says itself (MCP 2026-07-28,
// basic/versioning, backward compatibility).

#ifndef MCPLEXER_RUNTIME_MCP_DUAL_ERA_H_
#define MCPLEXER_RUNTIME_MCP_DUAL_ERA_H_

#include <utility>

#include "runtime/mcp/era.h"
#include "runtime/mcp/session_era.h"
#include "runtime/mcp/stateless_era.h"

namespace mcplexer::mcp {

// Both must outlive it.
class DualEra final : public Era {
 public:
  DualEra(SessionEra& sessions, StatelessEra& stateless)
      : sessions_(sessions), stateless_(stateless) {}

  void OnRequest(const Message& request, ReplyTo reply) override {
    if (IsStateless(request)) return stateless_.OnRequest(request, reply);
    sessions_.OnRequest(request, std::move(reply));
  }
  void OnNotification(const Message& notification) override {
    if (notification.envelope.method == "notifications/cancelled" &&
        stateless_.Cancel(notification)) {
      return;
    }
    sessions_.OnNotification(notification);
  }
  // Clients of the stateless era write none.
  void OnResponse(const Message& response) override { sessions_.OnResponse(response); }
  bool AcceptsBatches() const override { return sessions_.AcceptsBatches(); }

 private:
  SessionEra& sessions_;
  StatelessEra& stateless_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_DUAL_ERA_H_
