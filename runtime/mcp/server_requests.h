// SPDX-License-Identifier: Apache-2.0
// What servers ask of the client: a sample of its model, an answer of its user, its roots. Each
// request gets an id of ours towards the client, since servers number theirs alike; its answer goes
// back with the server's own id, and the rest of it as the bytes it was. A question for the user
// names the server that asks, whose question it would otherwise seem to be ours (MCP
// client/elicitation).
//
// The client can only be asked for what it said it offers. Whatever ends a request, both sides hear
// of it: the server gets an answer, the client a cancellation.

#ifndef MCPLEXER_RUNTIME_MCP_SERVER_REQUESTS_H_
#define MCPLEXER_RUNTIME_MCP_SERVER_REQUESTS_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "runtime/downstream/instance.h"
#include "runtime/json/splice.h"
#include "runtime/mcp/calls.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/client_capabilities.h"
#include "runtime/mcp/client_tasks.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/tasks.h"
#include "runtime/plan/plan.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

struct ServerRequestLimits {
  // A person may have to read, think and type. The call for which it is asked does not time out
  // meanwhile, as long as its ten timeouts last.
  std::chrono::minutes patience{10};
  // A person answers one at a time, a model a few. Each open one costs some hundred bytes.
  size_t open = 256;
  size_t open_of_one = 64;
};

// One thread. All parameters must outlive it.
class ServerRequests {
 public:
  ServerRequests(transport::Timers& timers, Client& client, const Calls& calls, const Tasks& tasks,
                 ClientCapabilities capabilities, const ServerRequestLimits& limits = {})
      : timers_(timers),
        client_(client),
        calls_(calls),
        tasks_(tasks),
        capabilities_(std::move(capabilities)),
        limits_(limits) {}

  // As downstream::InstanceObserver::OnRequest.
  bool OnRequest(downstream::Instance& instance, const json::Document& doc,
                 const json::Envelope& request);
  // What the client answered, raw; or an error.
  struct Answer {
    std::string raw_result;
    int code = 0;  // 0: a result
    std::string message;
  };
  // Asks the client what a server of the stateless era wants to know for a request (`about`) that
  // it has answered by that. `then` runs once, perhaps before this returns, unless Withdraw is
  // called. The number is for Withdraw; 0 when there is nothing to withdraw.
  uint64_t Ask(downstream::Instance& instance, std::string_view method, std::string_view raw_params,
               const ReplyTo& about, std::function<void(const Answer&)> then);
  void Withdraw(uint64_t id, const ReplyTo& about);
  // The server has cancelled a request of its own.
  void OnCancelled(downstream::Instance& instance, const json::Document& doc,
                   const json::Envelope& notification);
  void OnLost(downstream::Instance& instance);

  // The client has answered.
  void OnResponse(const Message& response);
  // The client tells how far it is, or of a task that it made.
  void OnProgress(const Message& notification) const;
  void OnTaskStatus(const Message& notification) const;
  // The client cannot answer any more.
  void OnClientGone(std::string_view why = "the client has gone");

  const ClientCapabilities& capabilities() const { return capabilities_; }

 private:
  struct Open {
    explicit Open(transport::Timers& timers) : timer(timers) {}
    downstream::Instance* instance = nullptr;
    uint64_t run = 0;
    bool lists_tasks = false;
    std::string raw_id;  // the server's
    std::string id_key;
    std::string progress_token;               // the server's, raw; empty for none
    std::function<void(const Answer&)> then;  // in place of an answer to the server
    transport::Timer timer;
  };
  using OpenMap = std::map<uint64_t, Open>;

  bool Offered(std::string_view method) const;
  // What is wrong with the request; empty for nothing.
  std::string_view Fault(const downstream::Instance& instance, const json::Document& doc,
                         const json::Envelope& request) const;
  void Settle(const Open& open, const Answer& answer);
  size_t OpenOf(const downstream::Instance& instance) const;
  void NameAsker(const downstream::Instance& instance, const json::Document& doc,
                 const json::Envelope& request, json::Splicer& splicer) const;
  OpenMap::const_iterator Find(const json::Document& doc, json::NodeId raw_id) const;
  void TellCancelled(uint64_t id, const Open& open, std::string_view reason);
  void TellCancelled(uint64_t id, const ReplyTo& about, std::string_view reason);
  void Fail(OpenMap::iterator at, int code, std::string_view why);

  transport::Timers& timers_;
  Client& client_;
  const Calls& calls_;
  const Tasks& tasks_;
  const ClientCapabilities capabilities_;
  const ServerRequestLimits limits_;
  ClientTasks client_tasks_;
  OpenMap open_;  // by our id
  uint64_t last_id_ = 0;
  bool client_gone_ = false;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_SERVER_REQUESTS_H_
