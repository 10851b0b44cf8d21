// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/optional.hpp>
#include <utility>

namespace mcplexer::transport {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

// `0 CR LF CR LF`, the shortest that can follow a chunk.
constexpr size_t kLastChunkBytes = 5;

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// What is the same of requests and responses: everything but the first line.
template <bool kIsRequest>
class BeastParser final : public http::basic_parser<kIsRequest> {
 public:
  BeastParser(HttpSink& sink, const HttpParserLimits& limits) : sink_(sink), limits_(limits) {
    // Advance() counts: what Beast counts is a matter of how the bytes are cut.
    this->header_limit(2 * static_cast<uint32_t>(limits.head_bytes));
    this->body_limit(boost::none);  // whoever takes the body counts it
    this->eager(false);
  }

  bool informational() const { return !kIsRequest && head_.status < 200; }
  const HttpHead& head() const { return head_; }
  size_t body_bytes() const { return body_bytes_; }

 private:
  void on_request_impl(http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    head_.method = std::string_view(method.data(), method.size());
    head_.target = std::string_view(target.data(), target.size());
    head_.http_1_1 = version >= 11;
  }
  void on_response_impl(int code, string_view, int version, error_code& error) override {
    if (code < 100) error = http::error::bad_status;
    head_.status = static_cast<uint32_t>(code);
    head_.http_1_1 = version >= 11;
  }
  void on_field_impl(http::field, string_view name, string_view value, error_code& error) override {
    // Fields after a chunked body say nothing that is of use here.
    if (this->is_header_done()) return;
    if (head_.fields.size() == limits_.fields) {
      error = http::error::header_limit;
      return;
    }
    head_.fields.push_back(
        {LowerCase({name.data(), name.size()}), std::string(value.data(), value.size())});
  }
  void on_header_impl(error_code&) override {
    head_.keep_alive = this->keep_alive();
    head_.until_close = !kIsRequest && this->need_eof();
  }
  void on_body_init_impl(const boost::optional<uint64_t>&, error_code&) override {}
  size_t on_body_impl(string_view body, error_code&) override { return PassOn(body); }
  void on_chunk_header_impl(uint64_t, string_view, error_code&) override {}
  size_t on_chunk_body_impl(uint64_t, string_view body, error_code&) override {
    return PassOn(body);
  }
  void on_finish_impl(error_code&) override {}

  size_t PassOn(string_view body) {
    sink_.OnBody({body.data(), body.size()});
    body_bytes_ += body.size();
    return body.size();
  }

  HttpSink& sink_;
  const HttpParserLimits limits_;
  HttpHead head_;
  size_t body_bytes_ = 0;
};

}  // namespace

const std::string* HttpHead::Find(std::string_view name) const {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](const Field& field) { return field.name == name; });
  return at == fields.end() ? nullptr : &at->value;
}

size_t HttpHead::Count(std::string_view name) const {
  return static_cast<size_t>(std::count_if(fields.begin(), fields.end(),
                                           [&](const Field& field) { return field.name == name; }));
}

std::string HttpHead::MediaType() const {
  const std::string* value = Find("content-type");
  if (value == nullptr) return {};
  return LowerCase(std::string_view(*value).substr(0, value->find_first_of("; \t")));
}

class HttpParser::Message {
 public:
  virtual ~Message() = default;
  virtual size_t Put(std::string_view bytes, error_code& error) = 0;
  virtual void PutEnd(error_code& error) = 0;
  virtual bool started() const = 0;
  virtual bool head_done() const = 0;
  virtual bool done() const = 0;
  virtual bool informational() const = 0;
  virtual const HttpHead& head() const = 0;
  virtual size_t body_bytes() const = 0;  // passed on so far
};

namespace {

template <bool kIsRequest, class Base>
class MessageOf : public Base {
 public:
  MessageOf(HttpSink& sink, const HttpParserLimits& limits) : parser_(sink, limits) {}
  size_t Put(std::string_view bytes, error_code& error) override {
    return parser_.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  }
  void PutEnd(error_code& error) override { parser_.put_eof(error); }
  bool started() const override { return parser_.got_some(); }
  bool head_done() const override { return parser_.is_header_done(); }
  bool done() const override { return parser_.is_done(); }
  bool informational() const override { return parser_.informational(); }
  const HttpHead& head() const override { return parser_.head(); }
  size_t body_bytes() const override { return parser_.body_bytes(); }

 private:
  BeastParser<kIsRequest> parser_;
};

}  // namespace

HttpParser::HttpParser(Kind kind, HttpSink& sink, const HttpParserLimits& limits)
    : kind_(kind), limits_(limits), sink_(sink), message_(MakeMessage()) {}

HttpParser::~HttpParser() = default;

std::unique_ptr<HttpParser::Message> HttpParser::MakeMessage() {
  if (kind_ == Kind::kRequest) return std::make_unique<MessageOf<true, Message>>(sink_, limits_);
  return std::make_unique<MessageOf<false, Message>>(sink_, limits_);
}

Status HttpParser::Feed(std::string_view bytes) {
  held_ += bytes;
  return Advance();
}

// Beast reads a head, a chunk's line, a piece of a body or all that follows the last chunk at a
// time.
Status HttpParser::Advance() {
  size_t at = 0;
  while (at < held_.size() && !message_->done()) {
    if (held_.size() - at < least_) break;
    const bool in_head = !message_->head_done();
    const size_t body_bytes = message_->body_bytes();
    error_code error;
    const size_t used = message_->Put(std::string_view(held_).substr(at), error);
    at += used;
    framing_ += used - (message_->body_bytes() - body_bytes);
    least_ = 0;
    if (error == http::error::need_more) {
      // Once it has seen `0 CR LF`, Beast 1.81 takes what does not make a last chunk for a bug.
      if (!in_head) least_ = kLastChunkBytes;
      break;
    }
    if (error) return Fail(error.message());
    if (framing_ > limits_.head_bytes) break;
    if (!in_head) framing_ = 0;
    if (in_head && message_->head_done()) {
      framing_ = 0;
      if (message_->informational()) {
        message_ = MakeMessage();
      } else {
        sink_.OnHead(message_->head());
      }
    }
    if (used == 0) break;
  }
  held_.erase(0, at);
  const size_t unread = message_->done() ? 0 : held_.size();
  if (framing_ + unread > limits_.head_bytes) return Fail("header limit exceeded");
  return {};
}

Status HttpParser::End() {
  if (message_->done()) return {};
  error_code error;
  // Beast takes the end of nothing for a bug.
  if (message_->started()) message_->PutEnd(error);
  if (error || !message_->done()) return Fail("the connection was closed in the middle");
  return {};
}

bool HttpParser::started() const { return message_->started() || !held_.empty(); }
bool HttpParser::head_done() const { return message_->head_done(); }
bool HttpParser::done() const { return message_->done(); }
std::string HttpParser::TakeRest() { return std::exchange(held_, {}); }

}  // namespace mcplexer::transport
