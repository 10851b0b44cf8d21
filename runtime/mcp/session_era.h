// SPDX-License-Identifier: Apache-2.0
// The session era of MCP, 2024-11-05 to 2025-11-25, towards a client: a conversation begins with
// `initialize` and keeps its state. `initialize` and `ping` are answered here and at once; no
// server is started before something needs one.
//
// What the gateway advertises has to be known before any server is: it is what the policy could let
// this client do. A server that does not offer it has none, so its lists are empty. What the
// gateway does not carry it does not advertise, and answers as a method it does not have.

#ifndef MCPLEXER_RUNTIME_MCP_SESSION_ERA_H_
#define MCPLEXER_RUNTIME_MCP_SESSION_ERA_H_

#include <string>
#include <string_view>

#include "runtime/mcp/client.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/gateway_session.h"

namespace mcplexer::mcp {

class SessionEra final : public Era {
 public:
  // Both must outlive it. `version` is the gateway's own.
  SessionEra(GatewaySession& session, Client& client, std::string version)
      : session_(session), client_(client), gateway_version_(std::move(version)) {}

  void OnRequest(const Message& request, ReplyTo reply) override;
  void OnNotification(const Message& notification) override;
  void OnResponse(const Message& response) override;
  bool AcceptsBatches() const override;

 private:
  void Initialize(const Message& request, const ReplyTo& reply);
  std::string Capabilities() const;
  void List(ItemKind kind, const Message& request, const ReplyTo& reply);
  void RefuseCursor(const ReplyTo& reply);
  void Refuse(const ReplyTo& reply, int code, std::string_view message);

  GatewaySession& session_;
  Client& client_;
  const std::string gateway_version_;
  std::string_view version_;  // negotiated; empty before
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_SESSION_ERA_H_
