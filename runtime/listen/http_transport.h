// SPDX-License-Identifier: Apache-2.0
// One client's session over Streamable HTTP (MCP basic/transports), behind the seam that stdio
// stands behind: frames in, frames out. HTTP has many exchanges at once where a line has one order,
// so the frames are divided among them here:
//
//   an answer                     to the POST that asked: as JSON, or as the last of its events
//   progress, and what belongs    to the POST of its request, which becomes a stream of events
//   to a request that is open
//   anything else                 to the stream that the client opened by GET, if it did; a request
//                                 of ours, or else to the newest POST that is open
//
// A client's ids need not be unique at one time (some send 1 in every request), so towards the
// session each request gets an id and a progress token of ours, and what comes back gets its own.
//
// Events have ids, STREAM-NUMBER. A client whose connection broke asks for the rest by GET with
// Last-Event-ID; the last events of each stream are kept for that, within a bound.

#ifndef MCPLEXER_RUNTIME_LISTEN_HTTP_TRANSPORT_H_
#define MCPLEXER_RUNTIME_LISTEN_HTTP_TRANSPORT_H_

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "runtime/listen/http_connection.h"
#include "runtime/transport/timers.h"
#include "runtime/transport/transport.h"

namespace mcplexer::listen {

struct HttpTransportLimits {
  // Waiting for clients that do not read; see transport::Limits.
  size_t queue_bytes = size_t{4} << 20;
  // Of events kept for clients that come back, over a session. Answers that an agent waits for are
  // some kilobytes; one that is larger than this is lost with its connection.
  size_t kept_bytes = size_t{1} << 20;
  // Streams that have ended and are kept; a client comes back at once or not at all.
  size_t kept_streams = 16;
  // Requests of one client that are open.
  size_t requests = 256;
};

// What the JSON-RPC error of an HTTP answer looks like, with the id null.
std::string HttpErrorBody(int code, std::string_view message);

// One thread.
class HttpTransport final : public transport::Transport {
 public:
  HttpTransport(boost::asio::io_context& io, transport::Timers& timers, std::string session_id,
                const HttpTransportLimits& limits = {});
  ~HttpTransport() override;

  void Start(transport::Receiver& receiver) override { receiver_ = &receiver; }
  void Send(std::string frame) override;
  void SendAbout(std::string frame, std::string_view raw_id) override;
  size_t QueuedBytes() const override;
  void SetReading(bool on) override { reading_ = on; }
  void CloseWriting() override {}

  // A POST and its body. `doc` was parsed from `body`; duplicate keys were not searched for.
  void Post(const std::shared_ptr<HttpConnection>& connection, const json::Document& doc);
  // A GET; `last_event` is empty where there is none.
  void Listen(const std::shared_ptr<HttpConnection>& connection, std::string_view last_event);
  // The client is not expected to come back.
  void End();

  // Nothing is open and no client connected since then.
  transport::TimePoint last_used() const { return last_used_; }
  bool busy() const;
  // The session was refused: the answer to `initialize` was an error.
  bool refused() const { return refused_; }

 private:
  // Events to one POST or GET.
  struct Stream {
    uint64_t number = 0;
    uint64_t last_event = 0;
    std::shared_ptr<HttpConnection> connection;  // null or closed: the client has gone for now
    std::deque<std::pair<uint64_t, std::string>> kept;
    bool events = false;  // it has begun as a stream of events
    bool ended = false;
    size_t open = 0;     // requests without an answer
    bool first = false;  // it begins the session
  };
  using StreamPtr = std::shared_ptr<Stream>;
  // A request of the client.
  struct Open {
    StreamPtr stream;
    std::string raw_id;
    std::string raw_token;  // empty: it wants no progress
  };

  // False when it is not to be forwarded.
  bool Rewrite(const json::Document& doc, json::NodeId message, json::Splicer& splicer,
               const StreamPtr& stream);
  // `about` is null where it is about no request.
  void Route(const std::string& frame, const StreamPtr& about);
  void SendAnswer(std::string_view frame, bool batch);
  void SendProgress(const json::Envelope& notification);
  void SendOther(const std::string& frame, bool request);
  void Finish(const StreamPtr& stream, uint32_t status, const std::string& frame);
  void Event(const StreamPtr& stream, const std::string& frame);
  void BeginEvents(const StreamPtr& stream);
  void Keep(const StreamPtr& stream, std::string event);
  void Forget(uint64_t id);
  void Watch(const std::shared_ptr<HttpConnection>& connection);
  void UpdateCongestion();
  std::string SessionField(const StreamPtr& stream) const;

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  const std::string session_id_;
  const HttpTransportLimits limits_;
  transport::Receiver* receiver_ = nullptr;
  bool reading_ = true;
  bool congested_ = false;
  bool ended_ = false;
  bool refused_ = false;
  bool begun_ = false;  // a POST was there
  uint64_t last_id_ = 0;
  uint64_t last_stream_ = 0;
  std::map<uint64_t, Open> open_;
  std::deque<StreamPtr> streams_;                          // that events were sent on, oldest first
  StreamPtr listening_;                                    // of the last GET
  StreamPtr current_;                                      // of the POST that is being read
  std::set<std::shared_ptr<HttpConnection>> connections_;  // that may have something to write
  size_t kept_bytes_ = 0;
  transport::TimePoint last_used_;
  json::Document doc_;
  std::string scratch_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_HTTP_TRANSPORT_H_
