// SPDX-License-Identifier: Apache-2.0
// A server that is reached over Streamable HTTP (MCP basic/transports, 2025-03-26 to 2025-11-25),
// behind the seam that child processes stand behind: frames in, frames out, gone.
//
// Each frame is a POST. The answer to a request comes as JSON or as a stream of events, on which
// the server may say other things first. Besides, one GET is kept open on which the server speaks
// by itself, where it offers that. Each of these is a channel (http_channel.h).
//
//   initialize --answered--> `notifications/initialized` --accepted--> open: requests side by side
//
// Requests of the stateless era (2026-07-28) say in `_meta` that they are. They wait for nothing,
// and what they say is said in headers as well; to end one is to close its connection.
//
// What is sent before the server has accepted the notification waits, because requests on
// connections of their own overtake each other. A server that has lost the session, which says so
// by 404, is gone: the instance introduces itself to it anew at the next request. No frame is ever
// posted twice. What breaks off in the middle of events that have ids is asked for once more (GET
// with Last-Event-ID), which repeats no request.
//
// A server that refuses `initialize` as one does that only has the transport of 2024-11-05 is used
// by that from then on (sse_peer.h).

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_PEER_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_PEER_H_

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/auth/resolve.h"
#include "runtime/base/result.h"
#include "runtime/downstream/log_text.h"
#include "runtime/downstream/peer.h"
#include "runtime/json/document.h"
#include "runtime/transport/http_client.h"
#include "runtime/transport/http_url.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

class HttpChannel;
class SsePeer;
enum class HttpRole : uint8_t;

struct HttpPeerLimits {
  transport::HttpClientLimits client;
  // The longest message, as the JSON parser's own bound.
  size_t frame_bytes = size_t{64} << 20;
  // What is held of messages that are not complete, over all channels of a server: two of the
  // largest. A server must not fill our memory by beginning many.
  size_t held_bytes = size_t{128} << 20;
  // Of the body of an answer that reports an error: a JSON-RPC error, or a page that nobody reads.
  size_t error_bytes = size_t{64} << 10;
  // For a server to accept what it does not answer. It does nothing more than to take it.
  std::chrono::seconds acceptance{30};
  // For the end of a session: nobody waits for it but the gateway that wants to end.
  std::chrono::seconds farewell{2};
  // Before a broken stream is asked for again, where the server does not say; doubled up to the
  // longest. Servers that have one poll them (`retry`) say less; below the shortest it is a loop.
  std::chrono::milliseconds retry{1000};
  std::chrono::milliseconds shortest_retry{20};
  std::chrono::milliseconds longest_retry{60'000};
  // In a row without an event in between, for an answer. Whoever waits for it waits meanwhile.
  uint32_t resumptions = 3;
};

struct HttpPeerOptions {
  transport::HttpUrl url;
  std::string server;                     // its name, for messages
  std::vector<auth::HttpHeader> headers;  // sent with each request
  HttpPeerLimits limits;
};

// Names that a scope cannot set: they belong to the message or the protocol.
bool IsReservedHeader(std::string_view name);

// One thread. The references must outlive it.
class HttpPeer final : public Peer {
 public:
  HttpPeer(boost::asio::io_context& io, transport::Timers& timers, transport::HttpSockets& sockets,
           HttpPeerOptions options);
  ~HttpPeer() override;

  void Start(PeerEvents& events) override { events_ = &events; }
  void Send(std::string frame) override { SendWith(std::move(frame), {}); }
  void SendWith(std::string frame, std::string_view fields) override;
  size_t QueuedBytes() const override;
  void SetReading(bool on) override;
  void Abort(uint64_t id) override;
  bool HasHeaders() const override { return true; }

  // Cuts off what is under way and ends the session; from now on there are no events. `ended` runs
  // once, from the event loop, and may destroy this.
  void Shutdown(std::function<void()> ended);
  // Shutdown's end, at once.
  void Kill();

 private:
  friend class HttpChannel;

  // For channels.
  const HttpPeerLimits& limits() const { return options_.limits; }
  std::string Fields(std::string_view more) const;
  // Runs `tell` now or, while reading is off, later, in order; not at all when nobody listens.
  void Tell(std::function<void(PeerEvents&)> tell);
  // A channel holds so much more (less) than before. False when that is too much.
  bool Hold(size_t before, size_t after);
  Status TakeSession(const transport::HttpHead& head);
  void TakeVersion(std::string_view answer);
  bool InSession() const { return !session_.empty(); }
  static bool IsMessage(std::string_view body);
  void UseOldTransport(std::string why);
  void OnOpen();
  void OnGone(std::string what);
  void OnSessionLost();
  void Remove(HttpChannel* channel);
  void Log(std::string_view what);

  struct Outgoing {
    HttpRole role;
    uint64_t id;            // of a request
    uint64_t ends_request;  // of a cancellation
    std::string frame;
    std::string fields;  // of a request of the stateless era; empty: it is of the session era
  };

  void Post(Outgoing outgoing);
  bool Recall(uint64_t id);
  HttpChannel* FindRequest(uint64_t id) const;
  void RunTold();
  void Farewell();
  void Ended();

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  transport::HttpSockets& sockets_;
  const HttpPeerOptions options_;
  PeerEvents* events_ = nullptr;
  std::string session_;
  std::string version_;
  bool open_ = false;
  bool stateless_ = false;  // a request of that era was sent, but for the question which it is
  bool reading_ = true;
  std::deque<Outgoing> waiting_;  // until open_
  size_t waiting_bytes_ = 0;
  std::deque<std::function<void(PeerEvents&)>> told_;  // while reading is off
  size_t held_bytes_ = 0;
  json::Document doc_;
  RateLimit log_rate_;
  std::function<void()> ended_callback_;
  transport::Timer farewell_;
  std::list<std::shared_ptr<HttpChannel>> channels_;
  transport::HttpClient client_;
  std::string introduction_;                // `initialize`, until the server has accepted it
  std::unique_ptr<SsePeer> old_transport_;  // has taken over, or null
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_PEER_H_
