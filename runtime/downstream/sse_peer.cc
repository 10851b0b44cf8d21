// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/sse_peer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "runtime/base/version.h"
#include "runtime/downstream/http_fault.h"
#include "runtime/json/envelope.h"
#include "runtime/transport/sse_parser.h"

namespace mcplexer::downstream {
namespace {

constexpr uint32_t kStatusOk = 200;
// A document that grew beyond this for one large message gives its memory back.
constexpr size_t kKeptSseDocument = size_t{256} << 10;

uint64_t NumberAt(const json::Document& doc, json::NodeId node) {
  uint64_t number = 0;
  if (!node.valid()) return 0;
  const std::string_view raw = doc.Raw(node);
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  return error == std::errc() && end == raw.data() + raw.size() ? number : 0;
}

bool IsAccepted(uint32_t status) { return status >= 200 && status < 300; }

}  // namespace

// The GET that is the session.
class SsePeer::Stream final : public transport::HttpReply,
                              public std::enable_shared_from_this<Stream> {
 public:
  explicit Stream(SsePeer& peer)
      : peer_(&peer),
        parser_(peer.options_.limits.frame_bytes,
                [this](transport::SseParser::Event event) { OnEvent(std::move(event)); }),
        timer_(peer.timers_) {}

  void Open() {
    timer_.SetAfter(peer_->options_.limits.acceptance,
                    [this] { Refuse("does not say where messages go"); });
    ticket_ = peer_->listener_.Start(
        {"GET",
         peer_->Fields("Accept: text/event-stream\r\nCache-Control: no-store\r\n"),
         {},
         false},
        shared_from_this());
  }
  void Close() {
    if (peer_ == nullptr) return;
    peer_->listener_.Abort(std::exchange(ticket_, 0));
    timer_.Cancel();
    peer_ = nullptr;
  }
  // What the server cannot be used for; also from within an event.
  void Refuse(std::string why) {
    if (peer_ == nullptr || !fault_.empty()) return;
    fault_ = std::move(why);
    peer_->listener_.Abort(std::exchange(ticket_, 0));
    Conclude();
  }

 private:
  void OnHead(const transport::HttpHead& head) override {
    if (peer_ == nullptr) return;
    const std::string* encoding = head.Find("content-encoding");
    // Not when the answer ends: one that is no session need not.
    if (head.status != kStatusOk) {
      Refuse(HttpFault(head.status));
    } else if (head.MediaType() != "text/event-stream") {
      Refuse("answered no events");
    } else if (encoding != nullptr && *encoding != "identity") {
      Refuse("answered with an encoding that was not asked for");
    }
  }

  void OnBody(std::string_view bytes) override {
    if (peer_ == nullptr || !fault_.empty()) return;
    const auto self = shared_from_this();
    if (!parser_.Feed(bytes)) Refuse("sent an overlong message");
  }

  void OnEnd(const Status& status, bool) override {
    if (peer_ == nullptr) return;
    ticket_ = 0;
    if (fault_.empty()) fault_ = status ? "ended its stream of events" : status.error().message;
    Conclude();
  }

  void OnEvent(transport::SseParser::Event event) {
    if (peer_ == nullptr || !fault_.empty()) return;
    if (event.name == "endpoint" && !named_) {
      named_ = true;
      timer_.Cancel();
      return peer_->OnEndpoint(event.data);
    }
    if (!named_ || !(event.name.empty() || event.name == "message")) return;
    peer_->Tell([text = std::move(event.data)](PeerEvents& events) { events.OnFrame(text); });
  }

  void Conclude() {
    timer_.Cancel();
    std::string what = fault_;
    // Before there is a session, the older answer is the one that says what is wrong.
    if (!named_) what = fmt::format("{}, and as a server of HTTP+SSE it {}", peer_->why_, fault_);
    peer_->Tell([self = shared_from_this(), text = std::move(what)](PeerEvents&) {
      if (self->peer_ != nullptr) self->peer_->OnGone(text);
    });
  }

  SsePeer* peer_;  // null when closed
  transport::HttpClient::Ticket ticket_ = 0;
  transport::SseParser parser_;
  transport::Timer timer_;
  std::string fault_;
  bool named_ = false;  // the endpoint
};

// One message on its way to the server.
class SsePeer::Post final : public transport::HttpReply, public std::enable_shared_from_this<Post> {
 public:
  Post(SsePeer& peer, Kind kind, uint64_t id)
      : peer_(&peer), kind_(kind), id_(id), timer_(peer.timers_) {}

  void Send(std::string frame) {
    AwaitAcceptance(peer_->options_.limits.acceptance);
    ticket_ = peer_->sender_->Start({"POST", peer_->Fields("Content-Type: application/json\r\n"),
                                     std::move(frame), kind_ == Kind::kMessage},
                                    shared_from_this());
  }
  void Close() {
    if (peer_ == nullptr) return;
    peer_->sender_->Abort(std::exchange(ticket_, 0));
    timer_.Cancel();
    peer_ = nullptr;
  }
  bool IsWaitingRequest(uint64_t id) const {
    return kind_ == Kind::kRequest && id_ == id && peer_->sender_->IsWaiting(ticket_);
  }

 private:
  // A server may answer a request on the stream before it accepts it, or leave it open for as long
  // as it works on it; one that nobody waits for is not kept. What waits for a connection has its
  // time before it.
  void AwaitAcceptance(transport::Duration patience) {
    timer_.SetAfter(patience, [this] {
      const bool awaited =
          kind_ == Kind::kRequest && peer_->events_ != nullptr && peer_->events_->Awaits(id_);
      const transport::Duration whole = peer_->options_.limits.acceptance;
      const auto begun = peer_->sender_->BegunAt(ticket_);
      if (awaited || !begun) return AwaitAcceptance(whole);
      const transport::Duration left = *begun + whole - peer_->timers_.Now();
      if (left > transport::Duration::zero()) return AwaitAcceptance(left);
      peer_->sender_->Abort(std::exchange(ticket_, 0));
      OnEnd(Fail("did not accept a message in time"), true);
    });
  }

  void OnHead(const transport::HttpHead& head) override { status_ = head.status; }

  // Nobody reads it; of a page that says what is wrong, the beginning.
  void OnBody(std::string_view bytes) override {
    if (peer_ == nullptr) return;
    const size_t room = peer_->options_.limits.error_bytes;
    body_ += bytes.substr(0, room - std::min(room, body_.size()));
  }

  void OnEnd(const Status& status, bool sent) override {
    if (peer_ == nullptr) return;
    ticket_ = 0;
    timer_.Cancel();
    sent_ = sent;
    if (!status) fault_ = status.error().message;
    peer_->Tell([self = shared_from_this()](PeerEvents& events) { self->Conclude(events); });
  }

  void Conclude(PeerEvents& events) {
    if (peer_ == nullptr) return;
    const auto self = shared_from_this();
    SsePeer& peer = *peer_;
    const bool lost = fault_.empty() && SaysSessionLost(status_, body_);
    if (fault_.empty() && !IsAccepted(status_)) fault_ = HttpFault(status_);
    peer.Remove(this);
    if (fault_.empty()) {
      if (kind_ == Kind::kInitialized) peer.OnOpen();
    } else if (kind_ == Kind::kInitialize || kind_ == Kind::kInitialized) {
      peer.OnGone(fault_);
    } else if (lost) {
      peer.OnGone("lost the session");
    } else if (kind_ == Kind::kMessage) {
      peer.Log(fault_);
    } else if (events.Awaits(id_)) {
      const bool refused = !sent_ || (status_ >= 300 && status_ < 500);
      events.OnNoAnswer(id_, {refused ? FailureKind::kUnavailable : FailureKind::kGone,
                              fmt::format("server `{}` {}", peer.options_.server, fault_)});
    }
  }

  SsePeer* peer_;  // null when closed
  const Kind kind_;
  const uint64_t id_;
  transport::HttpClient::Ticket ticket_ = 0;
  transport::Timer timer_;
  uint32_t status_ = 0;
  std::string body_;
  std::string fault_;
  bool sent_ = false;
};

SsePeer::SsePeer(transport::Timers& timers, transport::HttpSockets& sockets,
                 const HttpPeerOptions& options, std::string why)
    : timers_(timers),
      sockets_(sockets),
      options_(options),
      why_(std::move(why)),
      tell_(timers),
      log_rate_(20, 1),
      listener_(sockets, timers, options.url, options.limits.client) {}

SsePeer::~SsePeer() { Close(); }

void SsePeer::Start(PeerEvents& events) {
  events_ = &events;
  stream_ = std::make_shared<Stream>(*this);
  stream_->Open();
}

SsePeer::Outgoing SsePeer::Classify(std::string frame, uint64_t* cancelled) {
  Outgoing outgoing{Kind::kMessage, 0, std::move(frame)};
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc_.Parse(outgoing.frame, limits)) return outgoing;
  std::string scratch;
  const json::Envelope envelope = json::ReadEnvelope(doc_, doc_.Root(), scratch);
  if (envelope.kind == json::MessageKind::kRequest) {
    outgoing.kind = envelope.method == "initialize" ? Kind::kInitialize : Kind::kRequest;
    outgoing.id = NumberAt(doc_, envelope.id);
  } else if (envelope.method == "notifications/initialized") {
    outgoing.kind = Kind::kInitialized;
  } else if (envelope.method == "notifications/cancelled") {
    *cancelled = NumberAt(doc_, envelope.request_id);
  }
  if (doc_.MemoryBytes() > kKeptSseDocument) doc_.Release();
  return outgoing;
}

void SsePeer::Send(std::string frame) {
  uint64_t cancelled = 0;
  Outgoing outgoing = Classify(std::move(frame), &cancelled);
  if (cancelled != 0 && Recall(cancelled)) return;
  if (MaySend(outgoing.kind)) return Transmit(std::move(outgoing));
  waiting_bytes_ += outgoing.frame.size();
  waiting_.push_back(std::move(outgoing));
}

// Takes back a request of which nothing was sent. False when there is something to cancel.
bool SsePeer::Recall(uint64_t id) {
  const auto waits = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Outgoing& one) { return one.id == id; });
  if (waits != waiting_.end()) {
    waiting_bytes_ -= waits->frame.size();
    waiting_.erase(waits);
    return true;
  }
  const auto post = std::find_if(posts_.begin(), posts_.end(),
                                 [&](const auto& one) { return one->IsWaitingRequest(id); });
  if (post == posts_.end()) return false;
  Remove(post->get());
  return true;
}

bool SsePeer::MaySend(Kind kind) const {
  return sender_ && (open_ || kind == Kind::kInitialize || kind == Kind::kInitialized);
}

void SsePeer::Transmit(Outgoing outgoing) {
  posts_.push_back(std::make_shared<Post>(*this, outgoing.kind, outgoing.id));
  posts_.back()->Send(std::move(outgoing.frame));
}

void SsePeer::SendWaiting() {
  waiting_bytes_ = 0;
  for (Outgoing& outgoing : std::exchange(waiting_, {})) {
    if (MaySend(outgoing.kind)) {
      Transmit(std::move(outgoing));
    } else {
      waiting_bytes_ += outgoing.frame.size();
      waiting_.push_back(std::move(outgoing));
    }
  }
}

size_t SsePeer::QueuedBytes() const {
  return waiting_bytes_ + (sender_ ? sender_->QueuedBytes() : 0);
}

void SsePeer::OnEndpoint(std::string_view reference) {
  auto url = transport::ResolveSameOrigin(options_.url, reference);
  if (!url) {
    return stream_->Refuse(
        fmt::format("names an endpoint that is not used: {}", url.error().message));
  }
  sender_.emplace(sockets_, timers_, std::move(*url), options_.limits.client);
  sender_->SetReading(reading_);
  SendWaiting();
}

void SsePeer::OnOpen() {
  open_ = true;
  SendWaiting();
}

void SsePeer::OnGone(std::string what) {
  if (PeerEvents* events = std::exchange(events_, nullptr)) {
    events->OnGone({std::move(what), false});
  }
}

void SsePeer::Remove(const Post* post) {
  const auto at = std::find_if(posts_.begin(), posts_.end(),
                               [&](const auto& one) { return one.get() == post; });
  if (at == posts_.end()) return;
  const std::shared_ptr<Post> kept = std::move(*at);
  posts_.erase(at);
  kept->Close();
}

std::string SsePeer::Fields(std::string_view more) const {
  constexpr std::string_view kEnd = "\r\n";
  const std::string agent = fmt::format("User-Agent: mcplexer/{}\r\n", kVersion);
  size_t size = agent.size() + more.size();
  for (const auth::HttpHeader& header : options_.headers) {
    size += header.name.size() + 2 + header.value.size() + kEnd.size();
  }
  std::string fields;
  fields.reserve(size);  // no copy of a secret in memory that is freed
  fields.append(agent).append(more);
  for (const auth::HttpHeader& header : options_.headers) {
    fields.append(header.name).append(": ").append(header.value.Reveal()).append(kEnd);
  }
  return fields;
}

void SsePeer::Tell(std::function<void(PeerEvents&)> tell) {
  if (events_ == nullptr) return;
  if (reading_ && told_.empty()) {
    tell(*events_);
  } else {
    told_.push_back(std::move(tell));
  }
}

void SsePeer::RunTold() {
  while (reading_ && events_ != nullptr && !told_.empty()) {
    const auto tell = std::move(told_.front());
    told_.pop_front();
    tell(*events_);
  }
}

void SsePeer::SetReading(bool on) {
  if (std::exchange(reading_, on) == on) return;
  listener_.SetReading(on);
  if (sender_) sender_->SetReading(on);
  // Not from here: the caller may be in the middle of a frame.
  if (on) tell_.SetAfter({}, [this] { RunTold(); });
}

void SsePeer::Mute() { events_ = nullptr; }

void SsePeer::Close() {
  events_ = nullptr;
  told_.clear();
  waiting_.clear();
  tell_.Cancel();
  for (const auto& post : posts_) post->Close();
  posts_.clear();
  if (stream_) stream_->Close();
}

void SsePeer::Log(std::string_view what) {
  if (log_rate_.Allow(timers_.Now())) spdlog::warn("server `{}` {}", options_.server, what);
}

}  // namespace mcplexer::downstream
