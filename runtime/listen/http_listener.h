// SPDX-License-Identifier: Apache-2.0
// Clients over Streamable HTTP, on an address of this machine: `/w/WORKSPACE/mcp` for each
// workspace that says `http = true`. A session belongs to the workspace that its first request
// named; its directory is the workspace's root. Nobody can be recognised yet, so every client is
// the anonymous principal.

#ifndef MCPLEXER_RUNTIME_LISTEN_HTTP_LISTENER_H_
#define MCPLEXER_RUNTIME_LISTEN_HTTP_LISTENER_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/listen/http_connection.h"
#include "runtime/listen/http_gate.h"
#include "runtime/listen/http_transport.h"
#include "runtime/listen/stateless_http.h"
#include "runtime/plan/plan.h"
#include "runtime/transport/timers.h"

namespace mcplexer::listen {

struct HttpListenerLimits {
  HttpServerLimits server;
  HttpTransportLimits transport;
  StatelessHttpLimits stateless;
  // A session that nobody uses and that no stream is open to. Clients that forget to end theirs are
  // the rule; one that comes back later is told to begin anew (404).
  std::chrono::minutes idle_session{10};
  std::chrono::seconds sweep{30};
};

// One thread.
class HttpListener final : private HttpResponder {
 public:
  // Serves the transport until it is closed, then calls Remove. False: there are too many clients.
  using OnSession = std::function<bool(const std::string& session_id, WorkspaceId workspace,
                                       std::unique_ptr<HttpTransport> transport)>;

  // The same for all clients of a workspace that have no sessions.
  using OnStateless = std::function<bool(const std::string& session_id, WorkspaceId workspace,
                                         std::unique_ptr<StatelessHttp> transport)>;

  // The references must outlive it.
  static Result<std::unique_ptr<HttpListener>> Create(boost::asio::io_context& io,
                                                      transport::Timers& timers,
                                                      const plan::Plan& plan, HttpAddress address,
                                                      const HttpListenerLimits& limits = {});
  ~HttpListener();

  void Start(OnSession on_session, OnStateless on_stateless);
  // No client and no request gets in any more; what is being answered is.
  void Stop();
  // Another plan comes into force; the one before has to live until this returns. Sessions whose
  // workspace is not served any more, or `goes_on` is false of (by old and new id), are ended, and
  // so are clients without.
  void Renew(const plan::Plan& next, const std::function<bool(WorkspaceId, WorkspaceId)>& goes_on);

  // The session's transport is about to go.
  void Remove(const std::string& session_id);

  uint16_t port() const { return address_.port; }

 private:
  struct Session {
    WorkspaceId workspace;
    HttpTransport* transport;
  };

  HttpListener(boost::asio::io_context& io, transport::Timers& timers, const plan::Plan& plan,
               HttpAddress address, const HttpListenerLimits& limits);

  Status Bind();
  void Accept();
  std::shared_ptr<ClientStream> MakeStream(boost::asio::ip::tcp::socket socket);
  void Sweep();

  void OnRequest(const std::shared_ptr<HttpConnection>& connection, const transport::HttpHead& head,
                 std::string body) override;
  bool HoldBody(size_t before, size_t after) override;
  void OnClosed(const HttpConnection& connection) override;

  WorkspaceId FindWorkspace(std::string_view name) const;
  // The session that the request names, or null when it was refused.
  Session* FindSession(const std::shared_ptr<HttpConnection>& connection,
                       const transport::HttpHead& head, WorkspaceId workspace);
  void Post(const std::shared_ptr<HttpConnection>& connection, const transport::HttpHead& head,
            WorkspaceId workspace, const std::string& body);
  void PostStateless(const std::shared_ptr<HttpConnection>& connection,
                     const transport::HttpHead& head, WorkspaceId workspace,
                     const json::Envelope& envelope);
  void Begin(const std::shared_ptr<HttpConnection>& connection, WorkspaceId workspace);

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  const plan::Plan* plan_;
  HttpAddress address_;
  const HttpListenerLimits limits_;
  HttpGate gate_;
  boost::asio::ip::tcp::acceptor acceptor_;
  transport::Timer retry_;
  transport::Timer sweep_;
  OnSession on_session_;
  OnStateless on_stateless_;
  std::map<std::string, Session, std::less<>> sessions_;
  struct Stateless {
    std::string session_id;
    StatelessHttp* transport;
  };
  std::map<WorkspaceId, Stateless> stateless_;
  std::vector<std::weak_ptr<HttpConnection>> connections_;
  size_t open_connections_ = 0;
  size_t held_bodies_ = 0;
  json::Document doc_;
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_HTTP_LISTENER_H_
