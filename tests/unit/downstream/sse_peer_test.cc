// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/sse_peer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/transport/asio_timers.h"
#include "tests/unit/transport/scripted_http_server.h"

namespace mcplexer::downstream {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using transport::RunUntil;
using transport::ScriptedHttpServer;
using Request = ScriptedHttpServer::Request;
using Texts = std::vector<std::string>;

const std::string kInitialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})";
const std::string kInitialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
const std::string kHello =
    R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2024-11-05","capabilities":{}}})";

std::string Call(int id) {
  return fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call"}})", id);
}
std::string Result(int id) {
  return fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{{}}}})", id);
}

// The server of a session whose stream is `stream_`; the peer is an HttpPeer, as the gateway has
// it, and the test plays the instance.
class SsePeerTest : public testing::Test, public PeerEvents {
 protected:
  ~SsePeerTest() override {
    on_post_ = nullptr;  // what it refers to is gone
    if (peer_) Shutdown();
  }

  void OnFrame(std::string_view frame) override {
    heard_.emplace_back(frame);
    std::erase_if(awaited_, [&](uint64_t id) {
      return frame.find(fmt::format(R"("id":{},"result")", id)) != frame.npos;
    });
  }
  void OnOversizedFrame() override { ADD_FAILURE(); }
  void OnGone(const Departure& departure) override {
    EXPECT_FALSE(departure.clean);
    gone_ = departure.what;
  }
  bool Awaits(uint64_t id) const override { return awaited_.contains(id); }
  void OnNoAnswer(uint64_t id, const Failure& failure) override {
    awaited_.erase(id);
    failures_.push_back(
        fmt::format("{} {} {}", id, static_cast<int>(failure.kind), failure.message));
  }

  // POST to the URL itself is refused; GET begins a stream that names `endpoint_`; the handshake is
  // answered. What else is posted goes to `on_post_`, or is accepted.
  void Serve() {
    server_ = std::make_unique<ScriptedHttpServer>(io_, [this](const Request& request) {
      seen_.push_back(request);
      if (request.head.method == "GET") return OnGet(request);
      if (request.head.target == "/mcp") return request.Answer(refusal_, refusal_body_);
      if (request.body == kInitialize && !plain_) {
        request.Answer(202, "Accepted");
        return stream_->Event(kHello);
      }
      if (on_post_ && request.body != kInitialized) return on_post_(request);
      request.Answer(202, "");
    });
  }
  void OnGet(const Request& request) {
    if (on_get_) return on_get_(request);
    stream_ = request;
    request.BeginEvents();
    request.Chunk(": hello\n\nevent: endpoint\ndata: " + endpoint_ + "\n\n");
  }
  void Connect() {
    HttpPeerOptions options;
    options.url = *transport::ParseHttpUrl(server_->url());
    options.server = "x";
    options.limits = limits_;
    options.headers.push_back({"Authorization", auth::SecretString("Bearer s3cret")});
    sockets_ = std::move(*transport::HttpSockets::Create(io_));
    peer_ = std::make_unique<HttpPeer>(io_, timers_, *sockets_, std::move(options));
    peer_->Start(*this);
    peer_->Send(kInitialize);
  }
  void Open() {
    Serve();
    Connect();
    ASSERT_TRUE(Heard(1));
    ASSERT_EQ(heard_, Texts{kHello});
    peer_->Send(kInitialized);
    ASSERT_TRUE(RunUntil(io_, [&] { return Posted(kInitialized) == 1; }));
    Settle();  // it has been accepted, too
    heard_.clear();
  }
  void Send(int id) {
    awaited_.insert(static_cast<uint64_t>(id));
    peer_->Send(Call(id));
  }
  bool Heard(size_t count) {
    return RunUntil(io_, [&] { return heard_.size() >= count; });
  }
  bool Gone() {
    return RunUntil(io_, [&] { return !gone_.empty(); });
  }
  size_t Asked(std::string_view method) const {
    return static_cast<size_t>(std::count_if(
        seen_.begin(), seen_.end(), [&](const Request& one) { return one.head.method == method; }));
  }
  size_t Posted(std::string_view body) const {
    return static_cast<size_t>(std::count_if(seen_.begin(), seen_.end(),
                                             [&](const Request& one) { return one.body == body; }));
  }
  void Settle(milliseconds time = milliseconds(50)) {
    RunUntil(io_, [] { return false; }, time);
  }
  void Shutdown() {
    bool ended = false;
    peer_->Shutdown([&] { ended = true; });
    EXPECT_TRUE(RunUntil(io_, [&] { return ended; }));
    peer_.reset();
  }
  void Again() {
    Shutdown();
    gone_.clear();
    heard_.clear();
    seen_.clear();
    failures_.clear();
  }

  boost::asio::io_context io_{1};
  transport::AsioTimers timers_{io_};
  HttpPeerLimits limits_;
  int refusal_ = 404;
  std::string refusal_body_;
  std::string endpoint_ = "/messages?sessionId=1";
  bool plain_ = false;
  ScriptedHttpServer::Handler on_get_;
  ScriptedHttpServer::Handler on_post_;
  std::optional<Request> stream_;
  std::vector<Request> seen_;
  std::unique_ptr<ScriptedHttpServer> server_;
  std::unique_ptr<transport::HttpSockets> sockets_;
  std::unique_ptr<HttpPeer> peer_;
  std::vector<std::string> heard_;
  std::set<uint64_t> awaited_;
  std::vector<std::string> failures_;
  std::string gone_;
};

TEST_F(SsePeerTest, AServerThatRefusesThePostIsUsedByItsStream) {
  for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
           {404, "Cannot POST /mcp"}, {405, ""}, {400, "<html>"}, {400, R"({"detail":"no"})"}}) {
    refusal_ = status;
    refusal_body_ = body;
    Open();
    on_post_ = [&](const Request& request) {
      request.Answer(202, "Accepted");
      stream_->Event(Result(2));
    };
    Send(2);
    ASSERT_TRUE(Heard(1)) << status;
    EXPECT_EQ(heard_, Texts{Result(2)});
    ASSERT_EQ(seen_.size(), 5u);
    for (const Request& request : seen_) {
      EXPECT_EQ(request.Field("authorization"), "Bearer s3cret");
    }
    EXPECT_EQ(seen_[1].head.method, "GET");
    EXPECT_EQ(seen_[1].head.target, "/mcp");
    EXPECT_EQ(seen_[1].Field("accept"), "text/event-stream");
    for (size_t n = 2; n < 5; ++n) {
      EXPECT_EQ(seen_[n].head.method, "POST");
      EXPECT_EQ(seen_[n].head.target, "/messages?sessionId=1");
      EXPECT_EQ(seen_[n].Field("content-type"), "application/json");
    }
    EXPECT_EQ(Posted(kInitialize), 2u);
    EXPECT_TRUE(gone_.empty());
    Again();
    ASSERT_TRUE(RunUntil(io_, [&] { return server_->open() == 0; })) << "that ends the session";
  }
}

TEST_F(SsePeerTest, OtherRefusalsAreFinal) {
  const std::string error = R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"no"}})";
  for (const auto& [status, body] :
       std::vector<std::pair<int, std::string>>{{400, error}, {401, ""}, {403, ""}, {500, ""}}) {
    refusal_ = status;
    refusal_body_ = body;
    Serve();
    Connect();
    ASSERT_TRUE(Gone()) << status;
    EXPECT_EQ(Asked("GET"), 0u);
    Again();
  }
}

TEST_F(SsePeerTest, AServerThatIsNeitherIsGoneWithBothAnswers) {
  Serve();
  const auto expect = [&](ScriptedHttpServer::Handler how, const std::string& why) {
    on_get_ = std::move(how);
    Connect();
    ASSERT_TRUE(Gone()) << why;
    EXPECT_EQ(gone_, "answered HTTP 404, and as a server of HTTP+SSE it " + why);
    EXPECT_EQ(Asked("POST"), 1u);
    Again();
  };
  expect([](const Request& r) { r.Answer(404, ""); }, "answered HTTP 404");
  expect([](const Request& r) { r.Answer(302, "", "Location: http://127.0.0.1:1/\r\n"); },
         "answered HTTP 302: redirects are not followed");
  expect([](const Request& r) { r.Answer(200, "hi", "Content-Type: text/html\r\n"); },
         "answered no events");
  expect([](const Request& r) { r.BeginEvents("Content-Encoding: gzip\r\n"); },
         "answered with an encoding that was not asked for");
  expect(
      [](const Request& r) {
        r.BeginEvents();
        r.EndChunks();
      },
      "ended its stream of events");
  limits_.acceptance = seconds(1);
  expect(
      [](const Request& r) {
        r.BeginEvents();
        r.Event(kHello);  // nobody has asked yet
      },
      "does not say where messages go");
  EXPECT_THAT(heard_, IsEmpty());
}

TEST_F(SsePeerTest, NothingIsPostedToAnotherOrigin) {
  bool reached = false;
  ScriptedHttpServer other(io_, [&](const Request&) { reached = true; });
  const std::string port = std::to_string(other.port());
  for (const std::string& endpoint :
       {other.url(), "//127.0.0.1:" + port + "/mcp", std::string("http://localhost/mcp"),
        std::string("https://127.0.0.1/"), std::string("http://u:p@127.0.0.1/"),
        std::string("file:/x"), std::string("/a b")}) {
    endpoint_ = endpoint;
    Serve();
    Connect();
    ASSERT_TRUE(Gone()) << endpoint;
    EXPECT_THAT(gone_, HasSubstr("names an endpoint that is not used")) << endpoint;
    EXPECT_EQ(Asked("POST"), 1u);
    Again();
  }
  Settle();
  EXPECT_FALSE(reached);
  EXPECT_EQ(other.accepted(), 0u);
}

TEST_F(SsePeerTest, AnEndpointMayBeGivenAsAUrl) {
  Serve();
  endpoint_ = fmt::format("http://127.0.0.1:{}/x", server_->port());
  Connect();
  ASSERT_TRUE(Heard(1));
  EXPECT_EQ(seen_.back().head.target, "/x");
}

TEST_F(SsePeerTest, ASecondEndpointCountsForNothing) {
  Open();
  stream_->Chunk("event: endpoint\ndata: /elsewhere\n\n");
  stream_->Chunk("event: other\ndata: {}\n\n");
  on_post_ = [&](const Request& request) {
    request.Answer(200, "ok");
    stream_->Event(Result(2));
  };
  Send(2);
  ASSERT_TRUE(Heard(1));
  EXPECT_EQ(heard_, Texts{Result(2)});
  EXPECT_EQ(seen_.back().head.target, "/messages?sessionId=1");
}

TEST_F(SsePeerTest, RequestsWaitUntilTheHandshakeIsAccepted) {
  plain_ = true;
  std::vector<Request> held;
  Serve();
  server_ = std::make_unique<ScriptedHttpServer>(io_, [&](const Request& request) {
    seen_.push_back(request);
    if (request.head.method == "GET") return OnGet(request);
    if (request.head.target == "/mcp") return request.Answer(405, "");
    if (request.body == kInitialize) {
      stream_->Event(kHello);
      return request.Answer(202, "");
    }
    if (request.body == kInitialized) return held.push_back(request);
    request.Answer(202, "");
  });
  Connect();
  ASSERT_TRUE(Heard(1));
  peer_->Send(kInitialized);
  Send(2);
  EXPECT_GE(peer_->QueuedBytes(), Call(2).size());
  ASSERT_TRUE(RunUntil(io_, [&] { return held.size() == 1; }));
  Settle();
  EXPECT_EQ(Posted(Call(2)), 0u);
  held[0].Answer(202, "");
  ASSERT_TRUE(RunUntil(io_, [&] { return Posted(Call(2)) == 1; }));
  ASSERT_TRUE(RunUntil(io_, [&] { return peer_->QueuedBytes() == 0; }));
}

TEST_F(SsePeerTest, AnswersMayComeBeforeTheRequestIsAcceptedAndInAnyOrder) {
  std::vector<Request> held;
  Open();
  on_post_ = [&](const Request& request) { held.push_back(request); };
  for (const int id : {2, 3, 4}) Send(id);
  ASSERT_TRUE(RunUntil(io_, [&] { return held.size() == 3; }));
  for (const int id : {4, 2, 3}) stream_->Event(Result(id));
  ASSERT_TRUE(Heard(3));
  EXPECT_EQ(heard_, (Texts{Result(4), Result(2), Result(3)}));
  held[0].Answer(202, "");
  held[1].Answer(500, "");
  held[2].Close();
  Settle();
  EXPECT_THAT(failures_, IsEmpty());
  EXPECT_TRUE(gone_.empty());
}

TEST_F(SsePeerTest, ARequestThatIsNotAcceptedFailsAndTheOthersLive) {
  Open();
  std::function<void(const Request&)> answer;
  on_post_ = [&](const Request& request) { answer(request); };
  int id = 1;
  const auto expect = [&](std::function<void(const Request&)> how, const std::string& why) {
    answer = std::move(how);
    failures_.clear();
    Send(++id);
    ASSERT_TRUE(RunUntil(io_, [&] { return !failures_.empty(); })) << why;
    EXPECT_EQ(failures_[0], fmt::format("{} {}", id, why));
    EXPECT_EQ(Posted(Call(id)), 1u);
  };
  expect([](const Request& r) { r.Answer(500, "Bearer s3cret"); },
         "1 server `x` answered HTTP 500");
  expect([](const Request& r) { r.Answer(400, "Bearer s3cret"); },
         "0 server `x` answered HTTP 400");
  expect([](const Request& r) { r.Answer(302, "", "Location: http://127.0.0.1:1/\r\n"); },
         "0 server `x` answered HTTP 302: redirects are not followed");
  expect([](const Request& r) { r.Close(); },
         "1 server `x` connection closed before the end of the answer");
  answer = [&](const Request& request) {
    request.Answer(202, "");
    stream_->Event(Result(id));
  };
  Send(++id);
  ASSERT_TRUE(Heard(1));
  EXPECT_TRUE(gone_.empty());
}

TEST_F(SsePeerTest, ALostSessionIsTheEndOfThePeer) {
  for (const bool by_400 : {false, true}) {
    Open();
    on_post_ = [&](const Request& request) {
      if (by_400) return request.Answer(400, "No transport found for sessionId");
      request.Answer(404, "Could not find session");
    };
    Send(2);
    ASSERT_TRUE(Gone());
    EXPECT_EQ(gone_, "lost the session");
    EXPECT_EQ(Posted(Call(2)), 1u);
    Again();
  }
}

TEST_F(SsePeerTest, TheEndOfTheStreamIsTheEndOfThePeerAndNothingIsPostedAgain) {
  const auto expect = [&](const std::function<void()>& end, const std::string& why) {
    Open();
    Send(2);
    ASSERT_TRUE(RunUntil(io_, [&] { return Posted(Call(2)) == 1; }));
    end();
    ASSERT_TRUE(Gone());
    EXPECT_EQ(gone_, why);
    Settle();
    EXPECT_EQ(Posted(Call(2)), 1u);
    EXPECT_EQ(Asked("GET"), 1u);
    Again();
  };
  expect([&] { stream_->EndChunks(); }, "ended its stream of events");
  expect([&] { stream_->Close(); }, "connection closed before the end of the answer");
  limits_.frame_bytes = 1000;
  expect([&] { stream_->Event(std::string(2000, 'x')); }, "sent an overlong message");
}

TEST_F(SsePeerTest, WhileReadingIsOffNothingIsTold) {
  Open();
  on_post_ = [&](const Request& request) {
    request.Answer(request.body == Call(3) ? 500 : 202, "");
    stream_->Event(Result(2));
    stream_->EndChunks();
  };
  peer_->SetReading(false);
  Send(2);
  Send(3);
  ASSERT_TRUE(RunUntil(io_, [&] { return Posted(Call(3)) == 1; }));
  Settle();
  EXPECT_THAT(heard_, IsEmpty());
  EXPECT_THAT(failures_, IsEmpty());
  EXPECT_TRUE(gone_.empty());
  peer_->SetReading(true);
  ASSERT_TRUE(Gone());
  EXPECT_EQ(heard_.front(), Result(2));
}

TEST_F(SsePeerTest, AMessageThatIsNotAcceptedInTimeIsGivenUp) {
  limits_.acceptance = seconds(2);
  limits_.client.urgent_connections = 1;
  Open();
  size_t answers = 0;
  on_post_ = [&](const Request& request) {
    if (++answers > 1) request.Answer(202, "");
  };
  const std::string note = R"({"jsonrpc":"2.0","method":"notifications/x"})";
  peer_->Send(note);
  peer_->Send(note);
  EXPECT_TRUE(RunUntil(io_, [&] { return answers == 2; })) << "it holds no connection for good";
  EXPECT_TRUE(gone_.empty());
}

TEST_F(SsePeerTest, ACancelledRequestThatWasNotSentIsTakenBack) {
  limits_.client.connections = 1;
  Open();
  on_post_ = [](const Request&) {};
  Send(2);
  Send(3);
  ASSERT_TRUE(RunUntil(io_, [&] { return Posted(Call(2)) == 1; }));
  const std::string cancel =
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)";
  awaited_.clear();
  peer_->Send(cancel + "3}}");
  peer_->Send(cancel + "2}}");
  ASSERT_TRUE(RunUntil(io_, [&] { return Posted(cancel + "2}}") == 1; }));
  EXPECT_EQ(Posted(cancel + "3}}"), 0u);
  EXPECT_EQ(Posted(Call(3)), 0u);
}

}  // namespace
}  // namespace mcplexer::downstream
