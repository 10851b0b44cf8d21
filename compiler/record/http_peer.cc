// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/http_peer.h"

#include <fmt/format.h>
#include <httplib.h>

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "compiler/record/sse.h"
#include "runtime/json/document.h"

namespace mcplexer::record {
namespace {

// A server that has to be told twice that we go is not told.
constexpr std::chrono::seconds kFarewell{2};

std::string_view MediaType(const httplib::Response& response) {
  const auto at = response.headers.find("Content-Type");
  if (at == response.headers.end()) return {};
  const std::string_view value = at->second;
  return value.substr(0, value.find_first_of("; \t"));
}

// The revision that the answer to `initialize` names, "" for any other message.
std::string VersionIn(std::string_view message) {
  json::Document doc;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc.Parse(message, limits)) return {};
  const json::NodeId result = doc.Find(doc.Root(), "result");
  if (!result.valid()) return {};
  const json::NodeId version = doc.Find(result, "protocolVersion");
  if (!version.valid() || doc.TypeOf(version) != json::Type::kString) return {};
  std::string scratch;
  const std::string text(doc.Unescape(version, scratch));
  // It is sent back as a header.
  return text.find_first_not_of("0123456789-") == std::string::npos ? text : std::string();
}

}  // namespace

// What lives on the thread. The mutex guards the queue and `closing_`; all else is the thread's.
class HttpPeer::Worker {
 public:
  // Both are called on the thread.
  using OnMessage = std::function<void(std::string)>;
  using OnFailure = std::function<void(std::string)>;

  Worker(HttpOptions options, OnMessage on_message, OnFailure on_failure)
      : options_(std::move(options)),
        on_message_(std::move(on_message)),
        on_failure_(std::move(on_failure)),
        client_(options_.url.origin) {
    client_.set_connection_timeout(options_.patience);
    client_.set_read_timeout(options_.patience);
    client_.set_write_timeout(options_.patience);
    client_.set_keep_alive(true);
    client_.set_follow_location(false);
    thread_ = std::thread([this] { Run(); });
  }

  ~Worker() {
    Close();
    thread_.join();
  }

  void Push(std::string frame) {
    const std::lock_guard lock(mutex_);
    queued_bytes_ += frame.size();
    queue_.push_back(std::move(frame));
    wake_.notify_one();
  }

  size_t QueuedBytes() const {
    const std::lock_guard lock(mutex_);
    return queued_bytes_;
  }

  void Close() {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closing_, true)) return;
    wake_.notify_one();
    client_.stop();
  }

 private:
  void Run() {
    while (auto frame = Next()) {
      if (std::string fault = Post(*frame); !fault.empty()) {
        on_failure_(std::move(fault));
        break;
      }
    }
    EndSession();
  }

  std::optional<std::string> Next() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (closing_) return std::nullopt;
    std::string frame = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= frame.size();
    return frame;
  }

  httplib::Request Prepare(const char* method) const {
    httplib::Request request;
    request.method = method;
    request.path = options_.url.target;
    for (const auth::HttpHeader& header : options_.headers) {
      request.headers.emplace(header.name, std::string(header.value.Reveal()));
    }
    request.headers.emplace("Accept", "application/json, text/event-stream");
    if (!session_.empty()) request.headers.emplace("Mcp-Session-Id", session_);
    if (!version_.empty()) request.headers.emplace("MCP-Protocol-Version", version_);
    return request;
  }

  void Deliver(std::string message) {
    if (version_.empty()) version_ = VersionIn(message);
    on_message_(std::move(message));
  }

  // Empty when the frame was taken, else what the server did instead.
  std::string Post(const std::string& frame) {
    httplib::Request request = Prepare("POST");
    request.headers.emplace("Content-Type", "application/json");
    request.body = frame;
    std::string body;
    bool events = false;
    bool overlong = false;
    SseParser parser(options_.answer_bytes, [this](std::string data) { Deliver(std::move(data)); });
    request.response_handler = [&](const httplib::Response& response) {
      if (const auto id = response.headers.find("Mcp-Session-Id"); id != response.headers.end()) {
        session_ = id->second;
      }
      events = response.status == 200 && MediaType(response) == "text/event-stream";
      return true;
    };
    request.content_receiver = [&](const char* data, size_t size, uint64_t, uint64_t) {
      const std::string_view bytes(data, size);
      if (events) {
        overlong = !parser.Feed(bytes);
      } else {
        overlong = body.size() + size > options_.answer_bytes;
        if (!overlong) body += bytes;
      }
      return !overlong;
    };
    httplib::Response response;
    httplib::Error error = httplib::Error::Success;
    const bool answered = client_.send(request, response, error);
    if (overlong) return fmt::format("sent more than {} bytes", options_.answer_bytes);
    if (!answered) return fmt::format("cannot be reached: {}", httplib::to_string(error));
    if (response.status >= 300 && response.status < 400) {
      return fmt::format("answered HTTP {}: redirects are not followed", response.status);
    }
    if (response.status < 200 || response.status >= 300) {
      return fmt::format("answered HTTP {}", response.status);
    }
    if (!events && !body.empty()) {
      if (MediaType(response) != "application/json") return "answered neither JSON nor events";
      Deliver(std::move(body));
    }
    return {};
  }

  void EndSession() {
    if (session_.empty()) return;
    httplib::Client farewell(options_.url.origin);
    farewell.set_connection_timeout(kFarewell);
    farewell.set_read_timeout(kFarewell);
    farewell.set_write_timeout(kFarewell);
    httplib::Request request = Prepare("DELETE");
    httplib::Response response;
    httplib::Error error = httplib::Error::Success;
    // Servers may refuse it (405), and there is nobody left to tell.
    static_cast<void>(farewell.send(request, response, error));
  }

  const HttpOptions options_;
  const OnMessage on_message_;
  const OnFailure on_failure_;
  httplib::Client client_;
  std::string session_;
  std::string version_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::string> queue_;
  size_t queued_bytes_ = 0;
  bool closing_ = false;
  std::thread thread_;
};

HttpPeer::HttpPeer(boost::asio::io_context& io, HttpOptions options) : io_(io) {
  // Handlers that are still queued when this is closed or destroyed find `alive` gone.
  const auto on_loop = [this, alive = std::weak_ptr<int>(alive_)](auto act) {
    return [this, alive, act](std::string text) {
      boost::asio::post(io_, [this, alive, act, text = std::move(text)] {
        if (!alive.expired() && events_ != nullptr) act(*events_, text);
      });
    };
  };
  worker_ = std::make_unique<Worker>(
      std::move(options), on_loop([](downstream::PeerEvents& events, const std::string& text) {
        events.OnFrame(text);
      }),
      on_loop([](downstream::PeerEvents& events, const std::string& text) {
        events.OnGone({text, false});
      }));
}

HttpPeer::~HttpPeer() = default;

void HttpPeer::Start(downstream::PeerEvents& events) { events_ = &events; }

void HttpPeer::Send(std::string frame) { worker_->Push(std::move(frame)); }

size_t HttpPeer::QueuedBytes() const { return worker_->QueuedBytes(); }

void HttpPeer::Close() {
  events_ = nullptr;
  worker_->Close();
}

}  // namespace mcplexer::record
