// SPDX-License-Identifier: Apache-2.0
// What one client has of the gateway, whichever era it speaks: its policy session, its servers, the
// lists of what they offer and its open requests. Nothing in it is shared with another session but
// what is given to the constructor, so any number of sessions can live on one thread.

#ifndef MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_
#define MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/announcer.h"
#include "runtime/mcp/calls.h"
#include "runtime/mcp/catalogue.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/client_capabilities.h"
#include "runtime/mcp/client_info.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/policy_in_force.h"
#include "runtime/mcp/resource_calls.h"
#include "runtime/mcp/resource_routes.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// One thread. All references given to it must outlive it.
class GatewaySession final : private downstream::InstanceObserver, private ResultObserver {
 public:
  // Conditions see the client's name, so the policy session is made when that is known.
  using PolicyFactory = std::function<std::unique_ptr<Policy>(const std::string& client_name)>;

  GatewaySession(const plan::Plan& plan, PolicyFactory make_policy, Journal& journal,
                 downstream::Launcher& launcher, transport::Timers& timers, Client& client,
                 std::string session_id);
  ~GatewaySession();

  // Once, before anything else. Starts no server. `asks_again`: the client is of the stateless era,
  // and can be answered by what a server wants to know.
  void Open(ClientInfo info, ClientCapabilities capabilities, bool asks_again = false);
  bool open() const { return policy_.current() != nullptr; }
  // Another plan takes the place of the one in force, which has to live until this returns (and as
  // long as the policies made for it). Calls that are open end as they were decided; see
  // Pool::Renew for the servers.
  void Renew(const plan::Plan& next, PolicyFactory make_policy);
  // Starts the servers that are to be there before they are needed (`start = eager`).
  void StartEagerServers();

  // Whether some rule lets the session use something of that kind, whatever servers turn out to
  // have: what can be known before any is started. What it once was it stays: the client may have
  // been told.
  bool InReach(plan::CallKind kind) const;

  void List(ItemKind kind, const ReplyTo& reply);
  void Ask(Method method, const Message& request, const ReplyTo& reply);
  void Complete(const Message& request, const ReplyTo& reply);
  void SetLogLevel(const Message& request, const ReplyTo& reply);
  void ListTasks(const ReplyTo& reply);
  void Cancel(const Message& notification);
  // The request that is answered with this id.
  void Cancel(std::string_view raw_reply_id);
  // Log messages from this level on are wanted; one of log_messages.h.
  void SetLogLevel(std::string_view level);
  // Changes of all lists are announced from now on, also before one was asked for.
  void WatchLists();
  // As for Calls.
  const SentCall* FindOpen(std::string_view raw_reply_id) const;
  std::optional<uint64_t> Readmit(const Message& request, const ReplyTo& reply,
                                  const SentCall& call);
  void EndReadmitted(uint64_t intent, audit::OutcomeStatus status, size_t response_size);

  // What the client has to say to what servers ask of it.
  void OnResponse(const Message& response);
  void OnClientProgress(const Message& notification);
  void OnClientTaskStatus(const Message& notification);
  void OnRootsChanged(const Message& notification);
  // The client can be told, but not be asked any more.
  void OnClientGone();

  // While off, nothing is read from any server.
  void SetReading(bool on) { pool_.SetReading(on); }
  // `callback` runs as soon as no request of the client is open, perhaps before this returns.
  void WhenIdle(std::function<void()> callback);
  // For whoever asks how it is.
  const SessionFacts& facts() const { return facts_; }
  const downstream::Pool& pool() const { return pool_; }
  size_t open_calls() const;

  // Fails what is open and retires all servers, for good.
  void Stop(std::string_view why);

 private:
  struct Parts;  // what is made when the session is opened

  void NoteReach();
  void Unsubscribe(const Message& request, const ReplyTo& reply);
  void RefuseParams(const ReplyTo& reply, std::string_view why);

  void OnReady(downstream::Instance& instance) override;
  void OnNotification(downstream::Instance& instance, const json::Document& doc,
                      const json::Envelope& notification) override;
  bool OnRequest(downstream::Instance& instance, const json::Document& doc,
                 const json::Envelope& request) override;
  void OnLost(downstream::Instance& instance) override;
  void OnResult(const SentCall& call, const json::Document& doc, json::NodeId result,
                json::Splicer& splicer) override;
  void OnProgress(const SentCall& call, const json::Document& doc, json::NodeId params,
                  json::Splicer& splicer) override;
  void OnLeft(downstream::Instance& instance) override;
  void CheckIdle();

  const plan::Plan* plan_;
  PolicyFactory make_policy_;
  Journal& journal_;
  transport::Timers& timers_;
  Client& client_;
  SessionFacts facts_;
  std::function<void()> when_idle_;
  PolicyInForce policy_;
  bool eager_ = false;              // the client is ready for servers to be started
  std::array<bool, 3> in_reach_{};  // by kind of call
  std::unique_ptr<Parts> parts_;
  downstream::Pool pool_;  // last: what is pending refers to the parts
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_
