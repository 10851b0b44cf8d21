// SPDX-License-Identifier: Apache-2.0
// What clients of the stateless era (MCP 2026-07-28) that introduce themselves alike have of the
// gateway: one gateway session, and with it one set of servers, since servers of the session era
// are told once whom they serve and what that client can do. A client that says something else of
// itself with its next request gets another one of these (stateless_era.h).
//
// Each request gets an id of ours towards the gateway session; what comes back is dressed
// (stateless_answer.h). Three things have no counterpart in the session era:
//
//   a server asks something    the client's request is answered by what is asked, and the call goes
//   of the client              on when the client sends the request again with the answers
//                              (stateless_parked.cc; MCP basic/patterns/mrtr)
//   subscriptions/listen       a request that stays open, on which changes are told
//                              (stateless_listen.cc; MCP basic/patterns/subscriptions)
//   log messages               only for requests that name a level, from that level on

#ifndef MCPLEXER_RUNTIME_MCP_STATELESS_SESSION_H_
#define MCPLEXER_RUNTIME_MCP_STATELESS_SESSION_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/audit/digest.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/gateway_session.h"
#include "runtime/mcp/request_state.h"
#include "runtime/mcp/stateless_answer.h"
#include "runtime/mcp/stateless_meta.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// What all of them share. References outlive every session.
struct StatelessHost {
  const plan::Plan* plan;  // in force
  GatewaySession::PolicyFactory make_policy;
  Journal& journal;
  downstream::Launcher& launcher;
  transport::Timers& timers;
  // 128 random bits as text: names of sessions in the log, and states that nobody can guess.
  std::function<std::string()> new_id;
  std::string version;  // the gateway's own
};

struct StatelessLimits {
  // Of one connection, or of one workspace over HTTP: introductions that differ, each with servers
  // of its own. One that is idle makes room for a new one.
  size_t sessions = 8;
  // After so long without a request, a session's servers are stopped; 0: never.
  transport::Duration idle_session{};
  size_t introduction_bytes = size_t{64} << 10;
  // Of one session:
  size_t requests = 1024;
  size_t listens = 64;
  size_t listen_uris = 1024;
  // Lists and resources that a subscription waits for before it is acknowledged.
  std::chrono::seconds acknowledge{10};
  // Calls that wait for the client to come back with answers; what servers ask and say meanwhile.
  size_t parked = 64;
  size_t parked_bytes = size_t{4} << 20;
  // A person may have to read, think and type; as ServerRequestLimits::patience.
  std::chrono::minutes parked_for{10};
};

// One thread. All parameters must outlive it.
class StatelessSession final : private Client {
 public:
  // `introduction`: what tells this one from others. `on_settled` runs after each request that has
  // come to its end.
  StatelessSession(const StatelessHost& host, const StatelessLimits& limits, Client& client,
                   std::string introduction, ClientInfo info, ClientCapabilities capabilities,
                   const RequestStates& states, std::function<void()> on_settled);
  ~StatelessSession();

  // A request of a method that the era has, with valid `_meta`.
  void OnRequest(const Message& request, const ReplyTo& reply, const StatelessMeta& meta);
  // The client does not want the answer to its request any more (IdKey). False: there is none.
  bool Cancel(const std::string& id_key);
  // Nothing more comes from the client, also no answers that calls wait for.
  void OnClientGone();
  // The host's plan is another one now, and the one before still there.
  void Renew() { gateway_.Renew(*host_.plan, host_.make_policy); }
  void SetReading(bool on) { gateway_.SetReading(on); }
  void Stop(std::string_view why);

  const GatewaySession& gateway() const { return gateway_; }

  bool idle() const { return open_.empty() && listens_.empty(); }
  transport::TimePoint last_used() const { return last_used_; }

 private:
  // A request of the client, or one that is made for it.
  struct Open {
    ReplyTo reply;  // of the client
    std::string id_key;
    AnswerShape shape;
    bool may_ask = false;     // is one that can be answered by what a server asks
    bool attached = true;     // the client waits for the answer; else the call is parked
    uint64_t readmitted = 0;  // the record of the request that it was sent again with, or 0
    std::optional<size_t> log_level;
    std::string raw_token;  // of the request that waits; empty: it wants no progress
    audit::Digest arguments{};
    uint64_t listen = 0;  // subscribes for that one, or 0
    std::string listen_uri;
    bool unheard = false;  // nobody wants the answer
  };
  using OpenMap = std::map<uint64_t, Open>;

  struct Question {
    std::string raw_id;  // of the server's request, as we know it
    std::string method;
    std::string raw_params;  // empty for none
    bool asked = false;      // the client has been told
  };
  // A call that waits for the client.
  struct Parked {
    explicit Parked(transport::Timers& timers) : timer(timers) {}
    SentCall call;
    std::map<std::string, Question> questions;  // by the key the client knows
    uint64_t last_key = 0;
    std::string state;                  // that the client has
    std::optional<std::string> answer;  // the server's, which came meanwhile
    transport::Timer timer;
  };

  struct Listen {
    explicit Listen(transport::Timers& timers) : patience(timers) {}
    ReplyTo reply;
    std::string id_key;
    bool tools = false;
    bool prompts = false;
    bool resources = false;
    std::set<std::string> uris;  // that servers have agreed to
    size_t pending = 0;          // that they have not answered yet
    bool acknowledged = false;
    transport::Timer patience;
  };

  // Client: what comes from the gateway session.
  void Answer(const ReplyTo& reply, std::string frame) override;
  void Forget(const ReplyTo& reply) override;
  void Notify(std::string frame) override;
  void Tell(std::string frame, const ReplyTo* about) override;
  void OnUndeclared(std::string_view capability, const ReplyTo* about) override;

  uint64_t Begin(const Message& request, const ReplyTo& reply, const StatelessMeta& meta);
  void Refuse(const ReplyTo& reply, int code, std::string_view why);
  void AskList(ItemKind kind, const Message& request, const ReplyTo& reply,
               const StatelessMeta& meta);
  void AskServer(const Message& request, const ReplyTo& reply, const StatelessMeta& meta);
  void Discover(const ReplyTo& reply);
  std::string ServerCapabilities() const;
  void WantLogLevel(const StatelessMeta& meta);
  Open* FindOpen(const ReplyTo* reply);
  void AnswerOpen(OpenMap::iterator at, const std::string& frame);
  void Erase(OpenMap::iterator at);
  bool WantsLog(const json::Document& doc, const json::Envelope& message, const Open& open) const;

  // stateless_parked.cc
  void OnQuestion(const json::Document& doc, const json::Envelope& request, const ReplyTo* about);
  void OnQuestionCancelled(const json::Document& doc, const json::Envelope& notification);
  void RefuseQuestion(std::string_view raw_id, std::string_view why);
  void AnswerQuestion(const std::string& raw_response);
  void AskClient(uint64_t id);
  void Retry(const Message& request, const ReplyTo& reply, const StatelessMeta& meta,
             const std::string& state);
  void TakeAnswers(Parked& parked, const Message& request);
  void GoOn(uint64_t id);
  void Abandon(uint64_t id);
  void KeepAnswer(uint64_t id, std::string frame);
  size_t ParkedBytes() const;
  audit::Digest DigestOf(const Message& request);
  // What a state is sealed for.
  std::string PurposeOf(const Message& request);

  // stateless_listen.cc
  void BeginListen(const Message& request, const ReplyTo& reply);
  void Subscribe(uint64_t listen, const std::string& uri);
  void OnSubscribed(uint64_t listen, const std::string& uri, bool agreed);
  void Acknowledge(uint64_t listen);
  void EndListen(std::map<uint64_t, Listen>::iterator at, bool tell);
  void AskAbout(Method method, const std::string& uri, Open open);
  void TellListens(const json::Document& doc, const json::Envelope& notification);

  const StatelessHost& host_;
  const StatelessLimits& limits_;
  Client& client_;
  const std::function<void()> on_settled_;
  const std::string raw_server_info_;
  // Of its capabilities, those that servers may ask for.
  const std::set<std::string> declared_;
  const std::string introduction_;
  const RequestStates& states_of_servers_;
  transport::TimePoint last_used_;
  uint64_t last_id_ = 0;
  OpenMap open_;
  std::map<uint64_t, Parked> parked_;  // by the id of the call
  std::map<std::string, uint64_t> states_;
  uint64_t last_listen_ = 0;
  std::map<uint64_t, Listen> listens_;
  std::map<std::string, size_t> subscribed_;  // how many want it
  std::optional<size_t> log_level_;           // the least severe that was asked for
  audit::Sha256 sha_;
  bool client_gone_ = false;
  GatewaySession gateway_;  // last: what it settles at its end refers to the rest
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_STATELESS_SESSION_H_
