// SPDX-License-Identifier: Apache-2.0
// An HTTP server on a loopback socket and the test's own event loop: it reads requests, and the
// test says what is written back, byte by byte if it likes.

#ifndef MCPLEXER_TESTS_UNIT_TRANSPORT_SCRIPTED_HTTP_SERVER_H_
#define MCPLEXER_TESTS_UNIT_TRANSPORT_SCRIPTED_HTTP_SERVER_H_

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/transport/http_parser.h"

namespace mcplexer::transport {

// Runs the loop until `condition` holds. False when that takes too long.
template <class Condition>
bool RunUntil(boost::asio::io_context& io, Condition condition,
              std::chrono::milliseconds limit = std::chrono::seconds(20)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  io.restart();
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    io.run_one_for(std::chrono::milliseconds(20));
    if (io.stopped()) io.restart();
  }
  return true;
}

class ScriptedHttpServer {
 public:
  class Connection;
  struct Request {
    HttpHead head;
    std::string body;
    std::shared_ptr<Connection> connection;

    std::string Field(std::string_view name) const {
      const std::string* value = head.Find(name);
      return value == nullptr ? "" : *value;
    }
    // A whole response. `fields` with their CR LF.
    void Answer(int status, const std::string& content, const std::string& fields = "") const {
      Write("HTTP/1.1 " + std::to_string(status) + " x\r\n" + fields +
            "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
    }
    void AnswerJson(const std::string& content, const std::string& fields = "") const {
      Answer(200, content, "Content-Type: application/json\r\n" + fields);
    }
    // The head of a stream of events; Chunk and EndChunks follow.
    void BeginEvents(const std::string& fields = "") const {
      Write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + fields +
            "Transfer-Encoding: chunked\r\n\r\n");
    }
    void Chunk(const std::string& bytes) const {
      std::array<char, 20> size{};
      std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
      Write(size.data() + bytes + "\r\n");
    }
    void Event(const std::string& data, const std::string& id = "") const {
      Chunk((id.empty() ? "" : "id: " + id + "\n") + "data: " + data + "\n\n");
    }
    void EndChunks() const { Write("0\r\n\r\n"); }
    void Write(const std::string& bytes) const { connection->Write(bytes); }
    void Close() const { connection->Close(); }
  };
  using Handler = std::function<void(const Request&)>;

  ScriptedHttpServer(boost::asio::io_context& io, Handler handler, uint16_t port = 0)
      : acceptor_(io, {boost::asio::ip::address_v4::loopback(), port}),
        handler_(std::move(handler)) {
    Accept();
  }
  ~ScriptedHttpServer() {
    for (const auto& one : connections_) {
      if (const auto connection = one.lock()) connection->Close();
    }
  }

  uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/mcp"; }
  size_t accepted() const { return connections_.size(); }
  size_t open() const {
    size_t count = 0;
    for (const auto& one : connections_) {
      const auto connection = one.lock();
      if (connection && !connection->closed()) ++count;
    }
    return count;
  }

  class Connection final : public std::enable_shared_from_this<Connection>, private HttpSink {
   public:
    Connection(boost::asio::ip::tcp::socket socket, const Handler& handler)
        : socket_(std::move(socket)), handler_(handler) {}
    void Read() {
      socket_.async_read_some(
          boost::asio::buffer(buffer_),
          [self = shared_from_this()](boost::system::error_code error, size_t bytes) {
            if (error) return self->Close();
            self->Feed(std::string(self->buffer_.data(), bytes));
            if (!self->closed_) self->Read();
          });
    }
    void Write(const std::string& bytes) {
      boost::system::error_code ignored;
      boost::asio::write(socket_, boost::asio::buffer(bytes), ignored);
    }
    void Close() {
      closed_ = true;
      boost::system::error_code ignored;
      socket_.close(ignored);
    }
    bool closed() const { return closed_; }

   private:
    void Feed(std::string bytes) {
      while (!bytes.empty()) {
        if (!parser_) {
          parser_ = std::make_unique<HttpParser>(HttpParser::Kind::kRequest,
                                                 static_cast<HttpSink&>(*this));
          request_ = {};
        }
        if (!parser_->Feed(bytes)) return Close();
        if (!parser_->done()) return;
        bytes = parser_->TakeRest();
        parser_.reset();
        request_.connection = shared_from_this();
        const Request request = std::exchange(request_, {});
        handler_(request);
      }
    }
    void OnHead(const HttpHead& head) override { request_.head = head; }
    void OnBody(std::string_view bytes) override { request_.body += bytes; }

    boost::asio::ip::tcp::socket socket_;
    const Handler& handler_;
    std::array<char, 65536> buffer_{};
    std::unique_ptr<HttpParser> parser_;
    Request request_;
    bool closed_ = false;
  };

 private:
  void Accept() {
    acceptor_.async_accept(
        [this](boost::system::error_code error, boost::asio::ip::tcp::socket socket) {
          if (error) return;
          const auto connection = std::make_shared<Connection>(std::move(socket), handler_);
          connections_.push_back(connection);
          connection->Read();
          Accept();
        });
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  const Handler handler_;
  std::list<std::weak_ptr<Connection>> connections_;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_TESTS_UNIT_TRANSPORT_SCRIPTED_HTTP_SERVER_H_
