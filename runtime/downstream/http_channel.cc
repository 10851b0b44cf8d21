// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/http_channel.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/downstream/http_fault.h"

namespace mcplexer::downstream {
namespace {

constexpr uint32_t kOk = 200;
constexpr uint32_t kBadRequest = 400;
constexpr uint32_t kNotFound = 404;
constexpr uint32_t kMethodNotAllowed = 405;

}  // namespace

HttpChannel::HttpChannel(HttpPeer& peer, HttpRole role, uint64_t id)
    : peer_(&peer),
      role_(role),
      id_(id),
      events_(peer.limits().frame_bytes,
              [this](transport::SseParser::Event event) {
                if (event.name.empty() || event.name == "message") Deliver(std::move(event.data));
              }),
      timer_(peer.timers_) {}

void HttpChannel::Begin() {
  status_ = 0;
  kind_ = Kind::kNone;
  fault_.clear();
  events_before_ = events_.events();
}

void HttpChannel::Post(std::string frame, std::string_view fields) {
  Begin();
  if (!fields.empty()) hopeless_ = true;
  transport::HttpRequest request{"POST",
                                 peer_->Fields("Accept: application/json, text/event-stream\r\n"
                                               "Content-Type: application/json\r\n" +
                                               std::string(fields)),
                                 std::move(frame), role_ == HttpRole::kMessage};
  if (role_ == HttpRole::kMessage || role_ == HttpRole::kInitialized) {
    timer_.SetAfter(peer_->limits().acceptance,
                    [this] { Refuse("did not accept a message in time"); });
  }
  ticket_ = peer_->client_.Start(std::move(request), shared_from_this());
}

void HttpChannel::Get() {
  Begin();
  std::string more = "Accept: text/event-stream\r\n";
  if (const std::string& id = events_.last_event_id(); !id.empty()) {
    more += fmt::format("Last-Event-ID: {}\r\n", id);
  }
  events_.Restart();
  ticket_ = peer_->client_.Start({"GET", peer_->Fields(more), {}, false}, shared_from_this());
}

void HttpChannel::Delete() {
  Begin();
  ticket_ = peer_->client_.Start({"DELETE", peer_->Fields(""), {}, true}, shared_from_this());
}

void HttpChannel::Close() {
  if (peer_ == nullptr) return;
  peer_->Hold(std::exchange(held_, 0), 0);
  peer_->client_.Abort(std::exchange(ticket_, 0));
  timer_.Cancel();
  peer_ = nullptr;
}

bool HttpChannel::IsWaiting() const { return peer_->client_.IsWaiting(ticket_); }

HttpChannel::Kind HttpChannel::KindOf(const transport::HttpHead& head) {
  if (head.status < 200 || head.status >= 300) return Kind::kError;
  if (const std::string* encoding = head.Find("content-encoding");
      encoding != nullptr && *encoding != "identity") {
    fault_ = "answered with an encoding that was not asked for";
    return Kind::kError;
  }
  if (head.status != kOk) return Kind::kEmpty;
  const std::string type = head.MediaType();
  if (type == "text/event-stream") return Kind::kEvents;
  if (type == "application/json" && role_ != HttpRole::kListen) return Kind::kJson;
  return Kind::kEmpty;
}

void HttpChannel::OnHead(const transport::HttpHead& head) {
  if (peer_ == nullptr) return;
  status_ = head.status;
  kind_ = KindOf(head);
  if (role_ != HttpRole::kInitialize || kind_ == Kind::kError) return;
  if (const Status taken = peer_->TakeSession(head); !taken) fault_ = taken.error().message;
}

void HttpChannel::OnBody(std::string_view bytes) {
  if (peer_ == nullptr) return;
  if (kind_ == Kind::kEvents) {
    const bool fits = events_.Feed(bytes);
    if (peer_ == nullptr) return;  // closed by whoever was told
    if (!fits) return Refuse("sent an overlong message");
  } else {
    const HttpPeerLimits& limits = peer_->limits();
    const size_t room = kind_ == Kind::kJson ? limits.frame_bytes : limits.error_bytes;
    if (body_.size() + bytes.size() > room) {
      if (kind_ == Kind::kJson) return Refuse("sent an overlong message");
      kind_ = Kind::kError;
      return;  // the rest of a page that is not read
    }
    body_ += bytes;
  }
  const size_t held = body_.size() + events_.held_bytes();
  const bool fits = peer_->Hold(std::exchange(held_, held), held);
  if (!fits) Refuse("sends more at once than can be held");
}

void HttpChannel::Refuse(std::string why) {
  peer_->client_.Abort(std::exchange(ticket_, 0));
  hopeless_ = true;
  OnEnd(Fail(std::move(why)), true);
}

void HttpChannel::OnEnd(const Status& status, bool sent) {
  if (peer_ == nullptr) return;
  if (role_ == HttpRole::kFarewell) return peer_->Ended();
  const auto self = shared_from_this();
  ticket_ = 0;
  timer_.Cancel();
  sent_ = sent_ || sent;
  if (!status && fault_.empty()) fault_ = status.error().message;
  peer_->Hold(std::exchange(held_, 0), 0);
  std::string body = std::exchange(body_, {});
  session_lost_ = fault_.empty() && peer_->InSession() && role_ != HttpRole::kInitialize &&
                  SaysSessionLost(status_, body);
  old_transport_ = SaysOldTransport(body);
  // An error may be told as JSON-RPC, too: to whoever asked, or to nobody.
  if (fault_.empty() &&
      (kind_ == Kind::kJson ||
       (kind_ == Kind::kError && role_ == HttpRole::kRequest && body.starts_with('{')))) {
    Deliver(std::move(body));
  }
  if (peer_ != nullptr) peer_->Tell([self](PeerEvents&) { self->Conclude(); });
}

// What a server says to `initialize` that only has the transport of 2024-11-05 (MCP 2025-11-25,
// basic/transports, backwards compatibility). 400 with an error of JSON-RPC is an answer.
bool HttpChannel::SaysOldTransport(std::string_view body) const {
  if (role_ != HttpRole::kInitialize || !fault_.empty()) return false;
  return status_ == kNotFound || status_ == kMethodNotAllowed ||
         (status_ == kBadRequest && !HttpPeer::IsMessage(body));
}

void HttpChannel::Deliver(std::string frame) {
  if (peer_ == nullptr) return;
  if (role_ == HttpRole::kInitialize && !std::exchange(answered_, true)) peer_->TakeVersion(frame);
  peer_->Tell([text = std::move(frame)](PeerEvents& events) { events.OnFrame(text); });
}

std::string HttpChannel::Fault() const {
  if (!fault_.empty()) return fault_;
  if (kind_ == Kind::kError) return HttpFault(status_);
  if (kind_ == Kind::kEmpty && status_ == kOk) return "answered neither JSON nor events";
  return "ended its answer without a result";
}

void HttpChannel::Conclude() {
  if (peer_ == nullptr) return;
  const auto self = shared_from_this();
  HttpPeer& peer = *peer_;
  if (session_lost_) return peer.OnSessionLost();
  const bool accepted = fault_.empty() && kind_ != Kind::kError;
  switch (role_) {
    case HttpRole::kInitialize:
      if (old_transport_) return peer.UseOldTransport(Fault());
      if (!accepted || !answered_) return peer.OnGone(Fault());
      break;
    case HttpRole::kInitialized:
      if (!accepted) return peer.OnGone(Fault());
      peer.Remove(this);
      return peer.OnOpen();
    case HttpRole::kMessage:
      if (!accepted) peer.Log(Fault());
      break;
    case HttpRole::kRequest:
      return ConcludeRequest();
    case HttpRole::kListen:
      return ConcludeListening();
    case HttpRole::kFarewell:
      return;
  }
  peer.Remove(this);
}

void HttpChannel::ConcludeRequest() {
  HttpPeer& peer = *peer_;
  PeerEvents& events = *peer.events_;
  if (!events.Awaits(id_)) return peer.Remove(this);
  if (Resume()) return;
  const bool refused = !sent_ || (kind_ == Kind::kError && status_ >= 300 && status_ < 500);
  std::string why = fmt::format("server `{}` {}", peer.options_.server, Fault());
  if (!first_fault_.empty()) {
    why = fmt::format("server `{}` {}, and what followed is lost: {}", peer.options_.server,
                      first_fault_, Fault());
  }
  const Failure failure{refused ? FailureKind::kUnavailable : FailureKind::kGone, std::move(why)};
  peer.Remove(this);
  events.OnNoAnswer(id_, failure);
}

// What the server speaks by itself on is asked for again for as long as the session lives.
void HttpChannel::ConcludeListening() {
  const bool offered = kind_ == Kind::kEvents;
  if (!offered && fault_.empty() && status_ < 500) {
    return peer_->Remove(this);  // 405 in most cases: it is not offered
  }
  if (offered && events_.events() != events_before_) attempts_ = 0;
  ResumeAfterAWhile();
}

bool HttpChannel::Resume() {
  // The first response has to have been events with ids, and so has each later one.
  if (events_.last_event_id().empty() || hopeless_) return false;
  if (events_.events() != events_before_) attempts_ = 0;
  if (fault_.empty() && kind_ != Kind::kEvents) return false;
  if (attempts_ == peer_->limits().resumptions) return false;
  if (first_fault_.empty()) first_fault_ = fault_;
  ResumeAfterAWhile();
  return true;
}

void HttpChannel::ResumeAfterAWhile() {
  const HttpPeerLimits& limits = peer_->limits();
  const auto wait = std::clamp(events_.retry().value_or(limits.retry), limits.shortest_retry,
                               limits.longest_retry);
  const uint32_t doublings = std::min(attempts_++, uint32_t{10});
  timer_.SetAfter(std::min(wait * (1 << doublings), limits.longest_retry), [this] { Get(); });
}

}  // namespace mcplexer::downstream
