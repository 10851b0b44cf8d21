// SPDX-License-Identifier: Apache-2.0
// A server of HTTP+SSE, the transport of 2024-11-05, in which a session is a GET that stays open.
//
//   GET --> `endpoint` event: where to post --> `initialize` posted, answered on the stream -->
//       `notifications/initialized` accepted --> open: requests side by side
//
// All that the server says comes on the stream; a POST is only accepted, in most cases by 202. So
// the end of the stream is the end of the session: the server is gone, what is open fails, and
// nothing is posted again.
//
// The endpoint is the server's word, and what is posted there holds credentials: it has to be at
// the origin that the policy names.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_SSE_PEER_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_SSE_PEER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/downstream/http_peer.h"
#include "runtime/downstream/log_text.h"
#include "runtime/downstream/peer.h"
#include "runtime/transport/http_client.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

// One thread. The references must outlive it.
class SsePeer final : public Peer {
 public:
  // `why`: what the server answered to Streamable HTTP, for messages.
  SsePeer(transport::Timers& timers, transport::HttpSockets& sockets,
          const HttpPeerOptions& options, std::string why);
  ~SsePeer() override;

  void Start(PeerEvents& events) override;
  void Send(std::string frame) override;
  size_t QueuedBytes() const override;
  void SetReading(bool on) override;

  // From now on there are no events.
  void Mute();
  // Cuts off what is under way, which ends the session. Not within a call of PeerEvents.
  void Close();

 private:
  enum class Kind : uint8_t { kInitialize, kInitialized, kRequest, kMessage };
  struct Outgoing {
    Kind kind;
    uint64_t id;  // of a request
    std::string frame;
  };
  class Stream;
  class Post;

  Outgoing Classify(std::string frame, uint64_t* cancelled);
  bool Recall(uint64_t id);
  bool MaySend(Kind kind) const;
  void Transmit(Outgoing outgoing);
  void SendWaiting();
  void OnEndpoint(std::string_view reference);
  void OnOpen();
  void OnGone(std::string what);
  void Remove(const Post* post);
  std::string Fields(std::string_view more) const;
  void Tell(std::function<void(PeerEvents&)> tell);
  void RunTold();
  void Log(std::string_view what);

  transport::Timers& timers_;
  transport::HttpSockets& sockets_;
  const HttpPeerOptions& options_;
  const std::string why_;
  PeerEvents* events_ = nullptr;
  bool open_ = false;
  bool reading_ = true;
  std::deque<Outgoing> waiting_;
  size_t waiting_bytes_ = 0;
  std::deque<std::function<void(PeerEvents&)>> told_;  // while reading is off
  transport::Timer tell_;
  json::Document doc_;
  RateLimit log_rate_;
  transport::HttpClient listener_;
  std::shared_ptr<Stream> stream_;
  std::list<std::shared_ptr<Post>> posts_;
  std::optional<transport::HttpClient> sender_;  // once the endpoint is known
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_SSE_PEER_H_
