// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/json/writer.h"

namespace mcplexer::listen {
namespace {

constexpr uint32_t kOk = 200;
constexpr uint32_t kAccepted = 202;
constexpr uint32_t kBadRequestStatus = 400;
constexpr uint32_t kUnavailable = 503;
constexpr int kServerErrorCode = -32000;
constexpr size_t kKeptDocumentBytes = size_t{256} << 10;
// From this revision on, clients know events without a message.
constexpr std::string_view kEmptyEventsSince = "2025-11-25";
constexpr std::string_view kJsonType = "Content-Type: application/json\r\n";

// Our own ids are decimal numbers, as we write them.
std::optional<uint64_t> ReadDecimal(std::string_view raw) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  if (error != std::errc() || end != raw.data() + raw.size()) return std::nullopt;
  return number;
}

struct EventId {
  uint64_t stream = 0;
  uint64_t event = 0;  // of that stream
};

std::optional<EventId> ReadEventId(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto stream = ReadDecimal(text.substr(0, dash));
  const auto event = ReadDecimal(text.substr(dash + 1));
  if (!stream || !event) return std::nullopt;
  return EventId{*stream, *event};
}

bool IsMessageOf(json::MessageKind kind, std::initializer_list<json::MessageKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

std::string HttpErrorBody(int code, std::string_view message) {
  return json::ErrorResponse("", code, message);
}

HttpTransport::HttpTransport(boost::asio::io_context& io, transport::Timers& timers,
                             std::string session_id, const HttpTransportLimits& limits)
    : io_(io),
      timers_(timers),
      session_id_(std::move(session_id)),
      limits_(limits),
      last_used_(timers.Now()) {}

HttpTransport::~HttpTransport() {
  std::vector<std::shared_ptr<HttpConnection>> connections;
  for (const auto& [id, open] : open_) connections.push_back(open.stream->connection);
  for (const StreamPtr& stream : streams_) connections.push_back(stream->connection);
  if (listening_) connections.push_back(listening_->connection);
  for (const auto& connection : connections) {
    if (!connection) continue;
    connection->EndEvents();
  }
}

std::string HttpTransport::SessionField(const StreamPtr& stream) const {
  return stream->first && !refused_ ? fmt::format("Mcp-Session-Id: {}\r\n", session_id_) : "";
}

void HttpTransport::Post(const std::shared_ptr<HttpConnection>& connection,
                         const json::Document& doc) {
  last_used_ = timers_.Now();
  if (!reading_ || open_.size() >= limits_.requests) {
    return connection->Respond(kUnavailable, fmt::format("{}Retry-After: 1\r\n", kJsonType),
                               HttpErrorBody(kServerErrorCode, "too much waits for this client"));
  }
  const auto stream = std::make_shared<Stream>();
  stream->number = ++last_stream_;
  stream->first = !std::exchange(begun_, true);
  stream->connection = connection;
  Watch(connection);
  json::Splicer splicer(doc, doc.Root());
  bool forwarded = true;
  if (doc.TypeOf(doc.Root()) == json::Type::kArray) {
    for (const json::NodeId message : doc.Elements(doc.Root())) {
      Rewrite(doc, message, splicer, stream);
    }
  } else {
    forwarded = Rewrite(doc, doc.Root(), splicer, stream);
  }
  const bool answered = stream->open != 0;
  if (forwarded) {
    current_ = stream;
    receiver_->OnFrame(splicer.Apply());
    current_ = nullptr;
  }
  if (!answered && !stream->ended) {
    stream->ended = true;
    connection->Respond(kAccepted, "", "");
  }
}

bool HttpTransport::Rewrite(const json::Document& doc, json::NodeId message, json::Splicer& splicer,
                            const StreamPtr& stream) {
  const json::Envelope envelope = json::ReadEnvelope(doc, message, scratch_);
  using Kind = json::MessageKind;
  if (envelope.kind == Kind::kNotification && envelope.method == "notifications/cancelled") {
    if (!envelope.request_id.valid()) return false;
    const std::string_view raw = doc.Raw(envelope.request_id);
    // The newest, where a client uses an id more than once.
    const auto at = std::find_if(open_.rbegin(), open_.rend(),
                                 [&](const auto& one) { return one.second.raw_id == raw; });
    if (at == open_.rend()) return false;
    const uint64_t id = at->first;
    splicer.Replace(envelope.request_id, std::to_string(id));
    // Its POST ends without an answer, once the session knows.
    boost::asio::post(io_, [this, id, alive = std::weak_ptr<int>(alive_)] {
      if (!alive.expired()) Forget(id);
    });
    return true;
  }
  const bool has_id = envelope.id.valid() && envelope.id_type != json::IdType::kNull;
  if (!has_id || !IsMessageOf(envelope.kind, {Kind::kRequest, Kind::kInvalid})) return true;
  const uint64_t id = ++last_id_;
  Open open{stream, std::string(doc.Raw(envelope.id)), {}};
  splicer.Replace(envelope.id, std::to_string(id));
  if (envelope.kind == Kind::kRequest && envelope.progress_token.valid()) {
    open.raw_token = doc.Raw(envelope.progress_token);
    splicer.Replace(envelope.progress_token, std::to_string(id));
  }
  ++stream->open;
  open_.emplace(id, std::move(open));
  return true;
}

void HttpTransport::Send(std::string frame) { Route(frame, nullptr); }

void HttpTransport::SendAbout(std::string frame, std::string_view raw_id) {
  const auto id = ReadDecimal(raw_id);
  const auto at = id ? open_.find(*id) : open_.end();
  Route(frame, at != open_.end() ? at->second.stream : nullptr);
}

void HttpTransport::Route(const std::string& frame, const StreamPtr& about) {
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc_.Parse(frame, limits)) return;
  const bool batch = doc_.TypeOf(doc_.Root()) == json::Type::kArray;
  const json::Envelope envelope = json::ReadEnvelope(doc_, doc_.Root(), scratch_);
  if (batch ||
      IsMessageOf(envelope.kind, {json::MessageKind::kResult, json::MessageKind::kErrorResponse})) {
    SendAnswer(frame, batch);
  } else if (envelope.kind == json::MessageKind::kNotification &&
             envelope.method == "notifications/progress") {
    SendProgress(envelope);
  } else if (about) {
    Event(about, frame);
  } else {
    SendOther(frame, envelope.kind == json::MessageKind::kRequest);
  }
  if (doc_.MemoryBytes() > kKeptDocumentBytes) doc_.Release();
  UpdateCongestion();
}

void HttpTransport::SendAnswer(std::string_view frame, bool batch) {
  json::Splicer splicer(doc_, doc_.Root());
  StreamPtr stream;
  bool is_error = false;
  const auto restore = [&](json::NodeId message) {
    const json::Envelope answer = json::ReadEnvelope(doc_, message, scratch_);
    is_error = answer.kind == json::MessageKind::kErrorResponse;
    const auto id = answer.id.valid() ? ReadDecimal(doc_.Raw(answer.id)) : std::nullopt;
    const auto at = id ? open_.find(*id) : open_.end();
    if (at == open_.end()) return;
    stream = at->second.stream;
    splicer.Replace(answer.id, at->second.raw_id);
    --stream->open;
    open_.erase(at);
  };
  if (batch) {
    for (const json::NodeId message : doc_.Elements(doc_.Root())) restore(message);
  } else {
    restore(doc_.Root());
  }
  if (stream) {
    if (stream->first && is_error && !batch) refused_ = true;
    if (batch || stream->open == 0) return Finish(stream, kOk, splicer.Apply());
    return Event(stream, splicer.Apply());
  }
  // What could not be read as a request is answered while it is being read.
  if (!current_ || current_->ended) return;
  std::erase_if(open_, [&](const auto& one) { return one.second.stream == current_; });
  Finish(current_, kBadRequestStatus, std::string(frame));
}

void HttpTransport::SendProgress(const json::Envelope& notification) {
  const json::NodeId token = notification.params.valid()
                                 ? doc_.Find(notification.params, "progressToken")
                                 : json::NodeId();
  const auto id = token.valid() ? ReadDecimal(doc_.Raw(token)) : std::nullopt;
  const auto at = id ? open_.find(*id) : open_.end();
  if (at == open_.end() || at->second.raw_token.empty()) return;
  json::Splicer splicer(doc_, doc_.Root());
  splicer.Replace(token, at->second.raw_token);
  Event(at->second.stream, splicer.Apply());
}

void HttpTransport::SendOther(const std::string& frame, bool request) {
  if (listening_) return Event(listening_, frame);
  if (request && !open_.empty()) Event(open_.rbegin()->second.stream, frame);
}

void HttpTransport::Finish(const StreamPtr& stream, uint32_t status, const std::string& frame) {
  last_used_ = timers_.Now();
  if (stream->events) Event(stream, frame);
  stream->ended = true;
  if (!stream->connection) return;
  if (stream->events) {
    stream->connection->EndEvents();
  } else {
    stream->connection->Respond(status, std::string(kJsonType) + SessionField(stream), frame);
  }
}

// A cancelled request: its POST ends, because nothing is answered to it.
void HttpTransport::Forget(uint64_t id) {
  const auto at = open_.find(id);
  if (at == open_.end()) return;
  const StreamPtr stream = at->second.stream;
  open_.erase(at);
  if (--stream->open != 0 || stream->ended) return;
  if (!stream->events) BeginEvents(stream);
  stream->ended = true;
  if (stream->connection) stream->connection->EndEvents();
}

void HttpTransport::BeginEvents(const StreamPtr& stream) {
  stream->events = true;
  streams_.push_back(stream);
  if (stream->connection) stream->connection->BeginEvents(SessionField(stream));
  // An id before there is anything to lose, so that a client can come back from the start. Without
  // data, readers of events keep the id to themselves.
  const bool empty_event =
      stream->connection && stream->connection->ProtocolVersion() >= kEmptyEventsSince;
  Keep(stream, fmt::format("id: {}-{}\nretry: 1000\n{}\n", stream->number, ++stream->last_event,
                           empty_event ? "data: \n" : ""));
  while (streams_.size() > limits_.kept_streams) {
    const auto over = std::find_if(streams_.begin(), streams_.end(),
                                   [](const StreamPtr& one) { return one->ended; });
    if (over == streams_.end()) break;
    for (const auto& [number, text] : (*over)->kept) kept_bytes_ -= text.size();
    streams_.erase(over);
  }
}

void HttpTransport::Event(const StreamPtr& stream, const std::string& frame) {
  if (!stream->events) BeginEvents(stream);
  Keep(stream, fmt::format("id: {}-{}\ndata: {}\n\n", stream->number, ++stream->last_event, frame));
}

void HttpTransport::Keep(const StreamPtr& stream, std::string event) {
  if (stream->connection) stream->connection->Event(event);
  kept_bytes_ += event.size();
  stream->kept.emplace_back(stream->last_event, std::move(event));
  for (auto oldest = streams_.begin(); kept_bytes_ > limits_.kept_bytes;) {
    if (oldest == streams_.end()) break;
    if ((*oldest)->kept.empty()) {
      ++oldest;
      continue;
    }
    kept_bytes_ -= (*oldest)->kept.front().second.size();
    (*oldest)->kept.pop_front();
  }
}

void HttpTransport::Listen(const std::shared_ptr<HttpConnection>& connection,
                           std::string_view last_event) {
  last_used_ = timers_.Now();
  Watch(connection);
  if (last_event.empty()) {
    // A second stream for the same things would make it a matter of luck who gets them.
    if (listening_ && listening_->connection && listening_->connection->open()) {
      return connection->Respond(
          409, kJsonType, HttpErrorBody(kServerErrorCode, "Conflict: a stream is open already"));
    }
    if (listening_) listening_->ended = true;
    listening_ = std::make_shared<Stream>();
    listening_->number = ++last_stream_;
    listening_->connection = connection;
    return BeginEvents(listening_);
  }
  const auto id = ReadEventId(last_event);
  const auto at = std::find_if(streams_.begin(), streams_.end(), [&](const StreamPtr& one) {
    return id && one->number == id->stream;
  });
  // Where something in between is lost, the client must not take the rest for all.
  const bool known = at != streams_.end() && id->event <= (*at)->last_event &&
                     (id->event == (*at)->last_event ||
                      (!(*at)->kept.empty() && (*at)->kept.front().first <= id->event + 1));
  if (!known) {
    return connection->Respond(
        kBadRequestStatus, kJsonType,
        HttpErrorBody(kServerErrorCode, "Bad Request: this event is not known any more"));
  }
  const StreamPtr& stream = *at;
  if (stream->connection) stream->connection->Close();
  stream->connection = connection;
  connection->BeginEvents("");
  for (const auto& [sent, text] : stream->kept) {
    if (sent > id->event) connection->Event(text);
  }
  if (stream->ended) connection->EndEvents();
}

void HttpTransport::End() {
  if (std::exchange(ended_, true)) return;
  reading_ = false;
  if (listening_ && listening_->connection) listening_->connection->EndEvents();
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired() && receiver_ != nullptr) receiver_->OnClosed();
  });
}

bool HttpTransport::busy() const {
  return !open_.empty() || (listening_ && listening_->connection && listening_->connection->open());
}

size_t HttpTransport::QueuedBytes() const {
  size_t bytes = 0;
  for (const auto& connection : connections_) bytes += connection->queued_bytes();
  return bytes;
}

void HttpTransport::Watch(const std::shared_ptr<HttpConnection>& connection) {
  std::erase_if(connections_, [](const auto& one) { return !one->open(); });
  connections_.insert(connection);
  connection->on_change = [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) UpdateCongestion();
  };
}

void HttpTransport::UpdateCongestion() {
  const size_t queued = QueuedBytes();
  const bool congested =
      congested_ ? queued > limits_.queue_bytes / 2 : queued > limits_.queue_bytes;
  if (congested == congested_) return;
  congested_ = congested;
  boost::asio::post(io_, [this, congested, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired() && receiver_ != nullptr) receiver_->OnCongestion(congested);
  });
}

}  // namespace mcplexer::listen
