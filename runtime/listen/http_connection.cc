// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_connection.h"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <charconv>
#include <utility>

namespace mcplexer::listen {
namespace {

constexpr uint32_t kBadRequest = 400;
constexpr uint32_t kTimeout = 408;
constexpr uint32_t kTooLarge = 413;

std::string_view Reason(uint32_t status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

}  // namespace

HttpConnection::HttpConnection(std::shared_ptr<ClientStream> stream, transport::Timers& timers,
                               HttpResponder& responder, const HttpServerLimits& limits)
    : stream_(std::move(stream)),
      responder_(&responder),
      limits_(limits),
      read_timer_(timers),
      write_timer_(timers),
      keep_alive_timer_(timers) {}

void HttpConnection::Start() {
  read_timer_.SetAfter(limits_.handshake, [this] { Close(); });
  stream_->Open([self = shared_from_this()](const boost::system::error_code& error) {
    if (!self->open_) return;
    if (error) return self->Close();
    self->Begin();
    self->Read();
  });
}

void HttpConnection::Begin() {
  parser_.emplace(transport::HttpParser::Kind::kRequest, static_cast<transport::HttpSink&>(*this),
                  limits_.head);
  body_.clear();
  fault_ = 0;
  read_timer_.SetAfter(limits_.idle, [this] { Close(); });
}

// Goes on while a request is answered, so that a client that goes away is noticed; but what it
// sends then is not looked at, and is no more than one read.
void HttpConnection::Read() {
  stream_->Read(boost::asio::buffer(buffer_),
                [self = shared_from_this()](const boost::system::error_code& error, size_t bytes) {
                  if (!self->open_) return;
                  if (error) return self->Close();
                  self->OnRead({self->buffer_.data(), bytes});
                });
}

void HttpConnection::OnRead(std::string_view bytes) {
  if (answering_) {
    // A client that sends its next request before it has the answer gets none to it.
    close_when_written_ = true;
    return Read();
  }
  const bool first = !parser_->started();
  if (first) {
    read_timer_.SetAfter(limits_.request,
                         [this] { Refuse(kTimeout, "the request took too long"); });
  }
  const Status fed = parser_->Feed(bytes);
  if (!open_) return;
  if (!fed) return Refuse(kBadRequest, "this is no HTTP request");
  if (fault_ != 0) return Refuse(fault_, "the body is too large");
  if (!parser_->done()) return Read();
  read_timer_.Cancel();
  answering_ = true;
  close_when_written_ = !head_.keep_alive || !parser_->TakeRest().empty();
  responder_->HoldBody(std::exchange(held_, 0), 0);
  const auto self = shared_from_this();
  responder_->OnRequest(self, head_, std::move(body_));
  if (open_) Read();
}

void HttpConnection::OnHead(const transport::HttpHead& head) {
  head_ = head;
  // What says that it is too large is not waited for.
  const std::string* length = head.Find("content-length");
  uint64_t bytes = 0;
  if (length == nullptr) return;
  std::from_chars(length->data(), length->data() + length->size(), bytes);
  if (bytes > limits_.body_bytes) fault_ = kTooLarge;
}

void HttpConnection::OnBody(std::string_view bytes) {
  const size_t size = body_.size() + bytes.size();
  if (fault_ != 0 || size > limits_.body_bytes ||
      !responder_->HoldBody(std::exchange(held_, size), size)) {
    fault_ = kTooLarge;
    return;
  }
  body_ += bytes;
}

void HttpConnection::Refuse(uint32_t status, std::string_view reason) {
  answering_ = true;
  close_when_written_ = true;
  Respond(status, "Content-Type: text/plain\r\n", reason);
}

void HttpConnection::Respond(uint32_t status, std::string_view fields, std::string_view body) {
  if (!open_ || streaming_) return;
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\n{}Content-Length: {}\r\n{}\r\n", status, Reason(status),
                  fields, body.size(), close_when_written_ ? "Connection: close\r\n" : "");
  text += body;
  answering_ = false;
  if (!close_when_written_) Begin();
  Write(std::move(text));
}

void HttpConnection::BeginEvents(std::string_view fields) {
  if (!open_ || streaming_) return;
  streaming_ = true;
  Write(
      fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  "Cache-Control: no-cache, no-transform\r\nX-Accel-Buffering: no\r\n"
                  "Connection: close\r\n{}\r\n",
                  fields));
  KeepAlive();
}

void HttpConnection::Event(std::string_view bytes) {
  if (!open_ || !streaming_) return;
  KeepAlive();
  Write(std::string(bytes));
}

void HttpConnection::EndEvents() {
  if (!open_) return;
  close_when_written_ = true;
  keep_alive_timer_.Cancel();
  answering_ = false;
  Flush();
}

void HttpConnection::KeepAlive() {
  keep_alive_timer_.SetAfter(limits_.keep_alive, [this] {
    if (queue_.empty()) Write(": \n\n");
    KeepAlive();
  });
}

void HttpConnection::Write(std::string bytes) {
  if (!open_) return;
  queued_bytes_ += bytes.size();
  queue_.push_back(std::move(bytes));
  Flush();
}

void HttpConnection::Flush() {
  if (write_pending_ || !open_) return;
  if (queue_.empty()) {
    if (close_when_written_ && !answering_) {
      const auto self = shared_from_this();
      End();
      stream_->Finish();
    }
    return;
  }
  write_pending_ = true;
  write_timer_.SetAfter(limits_.write, [this] { Close(); });
  stream_->Write(boost::asio::buffer(queue_.front()) + front_written_,
                 [self = shared_from_this()](const boost::system::error_code& error, size_t bytes) {
                   if (self->open_) self->OnWritten(bytes, static_cast<bool>(error));
                 });
}

void HttpConnection::OnWritten(size_t bytes, bool failed) {
  write_pending_ = false;
  write_timer_.Cancel();
  if (failed) return Close();
  queued_bytes_ -= bytes;
  front_written_ += bytes;
  if (front_written_ == queue_.front().size()) {
    queue_.pop_front();
    front_written_ = 0;
  }
  const auto self = shared_from_this();
  if (on_change) on_change();
  Flush();
}

std::string_view HttpConnection::ProtocolVersion() const {
  const std::string* version = head_.Find("mcp-protocol-version");
  return version == nullptr ? std::string_view() : std::string_view(*version);
}

void HttpConnection::Close() {
  if (!open_) return;
  const auto self = shared_from_this();
  End();
  stream_->Close();
}

void HttpConnection::End() {
  open_ = false;
  read_timer_.Cancel();
  write_timer_.Cancel();
  keep_alive_timer_.Cancel();
  queue_.clear();
  queued_bytes_ = 0;
  responder_->HoldBody(std::exchange(held_, 0), 0);
  if (const auto told = std::exchange(on_change, nullptr)) told();
  responder_->OnClosed(*this);
}

}  // namespace mcplexer::listen
