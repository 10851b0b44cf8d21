// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/http_peer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
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

const std::string kInitialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})";
const std::string kInitialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
const std::string kHello =
    R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{}}})";

std::string Call(int id) {
  return fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call"}})", id);
}
std::string Result(int id) {
  return fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{{}}}})", id);
}

// The peer's user is the test, which plays the instance: it knows which requests are open.
class HttpPeerTest : public testing::Test, public PeerEvents {
 protected:
  ~HttpPeerTest() override {
    handler_ = nullptr;  // what it refers to is gone
    if (peer_) Shutdown();
  }

  void OnFrame(std::string_view frame) override {
    heard_.emplace_back(frame);
    for (auto at = awaited_.begin(); at != awaited_.end();) {
      const bool answer = frame.find(fmt::format(R"("id":{},"result")", *at)) != frame.npos;
      at = answer ? awaited_.erase(at) : std::next(at);
    }
    if (on_frame_) on_frame_();
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

  // Answers the handshake by itself; all else goes to `handler`, and a GET is refused by 405.
  void Serve(ScriptedHttpServer::Handler handler) {
    handler_ = std::move(handler);
    server_ = std::make_unique<ScriptedHttpServer>(io_, [this](const Request& request) {
      seen_.push_back(request);
      if (request.body == kInitialize && !plain_) {
        request.AnswerJson(kHello, session_);
      } else if (request.body == kInitialized && !plain_) {
        request.Answer(202, "");
      } else if (request.head.method == "GET" && !streams_) {
        request.Answer(405, "");
      } else if (handler_) {
        handler_(request);
      } else {
        request.Answer(405, "");
      }
    });
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
  // Until the server has accepted that we are initialized.
  void Open(ScriptedHttpServer::Handler handler) {
    Serve(std::move(handler));
    Connect();
    ASSERT_TRUE(RunUntil(io_, [&] { return heard_.size() == 1; }));
    peer_->Send(kInitialized);
    ASSERT_TRUE(RunUntil(io_, [&] { return Asked("GET") == 1; }));
    heard_.clear();
  }
  void Send(int id) {
    awaited_.insert(static_cast<uint64_t>(id));
    peer_->Send(Call(id));
  }
  bool Heard(size_t count) {
    return RunUntil(io_, [&] { return heard_.size() >= count; });
  }
  bool Failed(size_t count = 1) {
    return RunUntil(io_, [&] { return failures_.size() >= count; });
  }
  size_t Asked(std::string_view method) const {
    return static_cast<size_t>(std::count_if(
        seen_.begin(), seen_.end(), [&](const Request& one) { return one.head.method == method; }));
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

  boost::asio::io_context io_{1};
  transport::AsioTimers timers_{io_};
  HttpPeerLimits limits_;
  std::string session_ = "Mcp-Session-Id: s-1\r\n";
  bool plain_ = false;    // the handler answers the handshake, too
  bool streams_ = false;  // the handler answers GET
  ScriptedHttpServer::Handler handler_;
  std::vector<Request> seen_;
  std::unique_ptr<ScriptedHttpServer> server_;
  std::unique_ptr<transport::HttpSockets> sockets_;
  std::unique_ptr<HttpPeer> peer_;
  std::vector<std::string> heard_;
  std::function<void()> on_frame_;
  std::set<uint64_t> awaited_;
  std::vector<std::string> failures_;
  std::string gone_;
};

using Texts = std::vector<std::string>;

TEST_F(HttpPeerTest, CarriesSessionVersionAndCredentials) {
  Open([](const Request& request) { request.AnswerJson(Result(2)); });
  Send(2);
  ASSERT_TRUE(Heard(1));
  EXPECT_EQ(heard_, Texts{Result(2)});
  ASSERT_EQ(seen_.size(), 4u);
  EXPECT_EQ(seen_[0].Field("mcp-session-id"), "");
  EXPECT_EQ(seen_[0].Field("mcp-protocol-version"), "");
  for (const Request& request : seen_) {
    EXPECT_EQ(request.Field("authorization"), "Bearer s3cret");
    EXPECT_EQ(request.head.target, "/mcp");
    if (request.head.method == "POST") {
      EXPECT_EQ(request.Field("accept"), "application/json, text/event-stream");
      EXPECT_EQ(request.Field("content-type"), "application/json");
    }
  }
  for (size_t n = 1; n < 4; ++n) {
    EXPECT_EQ(seen_[n].Field("mcp-session-id"), "s-1");
    EXPECT_EQ(seen_[n].Field("mcp-protocol-version"), "2025-06-18") << "the server's own";
  }
  EXPECT_EQ(seen_[1].body, kInitialized);
  EXPECT_EQ(seen_[2].head.method, "GET");
  EXPECT_EQ(seen_[2].Field("accept"), "text/event-stream");
  Shutdown();
  EXPECT_EQ(seen_.back().head.method, "DELETE");
  EXPECT_EQ(seen_.back().Field("mcp-session-id"), "s-1");
}

TEST_F(HttpPeerTest, WithoutASessionThereIsNothingToEnd) {
  session_.clear();
  Open([](const Request& request) { request.Answer(404, ""); });
  Send(2);
  ASSERT_TRUE(Failed());
  EXPECT_THAT(failures_, ElementsAre("2 0 server `x` answered HTTP 404"));
  EXPECT_EQ(gone_, "");
  Shutdown();
  EXPECT_EQ(Asked("DELETE"), 0u);
}

TEST_F(HttpPeerTest, NothingOvertakesTheHandshake) {
  plain_ = true;
  std::vector<Request> open;
  Serve([&](const Request& request) {
    if (request.body == kInitialize) return request.AnswerJson(kHello, session_);
    open.push_back(request);
  });
  Connect();
  ASSERT_TRUE(Heard(1));
  peer_->Send(kInitialized);
  Send(2);
  EXPECT_GT(peer_->QueuedBytes(), 0u);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 1; }));
  Settle();
  EXPECT_EQ(open.size(), 1u);
  open[0].Answer(202, "");
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 3 || Asked("GET") == 1; }));
  ASSERT_TRUE(RunUntil(io_, [&] { return seen_.back().body == Call(2); }));
  seen_.back().AnswerJson(Result(2));
  EXPECT_TRUE(Heard(2));
}

TEST_F(HttpPeerTest, AnswersMayBeEventsAndTheServerMaySpeakFirst) {
  const std::string progress = R"({"jsonrpc":"2.0","method":"notifications/progress"})";
  Open([&](const Request& request) {
    request.BeginEvents();
    request.Chunk(": hello\n\nevent: message\ndata: " + progress.substr(0, 20));
    request.Chunk(progress.substr(20) + "\n\nevent: other\ndata: {}\n\n");
    request.Event("{\"jsonrpc\":\"2.0\",\ndata: \"id\":2,\"result\":{}}");
    request.EndChunks();
  });
  Send(2);
  ASSERT_TRUE(Heard(2));
  EXPECT_EQ(heard_[0], progress);
  EXPECT_THAT(heard_[1], HasSubstr("\"result\""));
  Settle();
  EXPECT_THAT(failures_, IsEmpty());
  EXPECT_EQ(Asked("GET"), 1u);
}

TEST_F(HttpPeerTest, RequestsRunSideBySide) {
  std::vector<Request> open;
  Open([&](const Request& request) { open.push_back(request); });
  for (const int id : {2, 3, 4}) Send(id);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 3; }));
  for (auto at = open.rbegin(); at != open.rend(); ++at) {
    at->AnswerJson(Result(at->body == Call(2) ? 2 : at->body == Call(3) ? 3 : 4));
  }
  ASSERT_TRUE(Heard(3));
  EXPECT_THAT(awaited_, IsEmpty());
}

TEST_F(HttpPeerTest, ALostRequestLosesNoOther) {
  std::vector<Request> open;
  Open([&](const Request& request) { open.push_back(request); });
  Send(2);
  Send(3);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 2; }));
  const size_t second = open[0].body == Call(2) ? 0 : 1;
  open[second].Close();
  ASSERT_TRUE(Failed());
  EXPECT_THAT(failures_[0], HasSubstr("2 1 server `x` connection"));
  open[1 - second].AnswerJson(Result(3));
  ASSERT_TRUE(Heard(1));
  EXPECT_EQ(open.size(), 2u) << "nothing is sent twice";
}

TEST_F(HttpPeerTest, WhatIsNoAnswerFailsTheRequest) {
  std::function<void(const Request&)> answer;
  Open([&](const Request& request) { answer(request); });
  int id = 1;
  const auto expect = [&](std::function<void(const Request&)> how, const std::string& why) {
    answer = std::move(how);
    failures_.clear();
    Send(++id);
    ASSERT_TRUE(Failed()) << why;
    EXPECT_EQ(failures_[0], fmt::format("{} {}", id, why));
  };
  expect([](const Request& r) { r.Answer(500, "Bearer s3cret"); },
         "1 server `x` answered HTTP 500");
  expect([](const Request& r) { r.Answer(302, "", "Location: http://127.0.0.1:1/\r\n"); },
         "0 server `x` answered HTTP 302: redirects are not followed");
  expect([](const Request& r) { r.Answer(401, ""); },
         "0 server `x` answered HTTP 401: the credentials are missing or not accepted");
  expect([](const Request& r) { r.Answer(400, "{\"error\":\"bad\"}"); },
         "0 server `x` answered HTTP 400");
  expect([](const Request& r) { r.Answer(202, ""); },
         "1 server `x` ended its answer without a result");
  expect([](const Request& r) { r.Answer(200, "hi", "Content-Type: text/html\r\n"); },
         "1 server `x` answered neither JSON nor events");
  expect([](const Request& r) { r.AnswerJson(Result(999)); },
         "1 server `x` ended its answer without a result");
  expect([](const Request& r) { r.AnswerJson("x", "Content-Encoding: gzip\r\n"); },
         "1 server `x` answered with an encoding that was not asked for");
  expect(
      [](const Request& r) {
        r.BeginEvents();
        r.EndChunks();
      },
      "1 server `x` ended its answer without a result");
}

TEST_F(HttpPeerTest, AnErrorMayBeToldAsJsonRpc) {
  const std::string error = R"({"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"no"}})";
  Open([&](const Request& request) {
    awaited_.clear();  // the test tells answers by "result"
    request.Answer(400, error, "Content-Type: application/json\r\n");
  });
  Send(2);
  ASSERT_TRUE(Heard(1));
  EXPECT_EQ(heard_, Texts{error});
  EXPECT_THAT(failures_, IsEmpty());
}

TEST_F(HttpPeerTest, ALostSessionIsTheEndOfThePeer) {
  for (const bool by_400 : {false, true}) {
    Open([&](const Request& request) {
      if (by_400) return request.Answer(400, R"({"message":"Bad Request: No valid Session ID"})");
      request.Answer(404, "");
    });
    Send(2);
    ASSERT_TRUE(RunUntil(io_, [&] { return !gone_.empty(); }));
    EXPECT_EQ(gone_, "lost the session");
    Shutdown();
    EXPECT_EQ(Asked("DELETE"), 0u) << "there is none to end";
    EXPECT_EQ(Asked("POST"), 3u) << "nothing is sent twice";
    gone_.clear();
    heard_.clear();
    seen_.clear();
  }
}

TEST_F(HttpPeerTest, AServerThatRefusesTheHandshakeIsGone) {
  plain_ = true;
  const auto expect = [&](std::function<void(const Request&)> how, const std::string& why) {
    Serve(std::move(how));
    Connect();
    ASSERT_TRUE(RunUntil(io_, [&] { return !gone_.empty(); })) << why;
    EXPECT_THAT(gone_, HasSubstr(why));
    Shutdown();
    gone_.clear();
  };
  expect([](const Request& r) { r.Answer(401, ""); },
         "answered HTTP 401: the credentials are missing or not accepted");
  expect([](const Request& r) { r.Answer(404, ""); }, "answered HTTP 404");
  expect([](const Request& r) { r.Answer(202, ""); }, "ended its answer without a result");
  expect([](const Request& r) { r.Close(); }, "connection");
  expect([](const Request& r) { r.AnswerJson(kHello, "Mcp-Session-Id: a b\r\n"); },
         "gave the session an id that is none");
  expect(
      [](const Request& r) { r.AnswerJson(kHello, "Mcp-Session-Id: a\r\nMcp-Session-Id: b\r\n"); },
      "gave the session an id that is none");
}

TEST_F(HttpPeerTest, ABrokenStreamOfEventsWithIdsIsGoneOnWith) {
  streams_ = true;
  int asked = 0;
  Open([&](const Request& request) {
    if (request.head.method == "GET" && request.Field("last-event-id").empty()) {
      return request.Answer(405, "");
    }
    if (request.head.method == "POST") {
      request.BeginEvents();
      request.Chunk("id: p-0\nretry: 20\n\n");
      request.Event(R"({"jsonrpc":"2.0","method":"a"})", "p-1");
      return request.Close();  // cut
    }
    EXPECT_EQ(request.Field("last-event-id"), ++asked == 1 ? "p-1" : "p-2");
    request.BeginEvents();
    if (asked == 1) {
      request.Event(R"({"jsonrpc":"2.0","method":"b"})", "p-2");
      return request.EndChunks();  // an orderly end, as servers that are polled have it
    }
    request.Event(Result(2), "p-3");
    request.EndChunks();
  });
  Send(2);
  ASSERT_TRUE(Heard(3));
  EXPECT_THAT(heard_, ElementsAre(HasSubstr("\"a\""), HasSubstr("\"b\""), Result(2)));
  Settle();
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(Asked("POST"), 3u) << "the request was sent once";
  EXPECT_THAT(failures_, IsEmpty());
}

TEST_F(HttpPeerTest, WhatCannotBeGoneOnWithFailsAfterAFewAttempts) {
  streams_ = true;
  limits_.shortest_retry = limits_.retry = milliseconds(1);
  limits_.longest_retry = milliseconds(4);
  limits_.resumptions = 3;
  size_t attempts = 0;
  int status = 0;
  Open([&](const Request& request) {
    if (request.head.method == "GET") {
      if (request.Field("last-event-id").empty()) return request.Answer(405, "");
      ++attempts;
      return status == 0 ? request.Close() : request.Answer(status, "");
    }
    request.BeginEvents();
    request.Event(R"({"jsonrpc":"2.0","method":"a"})", "7");
    request.EndChunks();
  });
  Send(2);
  ASSERT_TRUE(Failed());
  EXPECT_EQ(attempts, 3u);
  EXPECT_THAT(failures_[0], HasSubstr("2 1 server `x` connection"));
  status = 405;
  attempts = 0;
  Send(3);
  ASSERT_TRUE(Failed(2));
  EXPECT_EQ(attempts, 1u);
}

TEST_F(HttpPeerTest, ACancelledRequestIsHungUpOnOnceTheServerKnows) {
  std::vector<Request> open;
  Open([&](const Request& request) { open.push_back(request); });
  Send(2);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 1; }));
  awaited_.clear();
  const std::string cancel =
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}})";
  peer_->Send(cancel);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 2; }));
  EXPECT_EQ(open[1].body, cancel);
  EXPECT_FALSE(open[0].connection->closed()) << "hanging up is no cancellation";
  open[1].Answer(202, "");
  EXPECT_TRUE(RunUntil(io_, [&] { return open[0].connection->closed(); }));
  EXPECT_THAT(failures_, IsEmpty());
}

TEST_F(HttpPeerTest, ARequestThatWaitsIsTakenBackWithoutAWord) {
  limits_.client.connections = 1;
  std::vector<Request> open;
  Open([&](const Request& request) { open.push_back(request); });
  Send(2);
  Send(3);
  ASSERT_TRUE(RunUntil(io_, [&] { return open.size() == 1; }));
  peer_->Send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}})");
  open[0].AnswerJson(Result(2));
  ASSERT_TRUE(Heard(1));
  Settle();
  EXPECT_EQ(open.size(), 1u);
}

TEST_F(HttpPeerTest, ListensToWhatTheServerSaysByItself) {
  streams_ = true;
  limits_.shortest_retry = limits_.retry = milliseconds(1);
  size_t streams = 0;
  Open([&](const Request& request) {
    if (request.head.method == "DELETE") return request.Answer(200, "");
    if (request.head.method != "GET") return request.Answer(202, "");
    request.BeginEvents();
    if (++streams == 1) {
      request.Event(R"({"jsonrpc":"2.0","id":"s","method":"ping"})", "g-1");
      return request.Close();
    }
    if (streams == 2) {
      EXPECT_EQ(request.Field("last-event-id"), "g-1");
      request.Event(R"({"jsonrpc":"2.0","method":"late"})");
    }
  });
  ASSERT_TRUE(Heard(2));
  peer_->Send(R"({"jsonrpc":"2.0","id":"s","result":{}})");
  ASSERT_TRUE(RunUntil(io_, [&] { return seen_.back().head.method == "POST"; }));
  EXPECT_EQ(seen_.back().body, R"({"jsonrpc":"2.0","id":"s","result":{}})");
  EXPECT_EQ(streams, 2u);
}

TEST_F(HttpPeerTest, ASessionLostBetweenCallsIsNoticed) {
  streams_ = true;
  limits_.shortest_retry = limits_.retry = milliseconds(1);
  size_t streams = 0;
  Open([&](const Request& request) {
    if (++streams > 1) return request.Answer(404, "");
    request.BeginEvents();
    request.Close();
  });
  ASSERT_TRUE(RunUntil(io_, [&] { return !gone_.empty(); }));
  EXPECT_EQ(gone_, "lost the session");
}

TEST_F(HttpPeerTest, MessagesHaveLimits) {
  limits_.frame_bytes = 1000;
  limits_.held_bytes = 1500;
  limits_.error_bytes = 100;
  int kind = 0;
  Open([&](const Request& request) {
    const std::string much(990, 'x');
    switch (kind) {
      case 0:
        return request.AnswerJson(much + much);
      case 1:
        request.BeginEvents();
        return request.Chunk("id: 1\n\ndata: " + much + much);
      case 2:
        return request.Answer(500, much);
      default:
        request.BeginEvents();
        return request.Chunk("data: " + much.substr(0, 900));
    }
  });
  Send(2);
  ASSERT_TRUE(Failed());
  EXPECT_EQ(failures_.back(), "2 1 server `x` sent an overlong message");
  kind = 1;
  Send(3);
  ASSERT_TRUE(Failed(2));
  EXPECT_EQ(failures_.back(), "3 1 server `x` sent an overlong message")
      << "and is not asked again";
  kind = 2;
  Send(4);
  ASSERT_TRUE(Failed(3));
  EXPECT_EQ(failures_.back(), "4 1 server `x` answered HTTP 500");
  kind = 3;
  Send(5);
  Send(6);
  ASSERT_TRUE(Failed(4));
  EXPECT_THAT(failures_.back(), HasSubstr("server `x` sends more at once than can be held"));
  EXPECT_EQ(awaited_.size(), 1u);
}

TEST_F(HttpPeerTest, WhileReadingIsOffNothingIsDeliveredAndNothingIsLost) {
  Open([](const Request& request) {
    const int id = request.body == Call(2) ? 2 : 3;
    if (id == 2) return request.AnswerJson(Result(2));
    request.Close();
  });
  Send(2);
  Send(3);
  peer_->SetReading(false);
  Settle();
  EXPECT_THAT(heard_, IsEmpty());
  EXPECT_THAT(failures_, IsEmpty());
  peer_->SetReading(true);
  ASSERT_TRUE(Heard(1));
  ASSERT_TRUE(Failed());
}

TEST_F(HttpPeerTest, MayBeShutDownByWhoIsTold) {
  Open([](const Request& request) {
    request.BeginEvents();
    for (int n = 0; n < 10; ++n) request.Event(R"({"jsonrpc":"2.0","method":"a"})");
  });
  bool ended = false;
  on_frame_ = [&] {
    if (!ended) peer_->Shutdown([&] { ended = true; });
    on_frame_ = nullptr;
  };
  Send(2);
  ASSERT_TRUE(RunUntil(io_, [&] { return ended; }));
  EXPECT_EQ(heard_.size(), 1u);
  peer_.reset();
}

TEST_F(HttpPeerTest, AServerThatDoesNotSayGoodbyeIsNotWaitedFor) {
  limits_.farewell = seconds(1);
  Open([](const Request&) {});
  const auto began = std::chrono::steady_clock::now();
  Shutdown();
  EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(10));
}

TEST(ReservedHeaderTest, WhatBelongsToTheProtocolIsNotAScopes) {
  for (const char* name : {"Host", "content-length", "Transfer-Encoding", "MCP-Session-Id",
                           "mcp-protocol-version", "Connection", "Accept", "Last-Event-ID"}) {
    EXPECT_TRUE(IsReservedHeader(name)) << name;
  }
  for (const char* name : {"Authorization", "X-Api-Key", "Cookie"}) {
    EXPECT_FALSE(IsReservedHeader(name)) << name;
  }
}

}  // namespace
}  // namespace mcplexer::downstream
