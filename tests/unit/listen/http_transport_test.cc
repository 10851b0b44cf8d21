// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_transport.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "runtime/transport/asio_timers.h"

namespace mcplexer::listen {
namespace {

using boost::asio::ip::tcp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A transport behind real connections; the test is the session and the client.
class HttpTransportTest : public testing::Test, public HttpResponder, public transport::Receiver {
 protected:
  HttpTransportTest() : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
    Make({});
    Accept();
  }
  ~HttpTransportTest() override {
    transport_.reset();
    for (const auto& one : connections_) {
      if (const auto connection = one.lock()) connection->Close();
    }
  }

  void OnRequest(const std::shared_ptr<HttpConnection>& connection, const transport::HttpHead& head,
                 std::string body) override {
    if (head.method == "GET") {
      const std::string* last = head.Find("last-event-id");
      return transport_->Listen(connection, last == nullptr ? "" : *last);
    }
    json::Document doc;
    ASSERT_TRUE(doc.Parse(body));
    transport_->Post(connection, doc);
  }
  bool HoldBody(size_t, size_t) override { return true; }
  void OnClosed(const HttpConnection&) override { ++closed_; }

  void OnFrame(std::string_view frame) override { frames_.emplace_back(frame); }
  void OnOversizedFrame() override {}
  void OnClosed() override { ++ends_; }
  void OnCongestion(bool congested) override { congestion_.push_back(congested); }

  void Make(const HttpTransportLimits& limits) {
    transport_ = std::make_unique<HttpTransport>(io_, timers_, "s", limits);
    transport_->Start(*this);
  }
  // A connection of the client, which has sent these bytes.
  std::unique_ptr<tcp::socket> Dial(const std::string& bytes) {
    auto socket = std::make_unique<tcp::socket>(io_);
    socket->connect(acceptor_.local_endpoint());
    boost::asio::write(*socket, boost::asio::buffer(bytes));
    Run();
    return socket;
  }
  std::unique_ptr<tcp::socket> Post(const std::string& body) {
    return Dial(fmt::format("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{}", body.size(), body));
  }
  std::unique_ptr<tcp::socket> Get(const std::string& last = "") {
    return Dial("GET / HTTP/1.1\r\n" + (last.empty() ? "" : "Last-Event-ID: " + last + "\r\n") +
                "\r\n");
  }
  // What the client has by now.
  std::string Read(tcp::socket& socket) {
    Run();
    std::string all;
    socket.non_blocking(true);
    for (;;) {
      std::array<char, 65536> buffer{};
      boost::system::error_code error;
      const size_t bytes = socket.read_some(boost::asio::buffer(buffer), error);
      if (error) return all;
      all.append(buffer.data(), bytes);
      Run();
    }
  }
  void Run() {
    for (int turns = 0; turns < 5; ++turns) {
      io_.restart();
      io_.run_for(std::chrono::milliseconds(2));
    }
  }

  boost::asio::io_context io_{1};
  transport::AsioTimers timers_{io_};
  HttpServerLimits limits_;
  tcp::acceptor acceptor_;
  std::unique_ptr<HttpTransport> transport_;
  std::vector<std::weak_ptr<HttpConnection>> connections_;
  std::vector<std::string> frames_;
  std::vector<bool> congestion_;
  int ends_ = 0;
  int closed_ = 0;

 private:
  void Accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      const auto connection = std::make_shared<HttpConnection>(
          PlainStream(std::move(socket)), timers_, static_cast<HttpResponder&>(*this), limits_);
      connections_.push_back(connection);
      connection->Start();
      Accept();
    });
  }
};

std::string Request(const std::string& id, const std::string& params = "{}") {
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"m","params":)" + params + "}";
}
std::string Answer(const std::string& id) {
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{}})";
}
const std::string kNews = R"({"jsonrpc":"2.0","method":"news"})";

TEST_F(HttpTransportTest, AnswersFindTheirPostWhateverTheIdsAre) {
  const auto first = Post(Request("1"));
  const auto second = Post(Request("1"));
  const auto third = Post(Request("\"1\""));
  ASSERT_THAT(frames_, ElementsAre(Request("1"), Request("2"), Request("3")));
  transport_->Send(Answer("2"));
  transport_->Send(Answer("3"));
  transport_->Send(Answer("2"));
  transport_->Send(Answer("99"));
  EXPECT_THAT(Read(*second), HasSubstr(Answer("1")));
  EXPECT_THAT(Read(*third), HasSubstr(Answer("\"1\"")));
  EXPECT_EQ(Read(*first), "");
  transport_->Send(Answer("1"));
  EXPECT_THAT(Read(*first), HasSubstr("Content-Type: application/json\r\nMcp-Session-Id: s\r\n"));
}

TEST_F(HttpTransportTest, ProgressMakesItsOwnPostAStreamOfEvents) {
  const std::string meta = R"({"_meta":{"progressToken":"p"}})";
  const auto first = Post(Request("7", meta));
  const auto second = Post(Request("8", meta));
  EXPECT_EQ(frames_[1], Request("2", R"({"_meta":{"progressToken":2}})"));
  transport_->Send(
      R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":2}})");
  transport_->Send(Answer("2"));
  EXPECT_EQ(Read(*first), "");
  const std::string events = Read(*second);
  EXPECT_THAT(events, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_THAT(events,
              HasSubstr("id: 2-1\nretry: 1000\n\nid: 2-2\ndata: {\"jsonrpc\":\"2.0\",\"method\":"
                        "\"notifications/progress\",\"params\":{\"progressToken\":\"p\"}}\n\n"
                        "id: 2-3\ndata: " +
                        Answer("8") + "\n\n"));
}

TEST_F(HttpTransportTest, AStreamBeginsWithAnEmptyEventWhereTheClientKnowsThem) {
  const auto first_event = [this](const std::string& version) {
    Run();  // the stream before is closed
    const auto stream = Dial("GET / HTTP/1.1\r\nMCP-Protocol-Version: " + version + "\r\n\r\n");
    std::string events = Read(*stream);
    return events.substr(events.find("id: "));
  };
  EXPECT_EQ(first_event("2025-06-18"), "id: 1-1\nretry: 1000\n\n");
  EXPECT_EQ(first_event("2025-11-25"), "id: 2-1\nretry: 1000\ndata: \n\n");
}

TEST_F(HttpTransportTest, ABatchIsAnsweredByOne) {
  const auto post = Post("[" + Request("\"a\"") + "," + kNews + "," + Request("1") + "]");
  EXPECT_THAT(frames_, ElementsAre("[" + Request("1") + "," + kNews + "," + Request("2") + "]"));
  transport_->Send("[" + Answer("2") + "," + Answer("1") + "]");
  EXPECT_THAT(Read(*post), HasSubstr("[" + Answer("1") + "," + Answer("\"a\"") + "]"));
}

TEST_F(HttpTransportTest, WhatBelongsToNoRequestGoesToTheStreamOfTheClient) {
  transport_->Send(kNews);  // nobody listens
  const auto post = Post(Request("1"));
  const auto listening = Get();
  transport_->Send(kNews);
  EXPECT_EQ(Read(*post), "");
  const std::string heard = Read(*listening);
  EXPECT_THAT(heard, HasSubstr("id: 2-2\ndata: " + kNews));
  EXPECT_THAT(Read(*Get()), HasSubstr("409 Conflict"));
  // While the client is away the news are kept.
  listening->close();
  Run();
  transport_->Send(kNews);
  EXPECT_THAT(Read(*Get("2-2")), HasSubstr("id: 2-3\ndata: " + kNews));
}

TEST_F(HttpTransportTest, ARequestOfOursGoesToTheNewestPostWhereNobodyListens) {
  const auto first = Post(Request("1"));
  const auto second = Post(Request("2"));
  transport_->Send(Request("\"ours\""));
  EXPECT_EQ(Read(*first), "");
  EXPECT_THAT(Read(*second), HasSubstr("data: " + Request("\"ours\"")));
  const auto answer = Post(Answer("\"ours\""));
  EXPECT_THAT(Read(*answer), HasSubstr("202 Accepted"));
  EXPECT_EQ(frames_.back(), Answer("\"ours\""));
}

TEST_F(HttpTransportTest, WhatBelongsToARequestGoesToItsPost) {
  const auto first = Post(Request("1"));
  const auto second = Post(Request("1"));
  const auto listening = Get();
  transport_->SendAbout(kNews, "1");
  transport_->SendAbout(Request("\"ours\""), "1");
  transport_->Send(Answer("1"));
  transport_->SendAbout(kNews, "1");  // not open any more
  const std::string events = Read(*first);
  EXPECT_THAT(events,
              HasSubstr("id: 1-2\ndata: " + kNews + "\n\nid: 1-3\ndata: " + Request("\"ours\"") +
                        "\n\nid: 1-4\ndata: " + Answer("1") + "\n\n"));
  EXPECT_EQ(Read(*second), "");
  EXPECT_THAT(Read(*listening), HasSubstr("id: 3-2\ndata: " + kNews + "\n\n"));
}

TEST_F(HttpTransportTest, WhatIsNotKeptAnyMoreIsNotGivenOutAsAll) {
  HttpTransportLimits limits;
  limits.kept_bytes = 200;
  Make(limits);
  const auto listening = Get();
  for (int n = 0; n < 10; ++n) transport_->Send(kNews);
  Read(*listening);
  EXPECT_THAT(Read(*Get("1-2")), HasSubstr("400 Bad Request"));
  EXPECT_THAT(Read(*Get("1-99")), HasSubstr("400 Bad Request"));
  EXPECT_THAT(Read(*Get("1-10")), HasSubstr("id: 1-11"));
  EXPECT_THAT(Read(*Get("1-11")), Not(HasSubstr("data:")));
}

TEST_F(HttpTransportTest, AClientThatDoesNotReadIsToldOf) {
  HttpTransportLimits limits;
  limits.queue_bytes = 1000;
  Make(limits);
  const auto listening = Get();
  const std::string large = R"({"jsonrpc":"2.0","method":")" + std::string(8 << 20, 'x') + "\"}";
  transport_->Send(large);
  EXPECT_THAT(congestion_, IsEmpty()) << "not from within Send";
  Run();
  EXPECT_THAT(congestion_, ElementsAre(true));
  EXPECT_GT(transport_->QueuedBytes(), 1000u);
  transport_->SetReading(false);
  EXPECT_THAT(Read(*Post(Request("1"))), HasSubstr("503 Service Unavailable"));
  EXPECT_THAT(frames_, IsEmpty());
  for (int turns = 0; turns < 200 && congestion_.size() == 1; ++turns) Read(*listening);
  EXPECT_THAT(congestion_, ElementsAre(true, false));
}

TEST_F(HttpTransportTest, RequestsAreBounded) {
  HttpTransportLimits limits;
  limits.requests = 1;
  Make(limits);
  const auto first = Post(Request("1"));
  EXPECT_THAT(Read(*Post(Request("2"))), HasSubstr("503 Service Unavailable"));
  transport_->Send(Answer("1"));
  const auto third = Post(Request("3"));
  EXPECT_EQ(frames_.size(), 2u);
}

TEST_F(HttpTransportTest, ItsEndIsToldOnceAndEndsTheStream) {
  const auto listening = Get();
  EXPECT_TRUE(transport_->busy());
  transport_->End();
  transport_->End();
  Run();
  EXPECT_EQ(ends_, 1);
  EXPECT_EQ(closed_, 1);
  EXPECT_FALSE(transport_->busy());
}

}  // namespace
}  // namespace mcplexer::listen
