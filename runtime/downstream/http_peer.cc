// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/http_peer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <charconv>
#include <utility>

#include "runtime/base/version.h"
#include "runtime/downstream/http_channel.h"
#include "runtime/downstream/modern_meta.h"
#include "runtime/downstream/sse_peer.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "runtime/transport/mcp_header.h"

namespace mcplexer::downstream {
namespace {

// A session id goes into each request; the spec gives it visible ASCII and no bound.
constexpr size_t kMaxSessionId = 1024;
// A document that grew beyond this for one large message gives its memory back.
constexpr size_t kKeptHttpDocument = size_t{256} << 10;

constexpr std::array<std::string_view, 18> kReserved = {"accept",
                                                        "accept-encoding",
                                                        "connection",
                                                        "content-length",
                                                        "content-type",
                                                        "expect",
                                                        "host",
                                                        "keep-alive",
                                                        "last-event-id",
                                                        "mcp-session-id",
                                                        "mcp-method",
                                                        "mcp-name",
                                                        "te",
                                                        "mcp-protocol-version",
                                                        "trailer",
                                                        "transfer-encoding",
                                                        "upgrade",
                                                        "content-encoding"};

uint64_t ReadNumber(const json::Document& doc, json::NodeId node) {
  uint64_t number = 0;
  if (!node.valid()) return 0;
  const std::string_view raw = doc.Raw(node);
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  return error == std::errc() && end == raw.data() + raw.size() ? number : 0;
}

// What a request of the stateless era says in headers as well (MCP 2026-07-28, basic/transports/
// streamable-http, request metadata); empty for one of the session era.
std::string StatelessFields(const json::Document& doc, const json::Envelope& request) {
  if (!request.meta.valid()) return {};
  const json::NodeId version = doc.Find(request.meta, kVersionKey);
  if (!version.valid() || doc.TypeOf(version) != json::Type::kString) return {};
  std::string scratch;
  std::string fields = fmt::format("MCP-Protocol-Version: {}\r\n",
                                   transport::EncodeMcpHeader(doc.Unescape(version, scratch)));
  fields += fmt::format("Mcp-Method: {}\r\n", transport::EncodeMcpHeader(request.method));
  json::NodeId name;
  if (request.method == "tools/call" || request.method == "prompts/get") name = request.name;
  if (request.method == "resources/read") name = request.uri;
  if (name.valid()) {
    fields +=
        fmt::format("Mcp-Name: {}\r\n", transport::EncodeMcpHeader(doc.Unescape(name, scratch)));
  }
  return fields;
}

bool IsVisible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

bool IsReservedHeader(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(kReserved.begin(), kReserved.end(), lower) != kReserved.end();
}

HttpPeer::HttpPeer(boost::asio::io_context& io, transport::Timers& timers,
                   transport::HttpSockets& sockets, HttpPeerOptions options)
    : io_(io),
      timers_(timers),
      sockets_(sockets),
      options_(std::move(options)),
      log_rate_(20, 1),
      farewell_(timers),
      client_(sockets, timers, options_.url, options_.limits.client) {}

HttpPeer::~HttpPeer() {
  for (const auto& channel : channels_) channel->Close();
}

size_t HttpPeer::QueuedBytes() const {
  return client_.QueuedBytes() + waiting_bytes_ +
         (old_transport_ ? old_transport_->QueuedBytes() : 0);
}

void HttpPeer::SendWith(std::string frame, std::string_view fields) {
  if (old_transport_) return old_transport_->Send(std::move(frame));
  Outgoing outgoing{HttpRole::kMessage, 0, 0, std::move(frame), {}};
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (doc_.Parse(outgoing.frame, limits)) {
    std::string scratch;
    const json::Envelope envelope = json::ReadEnvelope(doc_, doc_.Root(), scratch);
    if (envelope.kind == json::MessageKind::kRequest) {
      outgoing.role = envelope.method == "initialize" ? HttpRole::kInitialize : HttpRole::kRequest;
      outgoing.id = ReadNumber(doc_, envelope.id);
      outgoing.fields = StatelessFields(doc_, envelope);
      if (!outgoing.fields.empty()) outgoing.fields += fields;
      if (!outgoing.fields.empty() && envelope.method != "server/discover") stateless_ = true;
    } else if (envelope.kind == json::MessageKind::kNotification) {
      if (envelope.method == "notifications/initialized") outgoing.role = HttpRole::kInitialized;
      if (envelope.method == "notifications/cancelled") {
        outgoing.ends_request = ReadNumber(doc_, envelope.request_id);
        if (stateless_) return Abort(outgoing.ends_request);
        if (Recall(outgoing.ends_request)) return;
      }
    }
  }
  if (doc_.MemoryBytes() > kKeptHttpDocument) doc_.Release();
  if (outgoing.role == HttpRole::kInitialize) introduction_ = outgoing.frame;
  const bool first =
      outgoing.role == HttpRole::kInitialize || outgoing.role == HttpRole::kInitialized;
  if (open_ || first || !outgoing.fields.empty()) return Post(std::move(outgoing));
  waiting_bytes_ += outgoing.frame.size();
  waiting_.push_back(std::move(outgoing));
}

void HttpPeer::Post(Outgoing outgoing) {
  const auto channel = std::make_shared<HttpChannel>(*this, outgoing.role, outgoing.id);
  channel->ends_request = outgoing.ends_request;
  channels_.push_back(channel);
  channel->Post(std::move(outgoing.frame), outgoing.fields);
}

void HttpPeer::Abort(uint64_t id) {
  if (HttpChannel* channel = FindRequest(id)) Remove(channel);
}

// Takes back a request of which nothing was sent. False when there is something to cancel.
bool HttpPeer::Recall(uint64_t id) {
  const auto waits = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Outgoing& one) { return one.id == id; });
  if (waits != waiting_.end()) {
    waiting_bytes_ -= waits->frame.size();
    waiting_.erase(waits);
    return true;
  }
  HttpChannel* channel = FindRequest(id);
  if (channel == nullptr || !channel->IsWaiting()) return false;
  Remove(channel);
  return true;
}

HttpChannel* HttpPeer::FindRequest(uint64_t id) const {
  const auto at = std::find_if(channels_.begin(), channels_.end(), [&](const auto& channel) {
    return channel->role() == HttpRole::kRequest && channel->id() == id;
  });
  return at == channels_.end() ? nullptr : at->get();
}

std::string HttpPeer::Fields(std::string_view more) const {
  constexpr std::string_view kSession = "Mcp-Session-Id: ";
  constexpr std::string_view kVersionField = "MCP-Protocol-Version: ";
  constexpr std::string_view kEnd = "\r\n";
  const std::string agent = fmt::format("User-Agent: mcplexer/{}\r\n", kVersion);
  size_t size = more.size() + agent.size() + kSession.size() + session_.size() + kEnd.size() +
                kVersionField.size() + version_.size() + kEnd.size();
  for (const auth::HttpHeader& header : options_.headers) {
    size += header.name.size() + 2 + header.value.size() + kEnd.size();
  }
  std::string fields;
  fields.reserve(size);  // no copy of a secret in memory that is freed
  fields.append(agent).append(more);
  if (!session_.empty()) fields.append(kSession).append(session_).append(kEnd);
  if (!version_.empty()) fields.append(kVersionField).append(version_).append(kEnd);
  for (const auth::HttpHeader& header : options_.headers) {
    fields.append(header.name).append(": ").append(header.value.Reveal()).append(kEnd);
  }
  return fields;
}

void HttpPeer::Tell(std::function<void(PeerEvents&)> tell) {
  if (events_ == nullptr) return;
  if (reading_ && told_.empty()) {
    tell(*events_);
  } else {
    told_.push_back(std::move(tell));
  }
}

void HttpPeer::RunTold() {
  while (reading_ && events_ != nullptr && !told_.empty()) {
    const auto tell = std::move(told_.front());
    told_.pop_front();
    tell(*events_);
  }
}

void HttpPeer::SetReading(bool on) {
  if (std::exchange(reading_, on) == on) return;
  client_.SetReading(on);
  if (old_transport_) old_transport_->SetReading(on);
  if (!on) return;
  // Not from here: the caller may be in the middle of a frame.
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) RunTold();
  });
}

bool HttpPeer::Hold(size_t before, size_t after) {
  held_bytes_ = held_bytes_ - before + after;
  return after <= before || held_bytes_ <= limits().held_bytes;
}

Status HttpPeer::TakeSession(const transport::HttpHead& head) {
  const std::string* id = head.Find("mcp-session-id");
  if (id == nullptr) return {};
  if (id->empty() || id->size() > kMaxSessionId || !IsVisible(*id) ||
      head.Count("mcp-session-id") != 1) {
    return Fail("gave the session an id that is none");
  }
  session_ = *id;
  return {};
}

void HttpPeer::TakeVersion(std::string_view answer) {
  json::Limits limits;
  limits.unique_keys_depth = 1;
  json::Document doc;
  if (!doc.Parse(answer, limits)) return;
  const json::NodeId result = doc.Find(doc.Root(), "result");
  const json::NodeId version = result.valid() ? doc.Find(result, "protocolVersion") : result;
  if (!version.valid() || doc.TypeOf(version) != json::Type::kString) return;
  std::string scratch;
  const std::string_view text = doc.Unescape(version, scratch);
  // What is no version the instance refuses; it must not become a header before.
  if (text.size() <= 32 && IsVisible(text)) version_ = text;
}

bool HttpPeer::IsMessage(std::string_view body) {
  json::Limits limits;
  limits.unique_keys_depth = 1;
  json::Document doc;
  std::string scratch;
  return doc.Parse(body, limits).has_value() &&
         json::ReadEnvelope(doc, doc.Root(), scratch).kind != json::MessageKind::kInvalid;
}

void HttpPeer::UseOldTransport(std::string why) {
  const std::list<std::shared_ptr<HttpChannel>> channels = std::move(channels_);
  channels_.clear();
  for (const auto& channel : channels) channel->Close();
  old_transport_ = std::make_unique<SsePeer>(timers_, sockets_, options_, std::move(why));
  old_transport_->SetReading(reading_);
  old_transport_->Start(*events_);
  old_transport_->Send(std::exchange(introduction_, {}));
  for (Outgoing& outgoing : std::exchange(waiting_, {})) {
    old_transport_->Send(std::move(outgoing.frame));
  }
  waiting_bytes_ = 0;
}

void HttpPeer::OnOpen() {
  open_ = true;
  introduction_.clear();
  std::deque<Outgoing> waiting;
  waiting.swap(waiting_);
  waiting_bytes_ = 0;
  // First, so that it does not wait behind calls for a connection.
  channels_.push_back(std::make_shared<HttpChannel>(*this, HttpRole::kListen));
  channels_.back()->Get();
  for (Outgoing& outgoing : waiting) Post(std::move(outgoing));
}

void HttpPeer::OnGone(std::string what) {
  if (PeerEvents* events = std::exchange(events_, nullptr))
    events->OnGone({std::move(what), false});
}

void HttpPeer::OnSessionLost() {
  session_.clear();  // there is nothing left to end
  OnGone("lost the session");
}

void HttpPeer::Remove(HttpChannel* channel) {
  const auto at = std::find_if(channels_.begin(), channels_.end(),
                               [&](const auto& one) { return one.get() == channel; });
  if (at == channels_.end()) return;
  const std::shared_ptr<HttpChannel> kept = std::move(*at);
  channels_.erase(at);
  kept->Close();
  if (kept->ends_request == 0) return;
  if (HttpChannel* ended = FindRequest(kept->ends_request)) Remove(ended);
}

void HttpPeer::Log(std::string_view what) {
  if (log_rate_.Allow(timers_.Now())) spdlog::warn("server `{}` {}", options_.server, what);
}

void HttpPeer::Shutdown(std::function<void()> ended) {
  events_ = nullptr;
  if (old_transport_) old_transport_->Mute();
  ended_callback_ = std::move(ended);
  // Not from here: the caller may be in the middle of what a channel was told.
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) Farewell();
  });
}

void HttpPeer::Farewell() {
  if (old_transport_) old_transport_->Close();
  told_.clear();
  waiting_.clear();
  for (const auto& channel : channels_) channel->Close();
  channels_.clear();
  client_.SetReading(true);
  if (session_.empty() || !ended_callback_) return Ended();
  farewell_.SetAfter(limits().farewell, [this] { Ended(); });
  channels_.push_back(std::make_shared<HttpChannel>(*this, HttpRole::kFarewell));
  channels_.back()->Delete();
}

void HttpPeer::Kill() { Ended(); }

void HttpPeer::Ended() {
  farewell_.Cancel();
  if (ended_callback_) boost::asio::post(io_, std::exchange(ended_callback_, nullptr));
}

}  // namespace mcplexer::downstream
