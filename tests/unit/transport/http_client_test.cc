// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "runtime/transport/asio_timers.h"
#include "tests/unit/transport/scripted_http_server.h"

namespace mcplexer::transport {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using Request = ScriptedHttpServer::Request;

class Reply final : public HttpReply {
 public:
  void OnHead(const HttpHead& head) override { status = head.status; }
  void OnBody(std::string_view bytes) override {
    body += bytes;
    if (on_body) on_body();
  }
  void OnEnd(const Status& end, bool was_sent) override {
    ++ends;
    sent = was_sent;
    if (!end) error = end.error().message;
  }
  uint32_t status = 0;
  std::string body;
  std::string error;
  std::function<void()> on_body;
  int ends = 0;
  bool sent = false;
};

class HttpClientTest : public testing::Test {
 protected:
  void Serve(ScriptedHttpServer::Handler handler) {
    server_ = std::make_unique<ScriptedHttpServer>(io_, std::move(handler));
    Connect(server_->url());
  }
  void Connect(const std::string& url) {
    sockets_ = std::move(*HttpSockets::Create(io_));
    client_ = std::make_unique<HttpClient>(*sockets_, timers_, *ParseHttpUrl(url), limits_);
  }
  std::shared_ptr<Reply> Post(const std::string& body, bool urgent = false) {
    auto reply = std::make_shared<Reply>();
    last_ = client_->Start({"POST", "X-Secret: s3\r\n", body, urgent}, reply);
    return reply;
  }
  bool Ended(const std::shared_ptr<Reply>& reply) {
    return RunUntil(io_, [&] { return reply->ends != 0; });
  }
  void Settle() {
    RunUntil(io_, [] { return false; }, milliseconds(50));
  }

  boost::asio::io_context io_{1};
  AsioTimers timers_{io_};
  HttpClientLimits limits_;
  std::unique_ptr<ScriptedHttpServer> server_;
  std::unique_ptr<HttpSockets> sockets_;
  std::unique_ptr<HttpClient> client_;
  HttpClient::Ticket last_ = 0;
};

TEST_F(HttpClientTest, ARequestIsAnsweredAndItsConnectionUsedAgain) {
  std::vector<std::string> seen;
  Serve([&](const Request& request) {
    seen.push_back(request.head.method + " " + request.head.target + " " + request.Field("host") +
                   " " + request.Field("x-secret") + " " + request.body);
    request.Answer(200, "yes " + request.body);
  });
  const std::string host = "127.0.0.1:" + std::to_string(server_->port());
  for (const char* body : {"a", "b"}) {
    const auto reply = Post(body);
    EXPECT_EQ(reply->ends, 0);
    ASSERT_TRUE(Ended(reply));
    EXPECT_EQ(reply->body, std::string("yes ") + body);
    EXPECT_EQ(reply->error, "");
    EXPECT_EQ(client_->QueuedBytes(), 0u);
  }
  EXPECT_THAT(seen, ElementsAre("POST /mcp " + host + " s3 a", "POST /mcp " + host + " s3 b"));
  EXPECT_EQ(server_->accepted(), 1u);
}

TEST_F(HttpClientTest, ConnectionsAreBoundedAndUrgentRequestsHaveTheirOwn) {
  limits_.connections = 2;
  limits_.urgent_connections = 1;
  std::vector<Request> open;
  Serve([&](const Request& request) { open.push_back(request); });
  std::vector<std::shared_ptr<Reply>> replies;
  for (int n = 0; n < 4; ++n) replies.push_back(Post(std::to_string(n)));
  EXPECT_TRUE(client_->IsWaiting(last_));
  EXPECT_EQ(client_->BegunAt(last_), std::nullopt);
  EXPECT_NE(client_->BegunAt(last_ - 2), std::nullopt);
  const auto urgent = Post("now", true);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 3; }));
  Settle();
  EXPECT_EQ(open.size(), 3u);
  EXPECT_EQ(server_->accepted(), 3u);
  for (size_t n = 0; n < 5; ++n) {
    ASSERT_TRUE(RunUntil(io_, [&] { return open.size() > n; }));
    open[n].Answer(200, "");
  }
  for (const auto& reply : replies) EXPECT_TRUE(Ended(reply));
  EXPECT_TRUE(Ended(urgent));
  EXPECT_EQ(server_->accepted(), 3u);
}

TEST_F(HttpClientTest, NobodyThere) {
  uint16_t port = 0;
  {
    const ScriptedHttpServer gone(io_, nullptr);
    port = gone.port();
  }
  Connect("http://127.0.0.1:" + std::to_string(port));
  const auto reply = Post("a");
  ASSERT_TRUE(Ended(reply));
  EXPECT_FALSE(reply->sent);
  EXPECT_EQ(reply->error, "cannot be reached: Connection refused");
}

TEST_F(HttpClientTest, AConnectionThatBreaksIsNotTriedAgain) {
  int requests = 0;
  Serve([&](const Request& request) {
    ++requests;
    if (request.body == "cut") request.Write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    if (request.body == "bad") request.Write("HTTP/9.9 what\r\n\r\n");
    request.Close();
  });
  for (const char* body : {"none", "cut", "bad"}) {
    const auto reply = Post(body);
    ASSERT_TRUE(Ended(reply));
    EXPECT_TRUE(reply->sent);
    EXPECT_THAT(reply->error, testing::AnyOf(HasSubstr("connection closed"), HasSubstr("not HTTP"),
                                             HasSubstr("connection lost")))
        << body;
  }
  EXPECT_EQ(requests, 3);
}

TEST_F(HttpClientTest, AnIdleConnectionThatTheServerClosesIsNotUsed) {
  std::shared_ptr<ScriptedHttpServer::Connection> first;
  Serve([&](const Request& request) {
    if (!first) first = request.connection;
    request.Answer(200, "");
  });
  ASSERT_TRUE(Ended(Post("a")));
  first->Close();
  Settle();
  const auto reply = Post("b");
  ASSERT_TRUE(Ended(reply));
  EXPECT_EQ(reply->error, "");
  EXPECT_EQ(server_->accepted(), 2u);
}

TEST_F(HttpClientTest, AnIdleConnectionIsGivenUpBeforeTheServerDoesSo) {
  Serve([&](const Request& request) { request.Answer(200, "", "Keep-Alive: timeout=1\r\n"); });
  ASSERT_TRUE(Ended(Post("a")));
  Settle();
  EXPECT_EQ(server_->open(), 0u);
  limits_.idle = seconds(0);
  Serve([&](const Request& request) { request.Answer(200, ""); });
  ASSERT_TRUE(Ended(Post("a")));
  Settle();
  EXPECT_EQ(server_->open(), 0u);
}

TEST_F(HttpClientTest, WhatWasNotAskedForEndsTheConnection) {
  Serve([&](const Request& request) {
    request.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged");
  });
  const auto first = Post("a");
  ASSERT_TRUE(Ended(first));
  EXPECT_EQ(first->body, "");
  const auto second = Post("b");
  ASSERT_TRUE(Ended(second));
  EXPECT_EQ(second->body, "");
  EXPECT_EQ(server_->accepted(), 2u);
}

TEST_F(HttpClientTest, AnAbortedRequestIsSilentAndLosesItsConnection) {
  std::vector<Request> open;
  Serve([&](const Request& request) { open.push_back(request); });
  const auto reply = Post("a");
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 1; }));
  client_->Abort(last_);
  ASSERT_TRUE(RunUntil(io_, [&] { return server_->open() == 0; }));
  EXPECT_EQ(reply->ends, 0);
  EXPECT_EQ(client_->QueuedBytes(), 0u);
}

TEST_F(HttpClientTest, MayBeAbortedOrDestroyedByWhoIsTold) {
  Serve([&](const Request& request) { request.Answer(200, std::string(100'000, 'x')); });
  const auto aborted = Post("a");
  aborted->on_body = [&, ticket = last_] { client_->Abort(ticket); };
  ASSERT_TRUE(RunUntil(io_, [&] { return !aborted->body.empty(); }));
  Settle();
  EXPECT_EQ(aborted->ends, 0);
  const auto destroyed = Post("b");
  destroyed->on_body = [&] { client_.reset(); };
  ASSERT_TRUE(RunUntil(io_, [&] { return client_ == nullptr; }));
  Settle();
  EXPECT_EQ(destroyed->ends, 0);
}

TEST_F(HttpClientTest, NothingIsReadWhileNobodyWantsToHear) {
  constexpr size_t kSize = size_t{64} << 20;
  Request asked;
  Serve([&](const Request& request) {
    asked = request;
    request.Write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n");
  });
  const auto reply = Post("a");
  ASSERT_TRUE(RunUntil(io_, [&] { return reply->status == 200; }));
  client_->SetReading(false);
  // In the background, because it blocks when nobody reads.
  std::thread writer([&] { asked.Write(std::string(kSize, 'x')); });
  Settle();
  EXPECT_LE(reply->body.size(), size_t{16} << 10);
  client_->SetReading(true);
  EXPECT_TRUE(Ended(reply));
  writer.join();
  EXPECT_EQ(reply->body.size(), kSize);
}

TEST_F(HttpClientTest, AHostThatDoesNotAnswerIsNotThere) {
  // A queue for connections that nobody takes from, and that is full.
  limits_.connect = seconds(1);
  boost::asio::ip::tcp::acceptor mute(io_);
  mute.open(boost::asio::ip::tcp::v4());
  mute.bind({boost::asio::ip::address_v4::loopback(), 0});
  mute.listen(0);
  std::vector<boost::asio::ip::tcp::socket> fillers;
  for (int n = 0; n < 4; ++n) {
    fillers.emplace_back(io_);
    fillers.back().async_connect(mute.local_endpoint(), [](boost::system::error_code) {});
  }
  Settle();
  Connect("http://127.0.0.1:" + std::to_string(mute.local_endpoint().port()));
  const auto reply = Post("a");
  ASSERT_TRUE(Ended(reply));
  EXPECT_FALSE(reply->sent);
  EXPECT_EQ(reply->error, "cannot be reached: no answer in time");
}

}  // namespace
}  // namespace mcplexer::transport
