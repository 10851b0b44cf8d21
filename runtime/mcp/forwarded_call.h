// SPDX-License-Identifier: Apache-2.0
// A tools/call that a server has been given. Internal to ToolCalls.

#ifndef MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_
#define MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_

#include <cstdint>
#include <list>
#include <string>

#include "runtime/downstream/exchange.h"
#include "runtime/downstream/instance.h"
#include "runtime/mcp/tool_calls.h"

namespace mcplexer::mcp {

// Owned by the instance it was sent to; on the list of open calls until it is settled.
class ToolCalls::Forwarded final : public downstream::Exchange {
 public:
  struct Origin {
    ReplyTo reply;
    std::string id_key;          // of the client's request, in the form that equal ids share
    std::string progress_token;  // the client's, raw; empty when it wants no progress
    uint64_t intent = 0;
  };

  Forwarded(ToolCalls& owner, Origin origin, downstream::Instance& instance, uint64_t id);
  ~Forwarded() override;

  void OnProgress(const json::Document& doc, const json::Envelope& notification,
                  json::NodeId token) override;
  void OnResponse(const json::Document& doc, const json::Envelope& response) override;
  void OnFailure(const downstream::Failure& failure) override;

  // Ends the call for the client's cancellation; destroys this.
  void Cancel(std::string notification);

  const std::string& id_key() const { return origin_.id_key; }
  uint64_t id() const { return id_; }

 private:
  void Settle(audit::OutcomeStatus status, std::string_view error, size_t response_size);

  ToolCalls& owner_;
  const Origin origin_;
  downstream::Instance& instance_;
  const uint64_t id_;
  const transport::TimePoint begun_;
  std::list<Forwarded*>::iterator place_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_
