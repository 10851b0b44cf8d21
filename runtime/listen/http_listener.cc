// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_listener.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/ip/address.hpp>
#include <utility>

#include "runtime/json/envelope.h"
#include "runtime/json/writer.h"
#include "runtime/listen/client_session.h"
#include "runtime/listen/client_stream.h"

namespace mcplexer::listen {
namespace {

using boost::asio::ip::tcp;

// After a failure to take a connection, which is for want of descriptors: some come free.
constexpr std::chrono::milliseconds kHttpAcceptPause{200};
constexpr size_t kKeptBodyDocument = size_t{256} << 10;
constexpr int kSdkServerError = -32000;
constexpr int kSdkSessionNotFound = -32001;
constexpr std::string_view kJson = "Content-Type: application/json\r\n";

int CodeOfFault(json::ErrorKind kind) {
  const bool maybe_json = kind == json::ErrorKind::kTooLarge || kind == json::ErrorKind::kTooDeep ||
                          kind == json::ErrorKind::kTooManyNodes;
  return maybe_json ? json::kInvalidRequestCode : json::kParseErrorCode;
}

}  // namespace

Result<std::unique_ptr<HttpListener>> HttpListener::Create(boost::asio::io_context& io,
                                                           transport::Timers& timers,
                                                           const plan::Plan& plan,
                                                           HttpAddress address,
                                                           const HttpListenerLimits& limits) {
  std::unique_ptr<HttpListener> listener(
      new HttpListener(io, timers, plan, std::move(address), limits));
  if (auto bound = listener->Bind(); !bound) return tl::unexpected(bound.error());
  return listener;
}

HttpListener::HttpListener(boost::asio::io_context& io, transport::Timers& timers,
                           const plan::Plan& plan, HttpAddress address,
                           const HttpListenerLimits& limits)
    : io_(io),
      timers_(timers),
      plan_(&plan),
      address_(std::move(address)),
      limits_(limits),
      gate_(address_),
      acceptor_(io),
      retry_(timers),
      sweep_(timers) {}

HttpListener::~HttpListener() {
  for (const auto& one : connections_) {
    if (const auto connection = one.lock()) connection->Close();
  }
}

Status HttpListener::Bind() {
  boost::system::error_code error;
  const tcp::endpoint endpoint(boost::asio::ip::make_address(address_.host, error), address_.port);
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(boost::asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return Fail(fmt::format("{}:{}: {}", address_.host, address_.port, error.message()));
  address_.port = acceptor_.local_endpoint().port();
  gate_ = HttpGate(address_);
  return {};
}

void HttpListener::Start(OnSession on_session, OnStateless on_stateless) {
  on_session_ = std::move(on_session);
  on_stateless_ = std::move(on_stateless);
  sweep_.SetAfter(limits_.sweep, [this] { Sweep(); });
  Accept();
}

void HttpListener::Remove(const std::string& session_id) {
  sessions_.erase(session_id);
  std::erase_if(stateless_, [&](const auto& one) { return one.second.session_id == session_id; });
}

void HttpListener::Stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.Cancel();
  sweep_.Cancel();
}

void HttpListener::Accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    // First: then the listener may be gone.
    if (error == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (error) {
      spdlog::warn("a client over HTTP: {}", error.message());
      retry_.SetAfter(kHttpAcceptPause, [this] { Accept(); });
      return;
    }
    if (open_connections_ < limits_.server.connections) {
      const auto connection =
          std::make_shared<HttpConnection>(MakeStream(std::move(socket)), timers_,
                                           static_cast<HttpResponder&>(*this), limits_.server);
      std::erase_if(connections_, [](const auto& one) { return one.expired(); });
      connections_.push_back(connection);
      ++open_connections_;
      connection->Start();
    }
    Accept();
  });
}

std::shared_ptr<ClientStream> HttpListener::MakeStream(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(boost::asio::socket_base::keep_alive(true), ignored);
  if (address_.tls) return address_.tls->Accept(std::move(socket));
  return PlainStream(std::move(socket));
}

void HttpListener::OnClosed(const HttpConnection&) { --open_connections_; }

bool HttpListener::HoldBody(size_t before, size_t after) {
  held_bodies_ = held_bodies_ - before + after;
  return after <= before || held_bodies_ <= limits_.server.all_bodies_bytes;
}

void HttpListener::Sweep() {
  sweep_.SetAfter(limits_.sweep, [this] { Sweep(); });
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    HttpTransport& transport = *at->second.transport;
    const bool idle =
        !transport.busy() && timers_.Now() - transport.last_used() >= limits_.idle_session;
    if (idle) transport.End();
    at = idle ? sessions_.erase(at) : std::next(at);
  }
  for (auto at = stateless_.begin(); at != stateless_.end();) {
    StatelessHttp& transport = *at->second.transport;
    const bool idle =
        !transport.busy() && timers_.Now() - transport.last_used() >= limits_.idle_session;
    if (idle) transport.End();
    at = idle ? stateless_.erase(at) : std::next(at);
  }
}

void HttpListener::Renew(const plan::Plan& next,
                         const std::function<bool(WorkspaceId, WorkspaceId)>& goes_on) {
  const plan::Plan& before = *std::exchange(plan_, &next);
  // Not valid where it is not served any more.
  const auto now_of = [&](WorkspaceId then) {
    const WorkspaceId now = FindWorkspace(before.text(before.workspaces()[then.index()].name));
    return now.valid() && goes_on(then, now) ? now : WorkspaceId();
  };
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    Session& session = at->second;
    const WorkspaceId now = now_of(session.workspace);
    if (now.valid()) {
      session.workspace = now;
      ++at;
    } else {
      session.transport->End();
      at = sessions_.erase(at);
    }
  }
  for (const auto& [then, stateless] : std::exchange(stateless_, {})) {
    const WorkspaceId now = now_of(then);
    if (now.valid()) {
      stateless_.emplace(now, stateless);
    } else {
      stateless.transport->End();
    }
  }
}

WorkspaceId HttpListener::FindWorkspace(std::string_view name) const {
  const auto workspaces = plan_->workspaces();
  for (size_t i = 0; i < workspaces.size(); ++i) {
    if (workspaces[i].http != 0 && plan_->text(workspaces[i].name) == name) return WorkspaceId(i);
  }
  return {};
}

void HttpListener::OnRequest(const std::shared_ptr<HttpConnection>& connection,
                             const transport::HttpHead& head, std::string body) {
  if (const auto refusal = gate_.Check(head)) {
    const std::string fields = std::string(refusal->fields) + std::string(kJson);
    return connection->Respond(
        refusal->status, fields,
        refusal->code == 0 ? "{}" : HttpErrorBody(refusal->code, refusal->message));
  }
  // A workspace that is not served is told apart from none by nobody.
  const WorkspaceId workspace = FindWorkspace(WorkspaceIn(head.target));
  if (!workspace.valid() || !acceptor_.is_open()) {
    return connection->Respond(404, kJson, "{}");
  }
  if (head.method == "POST") return Post(connection, head, workspace, body);
  Session* session = FindSession(connection, head, workspace);
  if (session == nullptr) return;
  if (head.method == "GET") {
    const std::string* last = head.Find("last-event-id");
    return session->transport->Listen(connection, last == nullptr ? "" : *last);
  }
  session->transport->End();
  sessions_.erase(*head.Find("mcp-session-id"));
  connection->Respond(200, "", "");
}

HttpListener::Session* HttpListener::FindSession(const std::shared_ptr<HttpConnection>& connection,
                                                 const transport::HttpHead& head,
                                                 WorkspaceId workspace) {
  const std::string* id = head.Find("mcp-session-id");
  if (id == nullptr) {
    connection->Respond(400, kJson,
                        HttpErrorBody(kSdkServerError, "Bad Request: Mcp-Session-Id is needed"));
    return nullptr;
  }
  const auto at = sessions_.find(*id);
  if (at == sessions_.end() || at->second.workspace != workspace) {
    connection->Respond(404, kJson, HttpErrorBody(kSdkSessionNotFound, "Session not found"));
    return nullptr;
  }
  return &at->second;
}

void HttpListener::Post(const std::shared_ptr<HttpConnection>& connection,
                        const transport::HttpHead& head, WorkspaceId workspace,
                        const std::string& body) {
  json::Limits limits;
  limits.unique_keys_depth = 0;  // the session searches, and says which request it is
  if (const auto parsed = doc_.Parse(body, limits); !parsed) {
    return connection->Respond(
        400, kJson, HttpErrorBody(CodeOfFault(parsed.error().kind), parsed.error().Message()));
  }
  std::string scratch;
  const json::Envelope envelope = json::ReadEnvelope(doc_, doc_.Root(), scratch);
  if (envelope.kind == json::MessageKind::kInvalid) {
    const bool has_id = envelope.id.valid() && envelope.id_type != json::IdType::kNull;
    return connection->Respond(400, kJson,
                               json::ErrorResponse(has_id ? doc_.Raw(envelope.id) : "",
                                                   json::kInvalidRequestCode, envelope.fault));
  }
  if (IsStatelessPost(head, doc_, envelope)) {
    PostStateless(connection, head, workspace, envelope);
    if (doc_.MemoryBytes() > kKeptBodyDocument) doc_.Release();
    return;
  }
  if (!IsKnownVersion(head)) {
    return connection->Respond(
        400, kJson, HttpErrorBody(kSdkServerError, "Bad Request: unsupported protocol version"));
  }
  const bool initialize =
      envelope.kind == json::MessageKind::kRequest && envelope.method == "initialize";
  if (initialize && head.Find("mcp-session-id") == nullptr) return Begin(connection, workspace);
  Session* session = FindSession(connection, head, workspace);
  if (session != nullptr) session->transport->Post(connection, doc_);
  if (doc_.MemoryBytes() > kKeptBodyDocument) doc_.Release();
}

void HttpListener::PostStateless(const std::shared_ptr<HttpConnection>& connection,
                                 const transport::HttpHead& head, WorkspaceId workspace,
                                 const json::Envelope& envelope) {
  if (const auto fault = StatelessFault(head, doc_, envelope)) {
    return connection->Respond(400, kJson, *fault);
  }
  auto at = stateless_.find(workspace);
  if (at == stateless_.end()) {
    const std::string id = NewSessionId();
    auto made = std::make_unique<StatelessHttp>(io_, timers_, limits_.stateless);
    StatelessHttp* transport = made.get();
    if (!on_stateless_ || !on_stateless_(id, workspace, std::move(made))) {
      return connection->Respond(
          503, fmt::format("{}Retry-After: 10\r\n", kJson),
          HttpErrorBody(json::kInternalErrorCode, "there are too many clients"));
    }
    at = stateless_.emplace(workspace, Stateless{id, transport}).first;
  }
  at->second.transport->Post(connection, doc_, envelope);
}

void HttpListener::Begin(const std::shared_ptr<HttpConnection>& connection, WorkspaceId workspace) {
  const std::string id = NewSessionId();
  auto made = std::make_unique<HttpTransport>(io_, timers_, id, limits_.transport);
  HttpTransport* transport = made.get();
  if (!on_session_(id, workspace, std::move(made))) {
    return connection->Respond(503, fmt::format("{}Retry-After: 10\r\n", kJson),
                               HttpErrorBody(kSdkServerError, "there are too many clients"));
  }
  transport->Post(connection, doc_);
  if (transport->refused()) return transport->End();
  sessions_.emplace(id, Session{workspace, transport});
}

}  // namespace mcplexer::listen
