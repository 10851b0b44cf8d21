// SPDX-License-Identifier: Apache-2.0
// Time and room: what a client on the same machine could use up. What is answered to whom is tested
// from outside, in tests/integration.

#include "runtime/listen/http_listener.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/transport/asio_timers.h"
#include "tests/unit/plan/plan_builder.h"

namespace mcplexer::listen {
namespace {

using boost::asio::ip::tcp;
using std::chrono::milliseconds;
using testing::HasSubstr;

const std::string kInitialize = R"({"jsonrpc":"2.0","id":0,"method":"initialize"})";

plan::Plan ServedPlan() {
  plan::testing::PlanBuilder builder;
  builder.Server("x").Workspace("a", "/a").Workspace("b", "/b").Workspace("c", "/c");
  emit::PlanSections sections = builder.Sections();
  sections.workspaces[0].http = 1;
  sections.workspaces[1].http = 1;
  return std::move(*plan::Plan::Load(emit::Serialize(sections, {})));
}

// A session that answers everything at once.
class EchoSession final : public transport::Receiver {
 public:
  explicit EchoSession(std::unique_ptr<HttpTransport> transport)
      : transport_(std::move(transport)) {
    transport_->Start(*this);
  }
  bool closed() const { return closed_; }

 private:
  void OnFrame(std::string_view) override {
    transport_->Send(fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{{}}}})", ++answers_));
  }
  void OnOversizedFrame() override {}
  void OnClosed() override { closed_ = true; }
  void OnCongestion(bool) override {}

  const std::unique_ptr<HttpTransport> transport_;
  int answers_ = 0;
  bool closed_ = false;
};

class HttpListenerTest : public testing::Test {
 protected:
  void Listen() {
    listener_ = std::move(*HttpListener::Create(io_, timers_, plan_, {"127.0.0.1", 0}, limits_));
    listener_->Start(
        [this](const std::string& id, WorkspaceId, std::unique_ptr<HttpTransport> transport) {
          if (full_) return false;
          ids_.push_back(id);
          sessions_.push_back(std::make_unique<EchoSession>(std::move(transport)));
          return true;
        },
        {});
  }
  std::unique_ptr<tcp::socket> Dial(const std::string& bytes) {
    auto socket = std::make_unique<tcp::socket>(io_);
    socket->connect({boost::asio::ip::address_v4::loopback(), listener_->port()});
    boost::system::error_code ignored;
    boost::asio::write(*socket, boost::asio::buffer(bytes), ignored);
    return socket;
  }
  // What comes until the server closes or falls silent.
  std::string Read(tcp::socket& socket, milliseconds silence = milliseconds(150)) {
    std::string all;
    socket.non_blocking(true);
    auto end = std::chrono::steady_clock::now() + silence;
    while (std::chrono::steady_clock::now() < end) {
      io_.restart();
      io_.run_for(milliseconds(2));
      std::array<char, 65536> buffer{};
      boost::system::error_code error;
      const size_t bytes = socket.read_some(boost::asio::buffer(buffer), error);
      if (error == boost::asio::error::would_block) continue;
      if (error) return all + "<closed>";
      all.append(buffer.data(), bytes);
      end = std::chrono::steady_clock::now() + silence;
    }
    return all;
  }
  std::string Post(const std::string& body, const std::string& workspace = "a",
                   const std::string& more = "") const {
    return fmt::format(
        "POST /w/{}/mcp HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\n"
        "Accept: application/json, text/event-stream\r\n{}Content-Length: {}\r\n\r\n{}",
        workspace, listener_->port(), more, body.size(), body);
  }
  std::string Ask(const std::string& bytes) { return Read(*Dial(bytes)); }
  std::string In(const std::string& id) const { return "Mcp-Session-Id: " + id + "\r\n"; }

  boost::asio::io_context io_{1};
  transport::AsioTimers timers_{io_};
  const plan::Plan plan_ = ServedPlan();
  HttpListenerLimits limits_;
  std::unique_ptr<HttpListener> listener_;
  std::vector<std::string> ids_;
  std::vector<std::unique_ptr<EchoSession>> sessions_;
  bool full_ = false;
};

const std::string kPing = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";

TEST_F(HttpListenerTest, ASessionBelongsToItsWorkspace) {
  Listen();
  EXPECT_THAT(Ask(Post(kInitialize)), HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(Ask(Post(kPing, "a", In(ids_[0]))), HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(Ask(Post(kPing, "b", In(ids_[0]))), HasSubstr("Session not found"));
  EXPECT_THAT(Ask(Post(kInitialize, "c")), HasSubstr("HTTP/1.1 404 Not Found"));
}

TEST_F(HttpListenerTest, ASessionThatNobodyUsesEnds) {
  limits_.sweep = std::chrono::seconds(0);
  limits_.idle_session = std::chrono::minutes(0);
  Listen();
  EXPECT_THAT(Ask(Post(kInitialize)), HasSubstr("Mcp-Session-Id: "));
  EXPECT_TRUE(sessions_[0]->closed());
  EXPECT_THAT(Ask(Post(kPing, "a", In(ids_[0]))), HasSubstr("Session not found"));
}

TEST_F(HttpListenerTest, TooManyClientsAreTold) {
  Listen();
  full_ = true;
  EXPECT_THAT(Ask(Post(kInitialize)), HasSubstr("HTTP/1.1 503 Service Unavailable"));
}

TEST_F(HttpListenerTest, ConnectionsAreBounded) {
  limits_.server.connections = 2;
  Listen();
  const auto first = Dial("");
  const auto second = Dial("");
  EXPECT_EQ(Ask(""), "<closed>");
  second->close();
  EXPECT_EQ(Read(*first), "");
  EXPECT_THAT(Ask(Post(kInitialize)), HasSubstr("HTTP/1.1 200 OK"));
}

TEST_F(HttpListenerTest, SlowAndSilentClientsAreHungUpOn) {
  limits_.server.request = std::chrono::seconds(0);
  Listen();
  EXPECT_THAT(Ask("POST /w/a"), HasSubstr("408 Request Timeout"));
  limits_.server = {};
  limits_.server.idle = std::chrono::seconds(0);
  Listen();
  EXPECT_EQ(Ask(""), "<closed>");
}

TEST_F(HttpListenerTest, BodiesAreBoundedEachAndTogether) {
  limits_.server.body_bytes = 1000;
  limits_.server.all_bodies_bytes = 1500;
  Listen();
  EXPECT_THAT(Ask(Post(std::string(1001, ' '))), HasSubstr("413 Content Too Large"));
  const std::string chunked =
      "POST /w/a/mcp HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" +
      std::string(1000, ' ');
  const auto first = Dial(chunked);
  EXPECT_EQ(Read(*first), "");
  EXPECT_THAT(Ask(chunked), HasSubstr("413 Content Too Large"));
  EXPECT_THAT(Ask(chunked + "\r\n1\r\n \r\n0\r\n\r\n"), HasSubstr("413 Content Too Large"));
  first->close();
  EXPECT_THAT(Ask(Post(kInitialize)), HasSubstr("HTTP/1.1 200 OK"));
}

TEST_F(HttpListenerTest, ASilentStreamIsKeptAliveByComments) {
  limits_.server.keep_alive = std::chrono::seconds(0);
  Listen();
  Ask(Post(kInitialize));
  const auto stream = Dial(fmt::format(
      "GET /w/a/mcp HTTP/1.1\r\nHost: localhost:{}\r\nAccept: text/event-stream\r\n{}\r\n",
      listener_->port(), In(ids_[0])));
  io_.restart();
  io_.run_for(milliseconds(20));
  std::array<char, 4096> buffer{};
  const size_t bytes = stream->read_some(boost::asio::buffer(buffer));
  EXPECT_THAT(std::string(buffer.data(), bytes), HasSubstr(": \n\n"));
}

TEST_F(HttpListenerTest, OneRequestAfterTheOtherOnOneConnection) {
  Listen();
  const auto client = Dial(Post(kInitialize));
  EXPECT_THAT(Read(*client), HasSubstr("HTTP/1.1 200 OK"));
  boost::asio::write(*client, boost::asio::buffer(Post(kPing, "a", In(ids_[0]))));
  EXPECT_THAT(Read(*client), HasSubstr(R"("id":1)"));
  // Two at once: the second one is not looked at.
  boost::asio::write(*client, boost::asio::buffer(Post(kPing, "a", In(ids_[0])) + Post(kPing)));
  EXPECT_THAT(Read(*client), testing::EndsWith("<closed>"));
}

}  // namespace
}  // namespace mcplexer::listen
