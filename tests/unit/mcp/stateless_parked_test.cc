// SPDX-License-Identifier: Apache-2.0
// Servers of the session era that ask something of a client of the stateless era.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mcp/stateless_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kForm =
    R"({"message":"Name?","requestedSchema":{"type":"object","properties":)"
    R"({"n":{"type":"number","default":1.50}}}})";

class ParkedTest : public StatelessTest {
 protected:
  // A call of gh__get with the id 1 is open; what the server was sent is forgotten.
  void OpenCall(const std::string& arguments = R"({"a":1})") {
    client_capabilities_ = R"({"elicitation":{},"roots":{},"sampling":{}})";
    Make();
    AskTool("1", "gh__get", "", arguments);
    Introduce();
    call_ = IdOf(server().Take());
  }
  // The state that the client was given, and forgotten.
  std::string TakeState() {
    const std::string frame = ReadOne();
    const size_t begin = frame.find(R"("requestState":")") + 16;
    return frame.substr(begin, frame.find('"', begin) - begin);
  }
  void Retry(const std::string& id, const std::string& state, const std::string& responses,
             const std::string& arguments = R"({"a":1})") {
    AskTool(id, "gh__get",
            R"("inputResponses":)" + responses + R"(,"requestState":")" + state + "\"", arguments);
  }

  std::string call_;  // as the server knows it
};

TEST_F(ParkedTest, TheClientIsAskedInTheAnswer) {
  OpenCall();
  Question(0, R"("s")", "elicitation/create", kForm);
  const std::string asked = ReadOne();
  EXPECT_EQ(asked, Answered("1", "{" + std::string(kOurMeta) +
                                     R"(,"resultType":"input_required","inputRequests":{"q1":)"
                                     R"({"method":"elicitation/create","params":{"message":)"
                                     R"("[gh] Name?","requestedSchema":{"type":"object",)"
                                     R"("properties":{"n":{"type":"number","default":1.50}}}}}},)"
                                     R"("requestState":"random-2"})"));
  EXPECT_THAT(server().sent, IsEmpty());
  Retry("2", "random-2", R"({"q1":{"action":"accept","content":{"n":2.50}},"other":1})");
  EXPECT_THAT(server().sent, ElementsAre(R"({"jsonrpc":"2.0","id":"s","result":{"action":"accept",)"
                                         R"("content":{"n":2.50}}})"));
  EXPECT_THAT(Read(), IsEmpty());
  server().Say(Answered(call_, R"({"content":[]})"));
  EXPECT_THAT(ReadOne(), HasSubstr(R"({"jsonrpc":"2.0","id":2,"result":{)"));
  EXPECT_THAT(journal_.lines, ElementsAre(R"(intent 1: allow rule gh__get {"a":1})",
                                          R"(intent 2: allow rule gh__get {"a":1})",
                                          "outcome 2: ok", "outcome 1: ok"));
}

TEST_F(ParkedTest, RootsHaveNoParamsWhereTheServerGaveNone) {
  OpenCall();
  Question(0, "5", "roots/list", "");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("inputRequests":{"q1":{"method":"roots/list"}})"));
}

TEST_F(ParkedTest, SeveralRoundsAndQuestionsAtOnce) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  Question(0, "6", "sampling/createMessage", R"({"messages":[]})");
  std::string state = TakeState();  // which came with the first one
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":5,"result":{"roots":[]})"));
  const std::string second = ReadOne();
  EXPECT_THAT(second, AllOf(HasSubstr(R"("id":2,)"), HasSubstr("sampling/createMessage"),
                            Not(HasSubstr("roots/list"))));
  transport_.sent.push_back(second);
  state = TakeState();
  // What was not answered is asked for again, and nothing else is.
  Retry("3", state, "{}");
  EXPECT_THAT(server().sent, IsEmpty());
  state = TakeState();
  Retry("4", state, R"({"q2":{"role":"assistant"}})");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":6,"result":{"role":"assistant"})"));
  Question(0, "7", "roots/list", "{}");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("id":4,)"), HasSubstr(R"("q1":)")));
}

TEST_F(ParkedTest, ProgressHasTheTokenOfTheRequestThatWaits) {
  client_capabilities_ = R"({"roots":{}})";
  Make();
  Ask("1", "tools/call", R"("name":"gh__get","arguments":{"a":1})", R"("progressToken":"a")");
  Introduce();
  const std::string call = IdOf(server().Take());
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  const std::string params = R"({"progressToken":)" + call + R"(,"progress":1})";
  Notice(0, "notifications/progress", params);
  EXPECT_THAT(Read(), IsEmpty());
  Ask("2", "tools/call",
      R"("name":"gh__get","arguments":{"a":1},"inputResponses":{"q1":{}},"requestState":")" +
          state + "\"",
      R"("progressToken":7)");
  Notice(0, "notifications/progress", params);
  EXPECT_THAT(ReadOne(), HasSubstr(R"({"progressToken":7,"progress":1})"));
}

TEST_F(ParkedTest, AStateIsGoodOnceForItsRequest) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  for (const char* other : {"", "x", "random-1"}) {
    Retry("2", other, "{}");
    EXPECT_EQ(ReadOne(), Refused("2", -32602, "params.requestState is not known, or has expired"));
  }
  Retry("3", state, "{}", R"({"a":2})");
  EXPECT_EQ(ReadOne(), Refused("3", -32602, "params.requestState belongs to another request"));
  AskTool("4", "gh__other", R"("requestState":")" + state + "\"", R"({"a":1})");
  EXPECT_EQ(ReadOne(), Refused("4", -32602, "params.requestState belongs to another request"));
  // Somebody else's.
  Ask("5", "tools/call", R"("name":"gh__get","arguments":{"a":1},"requestState":")" + state + "\"",
      "", "other");
  EXPECT_EQ(ReadOne(), Refused("5", -32602, "params.requestState is not known, or has expired"));
  Retry("6", state, R"({"q1":{}})");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":5,"result":{})"));
  Retry("7", state, R"({"q1":{}})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":7,"error":{"code":-32602)"));
  EXPECT_THAT(server().sent, IsEmpty());
  Ask("8", "tools/call", R"("name":"gh__get","requestState":7)");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":8,"error":{"code":-32602)"));
}

TEST_F(ParkedTest, AClientThatDoesNotComeBackEndsTheCall) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  timers_.Advance(minutes(9));
  EXPECT_THAT(server().sent, Not(testing::Contains(HasSubstr("notifications/cancelled"))));
  timers_.Advance(minutes(2));
  EXPECT_THAT(server().sent, testing::Contains(HasSubstr(R"("requestId":)" + call_)));
  Retry("2", state, "{}");
  EXPECT_EQ(ReadOne(), Refused("2", -32602, "params.requestState is not known, or has expired"));
}

TEST_F(ParkedTest, AnAnswerThatComesMeanwhileIsKept) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  server().Say(Answered(call_, R"({"content":[7]})"));
  EXPECT_THAT(Read(), IsEmpty());
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("id":2,)"), HasSubstr(R"("content":[7])")));
  EXPECT_THAT(server().sent, IsEmpty());
}

TEST_F(ParkedTest, AnAnswerThatIsTooLargeIsNot) {
  stateless_limits_.parked_bytes = 1000;
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  server().Say(Answered(call_, R"({"content":[")" + std::string(1000, 'x') + R"("]})"));
  Retry("2", state, "{}");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,"error":{"code":-32603)"));
}

TEST_F(ParkedTest, TooMuchAtOnceIsRefusedToTheServer) {
  stateless_limits_.parked = 1;
  stateless_limits_.parked_bytes = 1000;
  OpenCall();
  Question(0, "5", "sampling/createMessage", R"({"x":")" + std::string(1000, 'x') + "\"}");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":5,"error":{"code":-32000)"));
  Question(0, "6", "roots/list", "{}");
  TakeState();
  AskTool("2", "gh__get", "", "{}");
  server().sent.clear();
  Question(0, "7", "roots/list", "{}");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":7,"error":{"code":-32000)"));
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ParkedTest, WhatTheServerTakesBackIsNotAskedAgain) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  Notice(0, "notifications/cancelled", R"({"requestId":5})");
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(server().sent, IsEmpty());
  server().Say(Answered(call_, R"({"content":[]})"));
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,)"));
}

TEST_F(ParkedTest, AServerThatGoesAwayIsTold) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  server().Vanish("exited with status 1");
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), HasSubstr("exited with status 1"));
}

TEST_F(ParkedTest, ARetryThatCannotBePutOnRecordEndsTheCall) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  journal_.full = true;
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), HasSubstr("cannot be audited"));
  EXPECT_THAT(server().Take(), HasSubstr(R"("requestId":)" + call_));
  Retry("3", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), HasSubstr("is not known"));
}

TEST_F(ParkedTest, NothingIsAskedOutsideOfACall) {
  OpenCall();
  server().Say(Answered(call_, R"({"content":[]})"));
  Read();
  Question(0, "5", "roots/list", "{}");
  EXPECT_THAT(server().Take(), HasSubstr(R"("id":5,"error":{"code":-32000)"));
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ParkedTest, ACancelledRetryEndsTheCall) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  Retry("2", TakeState(), R"({"q1":{"roots":[]}})");
  server().sent.clear();
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}})");
  EXPECT_THAT(server().Take(), HasSubstr(R"("requestId":)" + call_));
  EXPECT_THAT(journal_.lines, testing::Contains("outcome 2: cancelled"));
}

// Server gh with this scope, of which these names are allowed, and behind `others`.
plan::testing::PlanBuilder PlanOf(const std::string& scope, const std::string& names,
                                  const std::vector<std::string>& others = {}) {
  plan::testing::PlanBuilder builder;
  for (const std::string& other : others) builder.Server(other).Scope(other);
  builder.Server("gh").Scope(scope).Workspace("w", "/w");
  builder.Rule({.id = "w.tools", .workspace = "w", .names = {names}, .scope = scope});
  builder.Rule({.id = "w.resources",
                .workspace = "w",
                .kind = plan::CallKind::kResource,
                .names = {"gh:x:*"},
                .scope = scope});
  return builder;
}

TEST_F(ParkedTest, ACallThatAnotherPlanDeniesDoesNotGoOn) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  Renew(PlanOf("dev", "gh__other"));
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("id":2,)"), HasSubstr(R"("isError":true)")));
  EXPECT_THAT(server().sent, ElementsAre(HasSubstr(R"("requestId":)" + call_)));
  EXPECT_THAT(journal_.lines, testing::Contains(HasSubstr("intent 2: deny")));
  Retry("3", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), HasSubstr("is not known"));
}

TEST_F(ParkedTest, ACallGoesOnAtItsServerUnderTheIdsOfAnotherPlan) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  Renew(PlanOf("dev", "gh__*", {"aa", "zz"}));
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(server().sent, ElementsAre(HasSubstr(R"("id":5,"result":{"roots":[]})")));
  server().Say(Answered(call_, R"({"content":[7]})"));
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("id":2,)"), HasSubstr(R"("content":[7])")));
  EXPECT_EQ(launcher_.launched.size(), 1u);
}

TEST_F(ParkedTest, ACallDoesNotGoOnAtAServerThatIsDefinedOtherwiseByNow) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  Renew(PlanOf("ops", "gh__*"));
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("id":2,)"), HasSubstr("elsewhere")));
  EXPECT_THAT(server().sent, ElementsAre(HasSubstr(R"("requestId":)" + call_)));
  timers_.Advance(std::chrono::milliseconds(0));
  EXPECT_TRUE(server().retired);
  EXPECT_EQ(launcher_.launched.size(), 1u);
  EXPECT_THAT(journal_.lines, testing::Contains("outcome 2: denied"));
}

TEST_F(ParkedTest, AnAnswerOfAServerThatHasLeftSinceIsNotGivenOut) {
  OpenCall();
  Question(0, "5", "roots/list", "{}");
  const std::string state = TakeState();
  server().Say(Answered(call_, R"({"content":[7]})"));
  Renew(PlanOf("ops", "gh__*"));
  timers_.Advance(std::chrono::milliseconds(0));
  ASSERT_TRUE(server().retired);
  Retry("2", state, R"({"q1":{"roots":[]}})");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr("elsewhere"), Not(HasSubstr("[7]"))));
}

TEST_F(ParkedTest, AResourceIsLookedForByTheNameOfItsServer) {
  const auto renewed_to = [this](const plan::testing::PlanBuilder& next) {
    client_capabilities_ = R"({"roots":{}})";
    launcher_.launched.clear();
    Make(PlanOf("dev", "gh__*"));
    Ask("1", "resources/read", R"("uri":"x:1")");
    Introduce(0, R"({"resources":{}})");
    Question(0, "5", "roots/list", "{}");
    const std::string state = TakeState();
    Renew(next);
    Ask("2", "resources/read",
        R"("uri":"x:1","inputResponses":{"q1":{}},"requestState":")" + state + "\"");
  };
  renewed_to(PlanOf("dev", "gh__*", {"aa", "zz"}));
  EXPECT_THAT(server().sent.back(), HasSubstr(R"("id":5,"result":{})"));
  EXPECT_THAT(Read(), IsEmpty());
  plan::testing::PlanBuilder none;
  none.Server("zz").Workspace("w", "/w");
  none.Rule({.id = "w.tools", .workspace = "w", .names = {"zz__*"}});
  renewed_to(none);
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,"error":{"code":-32)"));
  EXPECT_THAT(server().sent.back(), HasSubstr("notifications/cancelled"));
}

}  // namespace
}  // namespace mcplexer::mcp
