// SPDX-License-Identifier: Apache-2.0
// Requests to one origin, side by side over a bounded number of connections that are kept for the
// next request. Nothing is followed (redirects) and nothing is sent twice: a request that fails may
// have been carried out, and only who made it knows what that means.
//
// A server closes a connection that was idle for a while, and a request that is sent at that moment
// is lost. So an idle connection is given up some time before the server says it will do so
// (Keep-Alive: timeout=N), and at once when the server closes it.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_HTTP_CLIENT_H_
#define MCPLEXER_RUNTIME_TRANSPORT_HTTP_CLIENT_H_

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/transport/http_parser.h"
#include "runtime/transport/http_socket.h"
#include "runtime/transport/http_url.h"
#include "runtime/transport/timers.h"

namespace mcplexer::transport {

struct HttpClientLimits {
  HttpParserLimits head;
  // Each open call holds one until its answer is there. More than an agent has open; those beyond
  // wait their turn.
  size_t connections = 16;
  // On top, for what must not wait behind calls: cancellations, answers to the server.
  size_t urgent_connections = 4;
  // For TCP and TLS together. A host that does not answer at all is not there.
  std::chrono::seconds connect{15};
  // How long an idle connection is kept where the server does not say. Node.js and uvicorn close
  // theirs after 5 s.
  std::chrono::seconds idle{4};
  std::chrono::seconds longest_idle{60};
};

// Who waits for a response. Destroyed when nobody refers to it any more; the client does until
// OnEnd or Abort.
class HttpReply : public HttpSink {
 public:
  virtual ~HttpReply() = default;
  // The whole response is there, or an error came first. `sent`: some of the request may have
  // reached the server. The last call.
  virtual void OnEnd(const Status& status, bool sent) = 0;
};

struct HttpRequest {
  std::string_view method;
  // Fields besides Host and Content-Length, each with its CR LF. May hold credentials: it is wiped.
  std::string fields;
  std::string body;
  bool urgent = false;
};

// One thread. May be destroyed within a call of an HttpReply.
class HttpClient {
 public:
  using Ticket = uint64_t;

  // Both references must outlive it.
  HttpClient(HttpSockets& sockets, Timers& timers, HttpUrl url,
             const HttpClientLimits& limits = {});
  ~HttpClient();

  // The reply hears nothing before this returns.
  Ticket Start(HttpRequest request, std::shared_ptr<HttpReply> reply);
  // The reply hears nothing any more; a request that was sent loses its connection.
  void Abort(Ticket ticket);
  // Nothing of the request was sent yet, for want of a free connection.
  bool IsWaiting(Ticket ticket) const;
  // When a connection was found for it; nothing while it waits, and when it is not known any more.
  std::optional<TimePoint> BegunAt(Ticket ticket) const;
  // While off, nothing is read from any connection, but what was read already is still told.
  void SetReading(bool on);
  // Of requests that are not written yet.
  size_t QueuedBytes() const { return queued_bytes_; }

 private:
  class Connection;
  struct OpenExchange;
  struct Waiting {
    Ticket ticket;
    HttpRequest request;
    std::shared_ptr<HttpReply> reply;
  };

  void Dispatch();
  bool TryStart(Waiting& waiting);
  void Drop(Connection* connection);

  HttpSockets& sockets_;
  Timers& timers_;
  const HttpUrl url_;
  const HttpClientLimits limits_;
  std::list<std::shared_ptr<Connection>> connections_;
  std::deque<Waiting> waiting_;
  size_t queued_bytes_ = 0;
  Ticket last_ticket_ = 0;
  bool reading_ = true;
  Timer dispatch_;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_HTTP_CLIENT_H_
