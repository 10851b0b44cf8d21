// SPDX-License-Identifier: Apache-2.0
// The seam between reading a client's messages and what they mean: the session era (session_era.h)
// and the stateless one read the same envelopes and ask the same gateway session for the same
// things, but differ in how a conversation begins and what each message must carry.

#ifndef MCPLEXER_RUNTIME_MCP_ERA_H_
#define MCPLEXER_RUNTIME_MCP_ERA_H_

#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/mcp/client.h"

namespace mcplexer::mcp {

// A request, a notification or a response of the client. Valid during the call that it is given to.
struct Message {
  const json::Document& doc;
  const json::Envelope& envelope;
  // Some object in it has a key twice. Two readers could read it differently, so it is never
  // forwarded.
  bool ambiguous = false;
};

class Era {
 public:
  virtual void OnRequest(const Message& request, ReplyTo reply) = 0;
  virtual void OnNotification(const Message& notification) = 0;
  virtual void OnResponse(const Message& response) = 0;
  virtual bool AcceptsBatches() const = 0;

 protected:
  ~Era() = default;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_ERA_H_
