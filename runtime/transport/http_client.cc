// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_client.h"

#include <string.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::transport {
namespace {

// N of `Keep-Alive: timeout=N`.
std::optional<std::chrono::seconds> ServersPatience(const HttpHead& head) {
  const std::string* value = head.Find("keep-alive");
  if (value == nullptr) return std::nullopt;
  constexpr std::string_view kKey = "timeout=";
  const size_t at = value->find(kKey);
  if (at == std::string::npos) return std::nullopt;
  uint32_t seconds = 0;
  const char* begin = value->data() + at + kKey.size();
  if (std::from_chars(begin, value->data() + value->size(), seconds).ec != std::errc()) {
    return std::nullopt;
  }
  return std::chrono::seconds(seconds);
}

}  // namespace

// What a connection is busy with.
struct HttpClient::OpenExchange {
  Ticket ticket = 0;
  TimePoint begun;
  std::shared_ptr<HttpReply> reply;
  std::string text;  // until it is handed to the socket
  size_t bytes = 0;  // of it that count as queued; 0 when they are written
  bool urgent = false;
  bool sent = false;
  bool keep_alive = false;
  std::chrono::seconds idle{};
};

// One connection: connecting, busy with one exchange, or idle.
class HttpClient::Connection final : public std::enable_shared_from_this<Connection>,
                                     private HttpSink {
 public:
  explicit Connection(HttpClient& owner)
      : owner_(&owner), socket_(owner.sockets_.Make(owner.url_)), timer_(owner.timers_) {}

  bool idle() const { return ready_ && !exchange_; }
  bool urgent() const { return exchange_ && exchange_->urgent; }
  size_t unwritten() const { return exchange_ ? exchange_->bytes : 0; }
  Ticket ticket() const { return exchange_ ? exchange_->ticket : 0; }
  TimePoint begun() const { return exchange_ ? exchange_->begun : TimePoint(); }

  void Begin(Waiting waiting) {
    exchange_.emplace();
    exchange_->ticket = waiting.ticket;
    exchange_->begun = owner_->timers_.Now();
    exchange_->reply = std::move(waiting.reply);
    exchange_->urgent = waiting.request.urgent;
    exchange_->bytes = waiting.request.fields.size() + waiting.request.body.size();
    parser_.emplace(HttpParser::Kind::kResponse, static_cast<HttpSink&>(*this),
                    owner_->limits_.head);
    exchange_->text = Compose(waiting.request);
    timer_.Cancel();
    if (ready_) {
      Write();
    } else {
      Connect();
    }
  }

  // Ends this connection without a word to anybody.
  void Close() {
    owner_ = nullptr;
    timer_.Cancel();
    exchange_.reset();
    socket_->Close();
  }

  void Read() {
    // An idle connection is watched whether or not anybody wants to hear of answers.
    if (read_pending_ || !ready_ || (exchange_ && !owner_->reading_)) return;
    read_pending_ = true;
    socket_->Read([self = shared_from_this()](const Result<std::string_view>& bytes) {
      self->read_pending_ = false;
      self->OnRead(bytes);
    });
  }

 private:
  // In one piece of memory, which the socket wipes.
  std::string Compose(HttpRequest& request) const {
    constexpr size_t kFirstLines = 128;
    const HttpUrl& url = owner_->url_;
    std::string text;
    text.reserve(kFirstLines + url.target.size() + url.authority.size() + request.fields.size() +
                 request.body.size());
    text.append(request.method).append(" ").append(url.target).append(" HTTP/1.1\r\nHost: ");
    text.append(url.authority).append("\r\n").append(request.fields);
    ::explicit_bzero(request.fields.data(), request.fields.size());
    if (request.method == "POST") {
      text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    text.append("\r\n").append(request.body);
    return text;
  }

  void Connect() {
    timer_.SetAfter(owner_->limits_.connect,
                    [this] { Fail("cannot be reached: no answer in time"); });
    socket_->Connect([self = shared_from_this()](const Status& connected) {
      if (!connected) return self->Fail("cannot be reached: " + connected.error().message);
      self->timer_.Cancel();
      self->ready_ = true;
      self->Write();
    });
  }

  void Write() {
    exchange_->sent = true;
    socket_->Write(std::exchange(exchange_->text, {}),
                   [self = shared_from_this()](const Status& written) {
                     if (!self->exchange_) return;
                     self->Unqueue();
                     // A server may answer and close before it has read everything: what it says
                     // counts, and the end of what it says tells of the failure.
                     self->write_failed_ = !written;
                   });
    Read();
  }

  void Unqueue() { owner_->queued_bytes_ -= std::exchange(exchange_->bytes, 0); }

  void OnRead(const Result<std::string_view>& bytes) {
    if (!exchange_) return Drop();  // an idle connection has nothing to say
    if (!bytes) return Fail("connection lost: " + bytes.error().message);
    if (bytes->empty()) {
      if (const Status ended = parser_->End(); !ended || !parser_->done()) {
        return Fail(write_failed_ ? "connection lost while sending"
                                  : "connection closed before the end of the answer");
      }
    } else if (const Status fed = parser_->Feed(*bytes); owner_ == nullptr || !exchange_) {
      return;  // aborted by whoever was told
    } else if (!fed) {
      return Fail("sent what is not HTTP: " + fed.error().message);
    }
    if (!parser_->done()) return Read();
    // Bytes behind the answer are an answer to nothing: such a connection is not used again.
    const bool keep = exchange_->keep_alive && parser_->TakeRest().empty() &&
                      exchange_->bytes == 0 && !bytes->empty();
    Finish({}, keep);
  }

  void OnHead(const HttpHead& head) override {
    if (!exchange_) return;
    exchange_->keep_alive = head.keep_alive && !head.until_close;
    const HttpClientLimits& limits = owner_->limits_;
    exchange_->idle = limits.idle;
    if (const auto patience = ServersPatience(head)) {
      exchange_->idle = std::min(*patience - std::chrono::seconds(1), limits.longest_idle);
    }
    const auto reply = exchange_->reply;
    reply->OnHead(head);
  }

  void OnBody(std::string_view bytes) override {
    if (!exchange_) return;
    const auto reply = exchange_->reply;
    reply->OnBody(bytes);
  }

  void Fail(std::string why) { Finish(mcplexer::Fail(std::move(why)), false); }

  void Finish(const Status& status, bool keep) {
    const auto self = shared_from_this();
    Unqueue();
    const OpenExchange ended = std::move(*exchange_);
    exchange_.reset();
    HttpClient* owner = owner_;
    if (!keep || ended.idle <= std::chrono::seconds::zero()) {
      Drop();
    } else {
      timer_.SetAfter(ended.idle, [this] { Drop(); });
      Read();  // the server's farewell
    }
    owner->dispatch_.SetAfter(Duration::zero(), [owner] { owner->Dispatch(); });
    ended.reply->OnEnd(status, ended.sent);
  }

  void Drop() {
    const auto self = shared_from_this();
    HttpClient* owner = owner_;
    Close();
    owner->Drop(this);
  }

  HttpClient* owner_;  // null when closed
  const std::shared_ptr<HttpSocket> socket_;
  Timer timer_;
  std::optional<HttpParser> parser_;
  std::optional<OpenExchange> exchange_;
  bool ready_ = false;
  bool read_pending_ = false;
  bool write_failed_ = false;
};

HttpClient::HttpClient(HttpSockets& sockets, Timers& timers, HttpUrl url,
                       const HttpClientLimits& limits)
    : sockets_(sockets),
      timers_(timers),
      url_(std::move(url)),
      limits_(limits),
      dispatch_(timers) {}

HttpClient::~HttpClient() {
  for (const auto& connection : connections_) connection->Close();
}

HttpClient::Ticket HttpClient::Start(HttpRequest request, std::shared_ptr<HttpReply> reply) {
  const Ticket ticket = ++last_ticket_;
  queued_bytes_ += request.fields.size() + request.body.size();
  waiting_.push_back({ticket, std::move(request), std::move(reply)});
  Dispatch();
  return ticket;
}

void HttpClient::Dispatch() {
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    at = TryStart(*at) ? waiting_.erase(at) : std::next(at);
  }
}

bool HttpClient::TryStart(Waiting& waiting) {
  const auto free = std::find_if(connections_.begin(), connections_.end(),
                                 [](const auto& connection) { return connection->idle(); });
  if (free != connections_.end()) {
    (*free)->Begin(std::move(waiting));
    return true;
  }
  const auto urgent = static_cast<size_t>(
      std::count_if(connections_.begin(), connections_.end(),
                    [](const auto& connection) { return connection->urgent(); }));
  const size_t ordinary = connections_.size() - urgent;
  const bool room =
      waiting.request.urgent ? urgent < limits_.urgent_connections : ordinary < limits_.connections;
  if (!room) return false;
  connections_.push_back(std::make_shared<Connection>(*this));
  connections_.back()->Begin(std::move(waiting));
  return true;
}

void HttpClient::Abort(Ticket ticket) {
  if (ticket == 0) return;
  const auto waits = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Waiting& one) { return one.ticket == ticket; });
  if (waits != waiting_.end()) {
    queued_bytes_ -= waits->request.fields.size() + waits->request.body.size();
    waiting_.erase(waits);
    return;
  }
  const auto busy = std::find_if(connections_.begin(), connections_.end(),
                                 [&](const auto& one) { return one->ticket() == ticket; });
  if (busy == connections_.end()) return;
  const std::shared_ptr<Connection> connection = std::move(*busy);
  queued_bytes_ -= connection->unwritten();
  connection->Close();
  connections_.erase(busy);
  dispatch_.SetAfter(Duration::zero(), [this] { Dispatch(); });
}

bool HttpClient::IsWaiting(Ticket ticket) const {
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const Waiting& one) { return one.ticket == ticket; });
}

std::optional<TimePoint> HttpClient::BegunAt(Ticket ticket) const {
  const auto busy = std::find_if(connections_.begin(), connections_.end(),
                                 [&](const auto& one) { return one->ticket() == ticket; });
  if (ticket == 0 || busy == connections_.end()) return std::nullopt;
  return (*busy)->begun();
}

void HttpClient::SetReading(bool on) {
  if (std::exchange(reading_, on) == on || !on) return;
  for (const auto& connection : connections_) connection->Read();
}

void HttpClient::Drop(Connection* connection) {
  connections_.remove_if([&](const auto& one) { return one.get() == connection; });
}

}  // namespace mcplexer::transport
