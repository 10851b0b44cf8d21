// SPDX-License-Identifier: Apache-2.0
// The requests that go to one server: decided, put on the record, forwarded, answered.
//
// The order is the point. A request is decided on the bytes that would be forwarded; what two
// readers could read differently is refused before that. The intent is in the log before the server
// hears of the request, and a log that cannot be written stops it. The answer goes to the client
// before its outcome is logged: should we die in between, the log says `interrupted`, which is the
// safe side.
//
// Of a request three spans change: its id, what it names (the server's own name in place of
// `ns__name`) and its progress token; of a response the id, and the ids of tasks; of a progress
// notification the token. All other bytes pass as they are.

#ifndef MCPLEXER_RUNTIME_MCP_CALLS_H_
#define MCPLEXER_RUNTIME_MCP_CALLS_H_

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/json/splice.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/codes.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/method.h"
#include "runtime/mcp/policy_in_force.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

class ServerRequests;

// How the client introduced itself, and our own name for the session.
struct SessionFacts {
  std::string session;
  std::string client_name;
  std::string client_version;
};

// What a request asks for, in the policy's terms. Views that live as long as the message.
struct Subject {
  Method method = Method::kCallTool;
  std::string_view name = {};  // as exposed; a resource's URI or template
  json::NodeId name_node = {};
  std::string_view arguments = {};  // raw, empty for none
  ServerId server = {};             // whose the resource is
};

// A request that has been forwarded and not been settled.
struct SentCall {
  Method method = Method::kCallTool;
  downstream::Instance* instance = nullptr;
  uint64_t id = 0;                 // as the server knows it
  std::string name;                // as exposed
  std::string progress_token;      // the client's, raw; empty when it wants no progress
  decide::Decision decision;       // but for `tool`, which is empty
  std::shared_ptr<Policy> policy;  // whose decision that is
};

// On what ground a request is forwarded, and where to.
struct Ground {
  const std::shared_ptr<Policy>& policy;
  const decide::Decision& decision;
  downstream::Instance& instance;
};

// Sees what servers say to the calls of the client, on its way there. What has to change in it is
// added to `splicer`.
class ResultObserver {
 public:
  virtual void OnResult(const SentCall& call, const json::Document& doc, json::NodeId result,
                        json::Splicer& splicer) = 0;
  virtual void OnProgress(const SentCall& call, const json::Document& doc, json::NodeId params,
                          json::Splicer& splicer) = 0;

 protected:
  ~ResultObserver() = default;
};

// One thread. All parameters must outlive it.
class Calls {
 public:
  // `on_settled` runs after each request that was forwarded has come to its end.
  Calls(PolicyInForce& policy, Journal& journal, downstream::Pool& pool, transport::Timers& timers,
        Client& client, const SessionFacts& facts, ResultObserver& observer,
        std::function<void()> on_settled);
  ~Calls();
  // Servers of the stateless era that want to know something of the client are given it by way of
  // `asker`; without, the client is told and asks again by itself.
  void AnswerThrough(ServerRequests& asker);

  // A tools/call or prompts/get.
  void Call(Method method, const Message& request, const ReplyTo& reply);
  // Any request of which the subject is known.
  void Ask(const Message& request, const ReplyTo& reply, const Subject& subject);
  // A request that belongs to a call which was let through before: goes where that went, and on
  // record like it. `raw_name` is what the server calls the subject.
  void Follow(const Message& request, const ReplyTo& reply, const Subject& subject,
              const Ground& ground, std::string_view raw_name);
  // Refuses what cannot be decided, and writes that down with the reason.
  void Refuse(const ReplyTo& reply, const Subject& subject, std::string_view reason, int code,
              std::string_view text);
  // Refuses a resource that no server is known to have.
  void RefuseUnknown(const ReplyTo& reply, const Subject& subject);
  // notifications/cancelled: reaches the server that has the request, under the id it knows. False
  // when no request of that id is open.
  bool Cancel(const Message& notification);
  // The same for the request that is answered with this id.
  bool Cancel(std::string_view raw_reply_id);

  // The request that is answered with this id, as long as it is open; null for none.
  const SentCall* FindOpen(std::string_view raw_reply_id) const;
  // Whether the client may go on with a call that was let through before, now that it has sent it
  // again (MCP 2026-07-28, basic/patterns/mrtr): decided and put on record like a new one, but not
  // forwarded. Nothing when it was refused, which has been answered then. The number is for
  // EndReadmitted, when the client has its answer.
  std::optional<uint64_t> Readmit(const Message& request, const ReplyTo& reply,
                                  const SentCall& call);
  void EndReadmitted(uint64_t intent, audit::OutcomeStatus status, size_t response_size);

  // The instance is about to be destroyed.
  void OnLeft(const downstream::Instance& instance);

  // The client's request that the server was given last and has not answered; null for none.
  const ReplyTo* LastOpen(const downstream::Instance& instance) const;
  bool idle() const { return open_.empty(); }
  size_t open() const { return open_.size(); }

 private:
  class Forwarded;
  class Rounds;

  // Decides, and puts on record. Nothing when it is not let through, which has been answered then.
  std::optional<uint64_t> Admit(const Message& request, const ReplyTo& reply,
                                const Subject& subject, decide::Decision& decision);
  void Deny(const audit::Intent& intent, const decide::Decision& decision, const ReplyTo& reply,
            Method method);
  // Answers that the request was not let through: as a tool's result, or as an error.
  void AnswerDenied(const ReplyTo& reply, Method method, std::string_view text);
  void Forward(const Message& request, const ReplyTo& reply, const Subject& subject,
               const Ground& ground, std::string_view raw_name, uint64_t intent);
  audit::Intent MakeIntent(const Subject& subject, const Policy& policy) const;
  // Nothing when the log cannot be written, which has been answered then.
  std::optional<uint64_t> Record(const audit::Intent& intent, const ReplyTo& reply, Method method);
  void AppendOutcome(const audit::Outcome& outcome);

  PolicyInForce& policy_;
  Journal& journal_;
  downstream::Pool& pool_;
  transport::Timers& timers_;
  Client& client_;
  const SessionFacts& facts_;
  ResultObserver& observer_;
  const std::function<void()> on_settled_;
  std::string name_scratch_;
  std::list<Forwarded*> open_;
  std::unique_ptr<Rounds> rounds_;  // last: its calls are on the list
};

// Equal ids have equal keys: 1 and "1" differ, "a" and "\u0061" do not.
std::string IdKey(const json::Document& doc, json::NodeId id);

// What the policy and the record see of a request's arguments: nothing where it has none.
std::string_view ArgumentsOf(const Message& request);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CALLS_H_
