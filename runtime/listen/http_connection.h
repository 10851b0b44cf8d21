// SPDX-License-Identifier: Apache-2.0
// One TCP connection of an HTTP client: requests are read one after the other, each answered before
// the next one is looked at; an answer is a whole response or a stream of events.
//
// A client has so long to send a request and to take what it is sent; one that does neither is hung
// up on. While nothing else is written to a stream of events, a comment is every 15 seconds,
// because proxies close what is silent for a minute.

#ifndef MCPLEXER_RUNTIME_LISTEN_HTTP_CONNECTION_H_
#define MCPLEXER_RUNTIME_LISTEN_HTTP_CONNECTION_H_

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/listen/client_stream.h"
#include "runtime/transport/http_parser.h"
#include "runtime/transport/timers.h"

namespace mcplexer::listen {

struct HttpServerLimits {
  transport::HttpParserLimits head;
  // As the JSON parser's own bound, and a line on stdio.
  size_t body_bytes = size_t{64} << 20;
  // Of bodies that are not complete, over all connections: two of the largest. Anybody on this
  // machine may connect.
  size_t all_bodies_bytes = size_t{128} << 20;
  // Browsers and SDKs keep a handful open; each costs about 20 KiB, with TLS about 60.
  size_t connections = 256;
  // For TLS to be agreed upon.
  std::chrono::seconds handshake{10};
  // For the whole of a request, once its first byte is there: a large one over a slow disk fits.
  std::chrono::seconds request{30};
  // Between requests.
  std::chrono::seconds idle{60};
  // Without the client taking a byte of what waits for it.
  std::chrono::seconds write{60};
  std::chrono::seconds keep_alive{15};
};

class HttpConnection;

// Answers requests. May not destroy the connection from within a call.
class HttpResponder {
 public:
  virtual void OnRequest(const std::shared_ptr<HttpConnection>& connection,
                         const transport::HttpHead& head, std::string body) = 0;
  // So much more (less) of unfinished bodies is held; false when that is too much.
  virtual bool HoldBody(size_t before, size_t after) = 0;
  virtual void OnClosed(const HttpConnection& connection) = 0;

 protected:
  ~HttpResponder() = default;
};

// One thread. The responder, the timers and the io_context outlive it, or Close was called.
class HttpConnection final : public std::enable_shared_from_this<HttpConnection>,
                             private transport::HttpSink {
 public:
  HttpConnection(std::shared_ptr<ClientStream> stream, transport::Timers& timers,
                 HttpResponder& responder, const HttpServerLimits& limits);

  void Start();
  // `fields` with their CR LF. Nothing where the client has gone.
  void Respond(uint32_t status, std::string_view fields, std::string_view body);
  // A stream of events; the connection is closed at its end.
  void BeginEvents(std::string_view fields);
  void Event(std::string_view bytes);
  void EndEvents();
  void Close();

  // What the request that is being answered says in MCP-Protocol-Version; empty: nothing.
  std::string_view ProtocolVersion() const;
  bool open() const { return open_; }
  size_t queued_bytes() const { return queued_bytes_; }
  // What waits to be written has changed, or the client has gone. For whoever answers.
  std::function<void()> on_change;

 private:
  void OnHead(const transport::HttpHead& head) override;
  void OnBody(std::string_view bytes) override;

  void Read();
  void OnRead(std::string_view bytes);
  void Begin();
  void Refuse(uint32_t status, std::string_view reason);
  void Write(std::string bytes);
  void Flush();
  void OnWritten(size_t bytes, bool failed);
  void KeepAlive();
  // Nobody is served any more; the stream is to be ended.
  void End();

  const std::shared_ptr<ClientStream> stream_;
  HttpResponder* responder_;
  const HttpServerLimits& limits_;
  transport::Timer read_timer_;
  transport::Timer write_timer_;
  transport::Timer keep_alive_timer_;
  std::array<char, size_t{16} << 10> buffer_{};
  std::optional<transport::HttpParser> parser_;
  transport::HttpHead head_;
  std::string body_;
  size_t held_ = 0;
  uint32_t fault_ = 0;  // the status that refuses the request being read
  std::deque<std::string> queue_;
  size_t front_written_ = 0;  // bytes of queue_.front() that are out
  size_t queued_bytes_ = 0;
  bool open_ = true;
  bool answering_ = false;
  bool streaming_ = false;
  bool close_when_written_ = false;
  bool write_pending_ = false;
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_HTTP_CONNECTION_H_
