// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/server_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ServerRequestsTest : public GatewayTest {
 protected:
  // Both servers are introduced and have an open call; what they were sent is forgotten.
  void OpenWith(const std::string& capabilities) {
    client_capabilities_ = capabilities;
    Open(DefaultPlan(), "/w/db");
    Call("1", "gh__get");
    Call("2", "pg__query");
    Introduce(0);
    Introduce(1);
    server(0).sent.clear();
    server(1).sent.clear();
  }
  void Ask(size_t launched, const std::string& id, const std::string& method,
           const std::string& params = "{}") {
    server(launched).Say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method +
                         R"(","params":)" + params + "}");
  }
};

constexpr const char* kEverything =
    R"({"sampling":{"tools":{}},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}})";

TEST_F(ServerRequestsTest, ServersAreToldWhatTheClientOffersByteForByte) {
  client_capabilities_ = R"({"roots":{"listChanged":true} ,"tasks":{"list":{}}, "x/y":{"n":1.50}})";
  Open();
  Call("1", "gh__get");
  EXPECT_THAT(server().sent[0], HasSubstr(R"("capabilities":)" + client_capabilities_ + ","));
}

TEST_F(ServerRequestsTest, TasksOfTheClientAreOfTheServerThatAsked) {
  OpenWith(R"({"sampling":{},"tasks":{"list":{},"cancel":{}}})");
  Ask(0, "1", "sampling/createMessage", R"({"task":{}})");
  Ask(1, "1", "sampling/createMessage", R"({"task":{}})");
  Read();
  Write(R"({"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"a","status":"working"}}})");
  Write(R"({"jsonrpc":"2.0","id":2,"result":{"task":{"taskId":"b","status":"working"}}})");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"({"taskId":"a","status":"working"})"));
  server(1).sent.clear();
  for (const char* method : {"tasks/get", "tasks/result", "tasks/cancel"}) {
    Ask(0, "2", method, R"({"taskId":"b"})");
    EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":2,"error":{"code":-32602)"));
    Ask(0, "2", method, "{}");
    EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":2,"error":{"code":-32602)"));
    Ask(0, "2", method, R"({"taskId":"a"})");
    EXPECT_THAT(ReadOne(), HasSubstr(R"("params":{"taskId":"a"}})"));
  }
  Ask(1, "5", "tasks/list");
  const std::string id = IdOf(ReadOne());
  Write(R"({"jsonrpc":"2.0","id":)" + id +
        R"(,"result":{"tasks":[{"taskId":"a"},{"n":1.0,"taskId":"b"}],"nextCursor":"c"}})");
  EXPECT_EQ(server(1).Take(),
            R"({"jsonrpc":"2.0","id":5,"result":{"tasks":[{"n":1.0,"taskId":"b"}],)"
            R"("nextCursor":"c"}})");
  server(0).sent.clear();
  Write(R"({"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"taskId":"b"}})");
  EXPECT_THAT(server(0).sent, IsEmpty());
  EXPECT_THAT(server(1).Take(), HasSubstr(R"(status","params":{"taskId":"b"}})"));
}

TEST_F(ServerRequestsTest, RequestsGetIdsOfOurOwnAndAnswersGoBackByteForByte) {
  OpenWith(kEverything);
  const std::string params = R"({"messages":[],"maxTokens":9007199254740993,"x":1e2})";
  Ask(0, "0", "sampling/createMessage", params);
  Ask(1, "0", "sampling/createMessage", params);
  Ask(1, R"("a\u0062")", "roots/list");
  EXPECT_THAT(
      Read(),
      ElementsAre(
          R"({"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":)" + params + "}",
          R"({"jsonrpc":"2.0","id":2,"method":"sampling/createMessage","params":)" + params + "}",
          R"({"jsonrpc":"2.0","id":3,"method":"roots/list","params":{}})"));
  Write(R"({"result":{"model":"m","n":1.0}, "id":2,"jsonrpc":"2.0","z":0})");
  Write(R"({"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"no","data":1e400}})");
  Write(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  EXPECT_THAT(server(0).sent, ElementsAre(R"({"jsonrpc":"2.0","id":0,"result":{}})"));
  EXPECT_THAT(server(1).sent,
              ElementsAre(R"({"result":{"model":"m","n":1.0}, "id":0,"jsonrpc":"2.0","z":0})",
                          R"({"jsonrpc":"2.0","id":"a\u0062","error":{"code":-1,"message":"no",)"
                          R"("data":1e400}})"));
  Write(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  Write(R"({"jsonrpc":"2.0","id":"1","result":{}})");
  Write(R"({"jsonrpc":"2.0","id":99,"result":{}})");
  EXPECT_EQ(server(0).sent.size(), 1u) << "each is answered once";
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ServerRequestsTest, WhatTheClientDoesNotOfferIsRefusedHere) {
  OpenWith(R"({"sampling":{},"elicitation":{}})");
  Ask(0, "1", "roots/list");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":1,"error":{"code":-32601)"));
  Ask(0, "2", "tasks/list");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":2,"error":{"code":-32601)"));
  Ask(0, "3", "sampling/createMessage", R"({"messages":[],"tools":[]})");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":3,"error":{"code":-32602)"));
  Ask(0, "4", "elicitation/create", R"({"mode":"url","message":"m","url":"https://x"})");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":4,"error":{"code":-32602)"));
  Ask(0, "5", "elicitation/create", R"({"message":"m","message":"n"})");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":5,"error":{"code":-32602)"));
  EXPECT_THAT(Read(), IsEmpty());
  Ask(0, "6", "elicitation/create", R"({"message":"m"})");
  EXPECT_THAT(ReadOne(), HasSubstr("elicitation/create"));
}

TEST_F(ServerRequestsTest, AQuestionForTheUserNamesTheServerThatAsks) {
  OpenWith(kEverything);
  Ask(0, "1", "elicitation/create",
      R"({"mode":"form","message":"say \"x\"","requestedSchema":{"type":"object"}})");
  EXPECT_EQ(ReadOne(),
            R"({"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{"mode":"form",)"
            R"("message":"[gh] say \"x\"","requestedSchema":{"type":"object"}}})");
  Ask(1, "1", "elicitation/create",
      R"({"mode":"url","message":"m","url":"https://x","elicitationId":"e"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("message":"[pg] m")"));
  Notice(1, "notifications/elicitation/complete", R"({"elicitationId":"e"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","method":"notifications/elicitation/complete",)"
                       R"("params":{"elicitationId":"e"}})");
}

TEST_F(ServerRequestsTest, TheErrorThatAsksForAUrlPassesAsItIs) {
  OpenWith(kEverything);
  Call("9", "gh__get");
  const std::string error =
      R"("error":{"code":-32042,"message":"m","data":{"elicitations":[{"mode":"url","n":1.0}]}}})";
  server(0).Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server(0).sent.back()) + "," + error);
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":9,)" + error);
}

TEST_F(ServerRequestsTest, AServerTakesARequestBackUnderTheIdThatTheClientKnows) {
  OpenWith(kEverything);
  Ask(0, "7", "roots/list");
  Ask(1, "7", "roots/list");
  Read();
  Notice(1, "notifications/cancelled", R"({"requestId":7,"reason":"r"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":)"
                       R"({"requestId":2,"reason":"r"}})");
  Notice(1, "notifications/cancelled", R"({"requestId":7})");
  Notice(0, "notifications/cancelled", R"({"requestId":"7"})");
  EXPECT_THAT(Read(), IsEmpty());
  Write(R"({"jsonrpc":"2.0","id":2,"result":{}})");
  EXPECT_THAT(server(1).sent, IsEmpty()) << "a late answer is swallowed";
}

TEST_F(ServerRequestsTest, AServerThatGoesAwayTakesItsRequestsAlong) {
  OpenWith(kEverything);
  Ask(0, "7", "roots/list");
  Read();
  server(0).Vanish("exited with status 1");
  EXPECT_THAT(Read(), testing::Contains(HasSubstr(
                          R"("method":"notifications/cancelled","params":{"requestId":1,)")));
  Call("3", "gh__get");
  Introduce(2);
  server(2).sent.clear();
  Write(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  EXPECT_THAT(server(2).sent, IsEmpty()) << "the next process has asked nothing";
}

TEST_F(ServerRequestsTest, ACallDoesNotTimeOutWhileTheServerWaitsForTheClient) {
  OpenWith(kEverything);
  Ask(0, "7", "elicitation/create", R"({"message":"m"})");
  Read();
  timers_.Advance(2 * kCallTimeout);
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,"error":{"code":-32001)")) << "the other server";
  Write(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  timers_.Advance(kCallTimeout - seconds(1));
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(seconds(1));
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":1,"error":{"code":-32001)"));
}

TEST_F(ServerRequestsTest, AClientThatDoesNotAnswerIsNotWaitedForForEver) {
  OpenWith(kEverything);
  Ask(0, "7", "roots/list");
  Read();
  server(0).sent.clear();
  timers_.Advance(minutes(10));
  EXPECT_THAT(
      server(0).sent,
      testing::Contains(HasSubstr(R"("id":7,"error":{"code":-32001,"message":"the client)")));
  EXPECT_THAT(Read(), testing::Contains(HasSubstr(R"({"requestId":1,"reason":"timed out"})")));
}

TEST_F(ServerRequestsTest, AClientThatHasGoneFailsWhatIsOpenAndWhatComes) {
  OpenWith(kEverything);
  Ask(0, "7", "roots/list");
  session_->OnClientGone();
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":7,"error":{"code":-32000)"));
  Ask(0, "8", "roots/list");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":8,"error":{"code":-32000)"));
}

TEST_F(ServerRequestsTest, OneServerCannotTakeAllOfTheClientsAttention) {
  OpenWith(kEverything);
  for (int i = 0; i < 64; ++i) Ask(0, std::to_string(i), "roots/list");
  EXPECT_THAT(server(0).sent, IsEmpty());
  Ask(0, "64", "roots/list");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":64,"error":{"code":-32000)"));
  Ask(1, "0", "roots/list");
  EXPECT_EQ(Read().size(), 65u);
}

TEST_F(ServerRequestsTest, ProgressOfTheClientReachesTheServerUnderItsToken) {
  OpenWith(kEverything);
  Ask(0, "7", "sampling/createMessage", R"({"_meta":{"progressToken":"t"}})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":1,"method":"sampling/createMessage","params":{"_meta":)"
                                   R"({"progressToken":1}})"));
  const auto progress = [&](const std::string& token) {
    Write(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
          token + R"(,"progress":0.5}})");
  };
  progress("1");
  EXPECT_EQ(server(0).Take(), R"({"jsonrpc":"2.0","method":"notifications/progress","params":)"
                              R"({"progressToken":"t","progress":0.5}})");
  progress("2");
  progress("\"t\"");
  Write(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  server(0).sent.clear();
  progress("1");
  EXPECT_THAT(server(0).sent, IsEmpty());
}

TEST_F(ServerRequestsTest, ChangedRootsAreToldToTheServersThatRun) {
  OpenWith(kEverything);
  server(1).Vanish("exited with status 1");
  Read();
  Write(R"({"jsonrpc":"2.0","method":"notifications/roots/list_changed"})");
  EXPECT_THAT(server(0).sent,
              ElementsAre(R"({"jsonrpc":"2.0","method":"notifications/roots/list_changed"})"));
  EXPECT_EQ(launcher_.launched.size(), 2u);
}

TEST_F(ServerRequestsTest, AnAnswerThatTwoReadersCouldReadDifferentlyIsAnError) {
  OpenWith(kEverything);
  Ask(0, "7", "roots/list");
  Write(R"({"jsonrpc":"2.0","id":1,"result":{"a":{"b":1,"b":2}}})");
  EXPECT_THAT(server(0).Take(), HasSubstr(R"("id":7,"error":{"code":-32603)"));
}

}  // namespace
}  // namespace mcplexer::mcp
