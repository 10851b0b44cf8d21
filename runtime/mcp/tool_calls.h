// SPDX-License-Identifier: Apache-2.0
// tools/call: decided, put on the record, forwarded, answered.
//
// The order is the point. A call is decided on the bytes that would be forwarded; what two readers
// could read differently is refused before that. The intent is in the log before the server hears
// of the call, and a log that cannot be written stops it. The answer goes to the client before its
// outcome is logged: should we die in between, the log says `interrupted`, which is the safe side.
//
// Of a request three spans change: its id, its name (the server's own in place of `ns__name`) and
// its progress token; of a response the id; of a progress notification the token. All other bytes
// pass as they are.

#ifndef MCPLEXER_RUNTIME_MCP_TOOL_CALLS_H_
#define MCPLEXER_RUNTIME_MCP_TOOL_CALLS_H_

#include <functional>
#include <list>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/policy.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// How the client introduced itself, and our own name for the session.
struct SessionFacts {
  std::string session;
  std::string client_name;
  std::string client_version;
};

// Codes of JSON-RPC's range for servers, as the SDKs use them.
inline constexpr int kConnectionClosedCode = -32000;
inline constexpr int kRequestTimeoutCode = -32001;

// One thread. All parameters must outlive it.
class ToolCalls {
 public:
  // `on_settled` runs after each call that was forwarded has come to its end.
  ToolCalls(Policy& policy, Journal& journal, downstream::Pool& pool, transport::Timers& timers,
            Client& client, const SessionFacts& facts, std::function<void()> on_settled);
  ~ToolCalls();

  void Call(const Message& request, const ReplyTo& reply);
  // notifications/cancelled: reaches the server that has the request, under the id it knows.
  void Cancel(const Message& notification);

  bool idle() const { return open_.empty(); }

 private:
  class Forwarded;

  // Writes the refusal down and answers it as invalid parameters.
  void RefuseArguments(const audit::Intent& intent, const ReplyTo& reply, std::string_view why);
  void Deny(const audit::Intent& intent, const decide::Decision& decision, const ReplyTo& reply);
  void Forward(const Message& request, const ReplyTo& reply, const decide::Decision& decision,
               uint64_t intent);
  audit::Intent MakeIntent(std::string_view name, std::string_view arguments) const;
  void AppendOutcome(const audit::Outcome& outcome);

  Policy& policy_;
  Journal& journal_;
  downstream::Pool& pool_;
  transport::Timers& timers_;
  Client& client_;
  const SessionFacts& facts_;
  const std::function<void()> on_settled_;
  std::string name_scratch_;
  std::list<Forwarded*> open_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_TOOL_CALLS_H_
