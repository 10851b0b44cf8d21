// SPDX-License-Identifier: Apache-2.0
// One server, with one scope's credentials, as the gateway talks to it: started when it is first
// needed, introduced by the MCP handshake, given requests side by side, and stopped when nobody has
// used it for a while.
//
//   stopped --Send--> introducing --initialize answered--> ready
//    | ^ |                ^  |                                | ^
//    | | +---- probing ---+  |                                | |
//    | |          |          |                                | |
//    | |          +------ server/discover answered -----------|-+
//    | +-- gone, timed out, idle, Stop -----------------------+
//
// Where the server's era is not known it is asked first, see instance_stateless.cc. To whoever uses
// an instance, servers of both eras look alike but for what they answer.
//
// Request ids are this instance's own, counted up and never used twice, also not by the next
// process: an answer can only be the answer to what was asked. A progress token is the id of its
// request. No request is ever sent twice: whoever wants a tool call repeated must know what it did.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_INSTANCE_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_INSTANCE_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "runtime/base/id.h"
#include "runtime/downstream/backoff.h"
#include "runtime/downstream/exchange.h"
#include "runtime/downstream/log_text.h"
#include "runtime/downstream/offers.h"
#include "runtime/downstream/peer.h"
#include "runtime/downstream/tool_headers.h"
#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/plan/plan.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

class Instance;

// May not destroy the instance.
class InstanceObserver {
 public:
  // The server has introduced itself; what waited for that has not been sent yet.
  virtual void OnReady(Instance&) {}
  // A notification, but for progress of a request that is open. Valid during the call.
  virtual void OnNotification(Instance&, const json::Document&, const json::Envelope&) {}
  // A request of the server, but for `ping`; true when it will be answered by Instance::Answer,
  // false when the client does not offer the method. Valid during the call.
  virtual bool OnRequest(Instance&, const json::Document&, const json::Envelope&) { return false; }
  // The server went away, by itself or because it could not be made use of.
  virtual void OnLost(Instance& instance) = 0;
  // The instance has left (see Leave) and is about to be destroyed.
  virtual void OnLeft(Instance&) {}

 protected:
  ~InstanceObserver() = default;
};

struct InstanceLimits {
  // Package runners download a server before they start it.
  std::chrono::seconds handshake{60};
  // A server that says nothing to `server/discover` for so long is of the session era. One that is
  // being downloaded gets both questions and may still answer the first.
  std::chrono::seconds probe{5};
  // Before a subscription that ended is begun anew; doubled up to the longest.
  std::chrono::seconds listen_again{1};
  std::chrono::seconds longest_listen_again{60};
  // Requests of one instance that are not settled. An agent has a handful; a client in a loop must
  // not fill our memory.
  size_t requests = 1024;
  // Bytes waiting for a server that is starting or does not read; at least one large message.
  size_t queued_bytes = size_t{64} << 20;
};

struct InstanceOptions {
  ServerId server;
  ScopeId scope;
  std::string name;                        // the server's, for messages
  std::string name_space;                  // of what it offers, as clients see it
  std::string scope_name;                  // empty for none
  std::string client_info;                 // raw JSON: whom the server is told it talks to
  std::string client_capabilities = "{}";  // raw JSON: and what that client can be asked for
  plan::Restart restart = plan::Restart::kOnFailure;
  transport::Duration idle_timeout{};  // 0: never
  InstanceLimits limits;
};

// One thread. All parameters must outlive the instance.
class Instance final : private PeerEvents {
 public:
  Instance(InstanceOptions options, Launcher& launcher, transport::Timers& timers,
           InstanceObserver& observer);
  ~Instance();

  const InstanceOptions& options() const { return options_; }
  bool running() const { return peer_ != nullptr; }
  // The result of the last `initialize` that the server answered, raw JSON that was not searched
  // for duplicate keys; empty before the first.
  const std::string& introduction() const { return introduction_; }
  bool ready() const { return state_ == State::kReady; }
  // The server is of the stateless era; once it is ready.
  bool stateless() const { return stateless_; }
  // The server may turn out to be.
  bool maybe_stateless() const { return stateless_ || (!ready() && launcher_.eras() != nullptr); }
  const Offers& offers() const { return offers_; }
  // Counts the times that the server was started: what one process asked is not to be answered to
  // the next.
  uint64_t run() const { return run_; }

  // An id for a request that the caller is about to write.
  uint64_t NextId() { return ++last_id_; }
  // Sends the request, which was written with `id`, as soon as the server is ready, and starts the
  // server if need be. Fails where the server turns out not to offer what is `needed`. The exchange
  // may fail before this returns.
  void Send(uint64_t id, std::string frame, std::unique_ptr<Exchange> exchange,
            const Patience& patience, Offer needed = nullptr);
  // Settles the exchange without a word to it. `notification` goes to the server if it has the
  // request. Nothing happens when the request is settled already.
  void Cancel(uint64_t id, std::string notification);

  // Sends a notification to the server if it is ready and reads what it is sent.
  void Notify(std::string frame);
  // Sends the answer to a request that the server made in that run, if it reads what it is sent.
  void Answer(uint64_t run, std::string frame);
  // The server is not waiting for an answer any more.
  void Forget(uint64_t run);
  // While held, the server is not stopped for want of use; each Hold has its Release.
  void Hold() { ++holds_; }
  void Release();

  // Starts the server if it is not running; for those that are to be there before they are needed.
  void Start();
  // Fails what is pending with `why` and retires the server.
  void Stop(std::string_view why);

  // Another plan has come into force, in which this is the same server with the same scope: what
  // it is called there, and what may change while it runs.
  void Rebind(ServerId server, ScopeId scope, plan::Restart restart,
              transport::Duration idle_timeout);
  // ... in which it is not. Takes nothing new but what is said about tasks that it has; when what
  // is pending has been settled and nothing holds it, or when `limit` is over, the server is
  // retired and `left` called, which may destroy this.
  void Leave(transport::Duration limit, std::function<void()> left);
  bool leaving() const { return leaving_; }

  // For people who ask how it is.
  const std::string& last_failure() const { return last_failure_; }  // empty: none
  size_t open_requests() const { return pending_.size(); }
  int64_t process() const { return peer_ ? peer_->process() : 0; }  // its id, 0: none
  // While off, nothing is read from the server.
  void SetReading(bool on);

 private:
  enum class State : uint8_t { kStopped, kProbing, kIntroducing, kReady };

  struct Pending {
    Pending(transport::Timers& timers, std::unique_ptr<Exchange> e, const Patience& p)
        : exchange(std::move(e)), patience(p), timer(timers) {}
    std::unique_ptr<Exchange> exchange;
    Patience patience;
    transport::Timer timer;
    std::string waiting_frame;  // until it is sent
    Offer needed = nullptr;
    bool lists_tools = false;
    transport::TimePoint last_sign{};
    transport::TimePoint latest{};
  };
  using PendingMap = std::map<uint64_t, Pending>;

  void OnFrame(std::string_view frame) override;
  void OnOversizedFrame() override;
  void OnGone(const Departure& departure) override;
  bool Awaits(uint64_t id) const override {
    return pending_.contains(id) || (id != 0 && (id == probe_id_ || id == listen_id_));
  }
  void OnNoAnswer(uint64_t id, const Failure& failure) override;

  Status Launch();
  // The server has introduced itself.
  void OnIntroduced();
  void SendInitialize();
  void HandleInitialize(const json::Envelope& response);
  void Handle(json::NodeId message);
  void HandleResponse(const json::Envelope& response);
  void HandleNotification(const json::Envelope& notification);
  // False when it is of no open request.
  bool HandleProgress(const json::Envelope& notification);
  void HandleRequest(const json::Envelope& request);

  // instance_stateless.cc
  // Null where the name is another server's by now, too.
  EraMemory* eras() const { return leaving_ ? nullptr : launcher_.eras(); }
  void SendDiscover();
  void HandleDiscover(const json::Envelope& response);
  void BecomeStateless();
  void FallBack();
  bool RestartAfterProbe();
  // False when it is answered here.
  bool ToStateless(uint64_t id, Pending& pending, std::string& frame, std::string& fields);
  std::string Stamped(const json::Document& doc, const json::Envelope& request) const;
  void SettleHere(uint64_t id, const std::string& response);
  void SubscribeByListening(uint64_t id, const std::string& uri, bool on);
  void Listen();
  void EndListening();
  void HandleListenEnd(const json::Envelope* response);
  void HandleAcknowledged(const json::Envelope& notification);
  // False when it is of no concern to anybody else.
  bool HandleStatelessNotification(const json::Envelope& notification);
  // A list of tools without those that must not be used.
  std::string UsableTools(const json::Envelope& response);
  // A response as whoever asked may see it; false where `frame` replaces it.
  bool CheckStatelessResponse(const Pending& pending, const json::Envelope& response,
                              std::string* frame);

  void Transmit(uint64_t id, Pending& pending, std::string frame);
  void FailNotOffered(uint64_t id);
  void CheckPatience(uint64_t id);
  void CheckIdle();
  // Something was settled: see Leave.
  void CheckLeft();
  void FinishLeaving();
  bool HasRoomFor(size_t bytes) const;
  // The server is of no use any more: it said or failed to say something in the handshake.
  void Reject(const std::string& why);
  void Drop();  // retires the peer
  void FailAll(FailureKind kind_of_sent, const std::string& message);
  void NoteFailure(const std::string& what);
  void LogGarbage(std::string_view what, std::string_view frame);

  InstanceOptions options_;
  Launcher& launcher_;
  transport::Timers& timers_;
  InstanceObserver& observer_;

  State state_ = State::kStopped;
  std::unique_ptr<Peer> peer_;
  bool reading_ = true;
  bool stopped_for_good_ = false;  // Stop was called
  bool leaving_ = false;
  std::function<void()> left_;
  std::string dead_;  // why it is never started again; empty while it may be
  std::string last_failure_;
  Backoff backoff_;
  transport::TimePoint started_{};
  transport::TimePoint last_used_{};

  uint64_t last_id_ = 0;
  uint64_t initialize_id_ = 0;
  bool stateless_ = false;
  uint64_t probe_id_ = 0;       // of server/discover, as long as its answer matters; else 0
  bool probed_again_ = false;   // since it was started
  bool late_discover_ = false;  // it was answered when `initialize` had been sent already
  std::string raw_log_level_;
  uint64_t listen_id_ = 0;
  uint32_t listens_lost_ = 0;  // in a row
  bool cannot_listen_ = false;
  std::set<std::string> subscribed_;
  ToolHeaders tool_headers_;
  std::map<uint64_t, std::string> subscribing_;  // requests that wait for the acknowledgement
  std::string introduction_;
  Offers offers_;
  uint64_t run_ = 0;
  size_t asking_ = 0;  // requests of the server that are not answered
  size_t holds_ = 0;
  PendingMap pending_;
  std::deque<uint64_t> waiting_;  // ids of requests to send when ready, in order
  size_t waiting_bytes_ = 0;

  json::Document doc_;
  std::string method_scratch_;
  RateLimit garbage_rate_;
  transport::Timer handshake_timer_;
  transport::Timer idle_timer_;
  transport::Timer restart_timer_;
  transport::Timer leave_timer_;
  transport::Timer leave_limit_;
  transport::Timer probe_timer_;
  transport::Timer listen_timer_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_INSTANCE_H_
