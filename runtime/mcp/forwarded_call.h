// SPDX-License-Identifier: Apache-2.0
// A request of the client that a server has been given. Internal to Calls.

#ifndef MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_
#define MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_

#include <cstdint>
#include <list>
#include <string>

#include "runtime/downstream/exchange.h"
#include "runtime/downstream/instance.h"
#include "runtime/mcp/calls.h"

namespace mcplexer::mcp {

// Owned by the instance it was sent to; on the list of open calls until it is settled.
class Calls::Forwarded final : public downstream::Exchange {
 public:
  struct Origin {
    ReplyTo reply;
    std::string id_key;  // of the client's request, in the form that equal ids share
    uint64_t intent = 0;
    SentCall call;
    transport::TimePoint begun;
    downstream::Patience patience;
    std::string frame;    // as it was sent, where it may have to be sent again with answers
    uint32_t rounds = 0;  // that it was
  };

  Forwarded(Calls& owner, Origin origin);
  ~Forwarded() override;

  void OnProgress(const json::Document& doc, const json::Envelope& notification,
                  json::NodeId token) override;
  void OnResponse(const json::Document& doc, const json::Envelope& response) override;
  void OnFailure(const downstream::Failure& failure) override;

  // Ends the call for the client's cancellation; destroys this.
  void Cancel(std::string notification);
  // Ends it with an error of ours.
  void Fail(int code, const std::string& why);

  const std::string& id_key() const { return origin_.id_key; }
  const ReplyTo& reply() const { return origin_.reply; }
  const SentCall& call() const { return origin_.call; }
  Origin& origin() { return origin_; }

 private:
  void NameAsker(const json::Document& doc, json::NodeId result, json::Splicer& splicer) const;
  void Settle(audit::OutcomeStatus status, std::string_view error, size_t response_size);

  Calls& owner_;
  Origin origin_;
  std::list<Forwarded*>::iterator place_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_FORWARDED_CALL_H_
