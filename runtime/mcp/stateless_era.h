// SPDX-License-Identifier: Apache-2.0
// The stateless era of MCP, 2026-07-28, towards a client: each message says in `_meta` which
// version it is of, who sends it and what that client can do, and is served by itself. What serves
// it is a session of the gateway all the same (stateless_session.h), one for all messages that
// introduce their client alike; nothing of it is known to the client.

#ifndef MCPLEXER_RUNTIME_MCP_STATELESS_ERA_H_
#define MCPLEXER_RUNTIME_MCP_STATELESS_ERA_H_

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/mcp/client.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/stateless_session.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// One thread. The references in `host` and the client must outlive it.
class StatelessEra {
 public:
  StatelessEra(StatelessHost host, Client& client, const StatelessLimits& limits = {});

  // A request that IsStateless.
  void OnRequest(const Message& request, const ReplyTo& reply);
  // notifications/cancelled; false when it is about none of the requests that are open here.
  bool Cancel(const Message& notification);
  // As GatewaySession::Renew.
  void Renew(const plan::Plan& next, GatewaySession::PolicyFactory make_policy);
  void OnClientGone();
  void SetReading(bool on);
  // `callback` runs as soon as no request is open, perhaps before this returns.
  void WhenIdle(std::function<void()> callback);
  void Stop(std::string_view why);
  // For whoever asks how it is.
  void ForEach(const std::function<void(const GatewaySession&)>& visit) const;

 private:
  struct Entry {
    std::string introduction;
    std::unique_ptr<StatelessSession> session;
  };

  // Null when it was refused.
  StatelessSession* SessionOf(const Message& request, const ReplyTo& reply,
                              const StatelessMeta& meta);
  bool MakeRoom();
  void Sweep();
  void CheckIdle();
  void Refuse(const ReplyTo& reply, int code, std::string_view why, std::string_view data = {});

  StatelessHost host_;
  const StatelessLimits limits_;
  Client& client_;
  const RequestStates states_;
  bool reading_ = true;
  bool stopped_ = false;
  std::function<void()> when_idle_;
  transport::Timer sweep_;
  std::list<Entry> sessions_;  // the one used last at the end
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_STATELESS_ERA_H_
