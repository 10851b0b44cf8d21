// SPDX-License-Identifier: Apache-2.0
// Servers of the stateless era that want to know something, with clients of either.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mcp/stateless_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kWanted =
    R"({"resultType":"input_required","inputRequests":{"who":{"method":"elicitation/create",)"
    R"("params":{"message":"Name?","requestedSchema":{"n":{"default":1.50}}}},)"
    R"("where":{"method":"roots/list"}},"requestState":"st\u0061te"})";

class RoundsTest : public StatelessTest {
 protected:
  RoundsTest() { launcher_.era_memory = &eras_; }
  void DiscoverServer() {
    server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent.at(0)) +
                 R"(,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],)"
                 R"("capabilities":{"resources":{},"prompts":{}}}})");
  }
  // A client of the session era has a call open at a server of the other.
  void OpenCall(const std::string& capabilities = R"({"elicitation":{},"roots":{}})") {
    client_capabilities_ = capabilities;
    Open();
    Write(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"gh__get",)"
          R"("arguments":{"a":1.50},"_meta":{"progressToken":"p"}}})");
    DiscoverServer();
  }
  std::string LastCall() {
    for (auto at = server().sent.rbegin(); at != server().sent.rend(); ++at) {
      if (at->find("tools/call") != std::string::npos) return *at;
    }
    return "";
  }
  void AnswerCall(const std::string& result) { server().Say(Answered(IdOf(LastCall()), result)); }
  size_t Calls() {
    return static_cast<size_t>(std::count_if(
        server().sent.begin(), server().sent.end(),
        [](const std::string& frame) { return frame.find("tools/call") != std::string::npos; }));
  }

  downstream::EraMemory eras_;
};

TEST_F(RoundsTest, AClientOfTheSessionEraIsAskedByRequests) {
  OpenCall();
  const std::string first = LastCall();
  AnswerCall(kWanted);
  const Lines asked = Read();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_THAT(asked[0], AllOf(HasSubstr(R"("method":"elicitation/create")"),
                              HasSubstr(R"("message":"[gh] Name?")"),
                              HasSubstr(R"("requestedSchema":{"n":{"default":1.50}})")));
  EXPECT_EQ(asked[1], R"({"jsonrpc":"2.0","id":2,"method":"roots/list"})");
  Write(Answered(IdOf(asked[1]), R"({"roots":[]})"));
  EXPECT_EQ(Calls(), 1u);
  Write(Answered(IdOf(asked[0]), R"({"action":"accept","content":{"n":2.50}})"));
  ASSERT_EQ(Calls(), 2u);
  const std::string again = LastCall();
  EXPECT_NE(IdOf(again), IdOf(first));
  EXPECT_THAT(again, AllOf(HasSubstr(R"("name":"get","arguments":{"a":1.50})"),
                           HasSubstr(R"("requestState":"st\u0061te")"),
                           HasSubstr(R"("where":{"roots":[]})"),
                           HasSubstr(R"("who":{"action":"accept","content":{"n":2.50}})"),
                           HasSubstr(R"("progressToken":)" + IdOf(again))));
  Notice(0, "notifications/progress", R"({"progressToken":)" + IdOf(again) + R"(,"progress":1})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("progressToken":"p")"));
  AnswerCall(R"({"resultType":"complete","content":[]})");
  EXPECT_EQ(ReadOne(), Answered("7", R"({"resultType":"complete","content":[]})"));
  EXPECT_THAT(journal_.lines,
              ElementsAre(R"(intent 1: allow rule gh__get {"a":1.50})", "outcome 1: ok"));
}

TEST_F(RoundsTest, WhatTheClientRefusesEndsTheCall) {
  OpenCall();
  AnswerCall(kWanted);
  const Lines asked = Read();
  Write(R"({"jsonrpc":"2.0","id":)" + IdOf(asked[0]) + R"(,"error":{"code":-1,"message":"no"}})");
  const Lines told = Read();
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(told[0], AllOf(HasSubstr("notifications/cancelled"),
                             HasSubstr(R"("requestId":)" + IdOf(asked[1]))));
  EXPECT_EQ(told[1], R"({"jsonrpc":"2.0","id":7,"error":{"code":-1,"message":"the client refused )"
                     R"(what the server asks for: no"}})");
  EXPECT_EQ(Calls(), 1u);
  EXPECT_THAT(journal_.lines.back(), "outcome 1: error");
}

TEST_F(RoundsTest, WhatTheClientDidNotDeclareIsNotAsked) {
  OpenCall(R"({"roots":{}})");
  AnswerCall(kWanted);
  const Lines told = Read();
  EXPECT_THAT(told, ElementsAre(AllOf(HasSubstr(R"("id":7,"error":{"code":-32603)"),
                                      HasSubstr("did not declare"))));
}

TEST_F(RoundsTest, AServerThatAsksAndAsksIsStopped) {
  OpenCall();
  for (int n = 0; n < 10; ++n) {
    AnswerCall(R"({"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}}})");
    Write(Answered(IdOf(ReadOne()), R"({"roots":[]})"));
  }
  EXPECT_EQ(Calls(), 11u);
  AnswerCall(R"({"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}}})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":7,"error":{"code":-32603)"));
}

TEST_F(RoundsTest, AStateWithoutQuestionsIsSentAfterAPause) {
  OpenCall();
  AnswerCall(R"({"resultType":"input_required","requestState":"s"})");
  EXPECT_EQ(Calls(), 1u);
  timers_.Advance(milliseconds(500));
  EXPECT_EQ(Calls(), 2u);
  EXPECT_THAT(LastCall(),
              AllOf(HasSubstr(R"("requestState":"s")"), Not(HasSubstr("inputResponses"))));
}

TEST_F(RoundsTest, WhatMakesNoSenseEndsTheCall) {
  for (
      const char* result :
      {R"({"resultType":"input_required"})",
       R"({"resultType":"input_required","inputRequests":[]})",
       R"({"resultType":"input_required","inputRequests":{"a":1}})",
       R"({"resultType":"input_required","inputRequests":{"a":{"method":"tools/call"}}})",
       R"({"resultType":"input_required","inputRequests":{"a":{"method":"roots/list","params":1}}})"}) {
    OpenCall();
    AnswerCall(result);
    EXPECT_THAT(ReadOne(), HasSubstr(R"("id":7,"error":{"code":-32603)")) << result;
    launcher_.launched.clear();
  }
}

TEST_F(RoundsTest, ACancelledCallTakesItsQuestionsBack) {
  OpenCall();
  AnswerCall(kWanted);
  Read();
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})");
  EXPECT_THAT(Read(), ElementsAre(HasSubstr("notifications/cancelled"),
                                  HasSubstr("notifications/cancelled")));
  EXPECT_EQ(Calls(), 1u);
  EXPECT_THAT(journal_.lines.back(), "outcome 1: cancelled");
}

TEST_F(RoundsTest, AClientThatGoesAwayEndsThem) {
  OpenCall();
  AnswerCall(kWanted);
  Read();
  bool idle = false;
  session_->WhenIdle([&] { idle = true; });
  EXPECT_FALSE(idle);
  session_->OnClientGone();
  EXPECT_TRUE(idle);
  EXPECT_EQ(Calls(), 1u);
}

TEST_F(RoundsTest, OtherRequestsCannotWantAnything) {
  client_capabilities_ = R"({"roots":{}})";
  plan::testing::PlanBuilder builder = DefaultPlan();
  builder.Rule(
      {.id = "w.p", .workspace = "w", .kind = plan::CallKind::kPrompt, .names = {"gh__*"}});
  Open(builder);
  Request("3", "completion/complete",
          R"({"ref":{"type":"ref/prompt","name":"gh__x"},"argument":{}})");
  DiscoverServer();
  server().Say(Answered(IdOf(server().sent.back()), kWanted));
  EXPECT_THAT(ReadOne(), HasSubstr("-32603"));
}

TEST_F(RoundsTest, AClientOfTheSameEraIsToldAndComesBack) {
  client_capabilities_ = R"({"elicitation":{},"roots":{}})";
  Make();
  AskTool("1", "gh__get", "", R"({"a":1.50})");
  DiscoverServer();
  EXPECT_THAT(LastCall(), AllOf(HasSubstr(R"("io.modelcontextprotocol/clientCapabilities":)" +
                                          client_capabilities_),
                                HasSubstr(R"("name":"tester")")));
  AnswerCall(kWanted);
  const std::string told = ReadOne();
  EXPECT_THAT(told,
              AllOf(HasSubstr(R"("resultType":"input_required")"),
                    HasSubstr(R"("message":"[gh] Name?","requestedSchema":{"n":{"default":1.50}})"),
                    HasSubstr(R"("where":{"method":"roots/list"})"),
                    HasSubstr(R"("requestState":"mcplexer.)")));
  const size_t begin = told.find(R"("requestState":")") + 16;
  const std::string state = told.substr(begin, told.find('"', begin) - begin);
  const std::string more =
      R"("inputResponses":{"who":{"action":"decline"}},"requestState":")" + state + "\"";
  AskTool("2", "gh__get", more, R"({"a":2.50})");
  EXPECT_EQ(ReadOne(),
            Refused("2", -32602, "params.requestState is not of this request, or has expired"));
  AskTool("3", "gh__get", more, R"({"a":1.50})");
  EXPECT_THAT(LastCall(), AllOf(HasSubstr(R"("inputResponses":{"who":{"action":"decline"}})"),
                                HasSubstr(R"("requestState":"state")")));
  AnswerCall(R"({"resultType":"complete","content":[]})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":3,)"));
  EXPECT_THAT(journal_.lines, SizeIs(4));
}

TEST_F(RoundsTest, AClientOfTheSameEraIsNotAskedForMoreThanItDeclared) {
  client_capabilities_ = R"({"roots":{}})";
  Make();
  AskTool("1", "gh__get");
  DiscoverServer();
  AnswerCall(kWanted);
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("code":-32021)"),
                               HasSubstr(R"("requiredCapabilities":{"elicitation":{}})")));
}

plan::testing::PlanBuilder WithResources() {
  plan::testing::PlanBuilder builder;
  builder.Server("gh").Workspace("w", "/w");
  builder.Rule({.id = "w.tools", .workspace = "w", .names = {"gh__*"}});
  builder.Rule(
      {.id = "w.r", .workspace = "w", .kind = plan::CallKind::kResource, .names = {"gh:*"}});
  return builder;
}

TEST_F(RoundsTest, AResourceThatThereIsNotIsToldInTheWordsOfTheClientsEra) {
  const std::string error = R"("error":{"code":-32602,"message":"m","data":{"uri":"x:y"}}})";
  const auto refuse = [&] {
    server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent.back()) + "," + error);
  };
  Open(WithResources());
  Request("1", "resources/read", R"({"uri":"x:y"})");
  DiscoverServer();
  refuse();
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"m",)"
                       R"("data":{"uri":"x:y"}}})");
  // Other errors of parameters are what they are.
  Request("2", "resources/read", R"({"uri":"x:y"})");
  server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent.back()) +
               R"(,"error":{"code":-32602,"message":"m"}})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));

  launcher_.launched.clear();
  Make(WithResources());
  Ask("3", "resources/read", R"("uri":"x:y")");
  DiscoverServer();
  refuse();
  EXPECT_THAT(ReadOne(), HasSubstr(R"({"jsonrpc":"2.0","id":3,)" + error));
}

TEST_F(RoundsTest, AServerSaysSomethingToAClientOfTheSessionEraThatHasSetNoLevel) {
  constexpr const char* kLevel = R"("io.modelcontextprotocol/logLevel":"info")";
  const auto discover = [this] {
    server().Say(
        R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent.at(0)) +
        R"(,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"logging":{}}}})");
  };
  Open();
  Call("1", "gh__get");
  discover();
  EXPECT_THAT(LastCall(), HasSubstr(kLevel));
  Request("2", "logging/setLevel", R"({"level":"error"})");
  Call("3", "gh__get");
  EXPECT_THAT(LastCall(), HasSubstr(R"("io.modelcontextprotocol/logLevel":"error")"));
  // One of the stateless era says with each request what it wants to hear.
  launcher_.launched.clear();
  Make();
  AskTool("4", "gh__get");
  discover();
  EXPECT_THAT(LastCall(), Not(HasSubstr("logLevel")));
}

// The same server with another scope's credentials.
plan::testing::PlanBuilder OtherScope() {
  plan::testing::PlanBuilder builder;
  builder.Server("gh").Scope("ops").Workspace("w", "/w");
  builder.Rule({.id = "w.tools", .workspace = "w", .names = {"gh__*"}, .scope = "ops"});
  return builder;
}

TEST_F(RoundsTest, ACallThatWaitsForAnswersEndsWhereItWasSentUnderAnotherPlan) {
  OpenCall();
  AnswerCall(kWanted);
  const Lines asked = Read();
  Renew(OtherScope());
  timers_.Advance(milliseconds(0));
  EXPECT_FALSE(server().retired);
  Write(Answered(IdOf(asked[0]), R"({"action":"accept"})"));
  Write(Answered(IdOf(asked[1]), R"({"roots":[]})"));
  ASSERT_EQ(Calls(), 2u);
  AnswerCall(R"({"resultType":"complete","content":[]})");
  EXPECT_EQ(ReadOne(), Answered("7", R"({"resultType":"complete","content":[]})"));
  timers_.Advance(milliseconds(0));
  EXPECT_TRUE(server().retired);
  EXPECT_EQ(launcher_.launched.size(), 1u);
}

TEST_F(RoundsTest, ACallThatWaitsForAnswersEndsWithTheServerThatLeaves) {
  OpenCall();
  AnswerCall(kWanted);
  const Lines asked = Read();
  Renew(OtherScope());
  server().Vanish("exited with status 1");
  timers_.Advance(milliseconds(0));
  const Lines told = Read();
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_THAT(told[0], HasSubstr("notifications/cancelled"));
  EXPECT_THAT(told[1], HasSubstr("notifications/cancelled"));
  EXPECT_THAT(told[2], HasSubstr(R"("id":7,"error":{"code":-32000)"));
  Write(Answered(IdOf(asked[0]), R"({"action":"accept"})"));
  EXPECT_THAT(Read(), IsEmpty());
  EXPECT_THAT(journal_.lines.back(), "outcome 1: error");
}

TEST_F(RoundsTest, WhatALeavingServerTurnsOutToBeIsNotRemembered) {
  client_capabilities_ = "{}";
  Open();
  Call("1", "gh__get");
  Renew(OtherScope());
  DiscoverServer();
  EXPECT_EQ(eras_.Of("gh"), std::nullopt);
  EXPECT_EQ(Calls(), 1u);
}

}  // namespace
}  // namespace mcplexer::mcp
