// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CallsTest : public GatewayTest {};

TEST_F(CallsTest, ForwardsEveryByteButIdNameAndToken) {
  Open();
  Write(
      R"({ "jsonrpc" : "2.0","params":{"arguments":{"n":12345678901234567890,"f":1.50,"u":"\u00e9"},)"
      R"("x":[ 1 ],"name" : "gh__get","_meta":{"progressToken":"t","a/b":null}},"id":"c-1",)"
      R"("method":"tools/call","extra":1e2})");
  Introduce();
  ASSERT_EQ(server().sent.size(), 1u);
  const std::string id = IdOf(server().sent[0]);
  EXPECT_EQ(server().sent[0],
            R"({ "jsonrpc" : "2.0","params":{"arguments":{"n":12345678901234567890,"f":1.50,)"
            R"("u":"\u00e9"},"x":[ 1 ],"name" : "get","_meta":{"progressToken":)" +
                id + R"(,"a/b":null}},"id":)" + id + R"(,"method":"tools/call","extra":1e2})");
  server().Say(
      R"({"result" : {"structuredContent":{"n":1.0e5},"content":[]}, "jsonrpc":"2.0","id": )" + id +
      R"(,"z":0})");
  EXPECT_EQ(ReadOne(),
            R"({"result" : {"structuredContent":{"n":1.0e5},"content":[]}, "jsonrpc":"2.0","id": )"
            R"("c-1","z":0})");
  EXPECT_EQ(launcher_.launched.size(), 1u);
  EXPECT_EQ(engine_->plan().text(engine_->plan().scopes()[server().scope.index()].name), "dev");
}

TEST_F(CallsTest, TheIntentIsWrittenBeforeTheServerHearsOfTheCall) {
  Open();
  Call("1", "gh__get", R"({"a":1})");
  EXPECT_THAT(journal_.lines, ElementsAre(R"(intent 1: allow rule gh__get {"a":1})"));
  Introduce();
  server().Say(
      WithId(R"({"jsonrpc":"2.0","id":0,"result":{"content":[]}})", IdOf(server().sent[0])));
  EXPECT_THAT(journal_.lines,
              ElementsAre(R"(intent 1: allow rule gh__get {"a":1})", "outcome 1: ok"));
}

TEST_F(CallsTest, ACallThatCannotBeAuditedIsNotForwarded) {
  Open();
  journal_.full = true;
  Call("1", "gh__get");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("isError":true)"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
  Call("2", "gh__delete_repo");
  EXPECT_THAT(ReadOne(), HasSubstr("denied by w.no_delete"));
}

TEST_F(CallsTest, TheOutcomeTellsErrorsOfTheToolFromErrorsOfTheProtocol) {
  Open();
  Call("1", "gh__get");
  Call("2", "gh__get");
  Introduce();
  server().Say(WithId(R"({"jsonrpc":"2.0","id":0,"result":{"content":[],"isError":true}})",
                      IdOf(server().sent[0])));
  server().Say(
      WithId(R"({"jsonrpc":"2.0","id":0,"error":{"code":-32602,"message":"Unknown tool"}})",
             IdOf(server().sent[1])));
  EXPECT_EQ(
      Read(),
      (Lines{R"({"jsonrpc":"2.0","id":1,"result":{"content":[],"isError":true}})",
             R"({"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Unknown tool"}})"}));
  EXPECT_EQ(journal_.lines[2], "outcome 1: tool_error");
  EXPECT_EQ(journal_.lines[3], "outcome 2: error");
}

TEST_F(CallsTest, ADenialNamesItsRuleAndPlace) {
  Open();
  Call("1", "gh__delete_repo");
  const std::string answer = ReadOne();
  EXPECT_THAT(answer,
              HasSubstr(R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":)"
                        R"("denied by w.no_delete ()"));
  EXPECT_THAT(answer, HasSubstr(R"("isError":true})"));
  EXPECT_THAT(journal_.lines, ElementsAre("intent 1: deny rule gh__delete_repo {}"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(CallsTest, EachReasonHasItsOwnText) {
  Open();
  Call("1", "pg__query");
  EXPECT_THAT(ReadOne(), HasSubstr("denied: no rule allows `pg__query` in workspace `w`"));
  Call("2", "gh__merge");
  EXPECT_THAT(ReadOne(), HasSubstr("approval is not available yet"));
  Call("3", "nope__x");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"unknown tool )"
                       R"(`nope__x`"}})");
  EXPECT_THAT(journal_.lines,
              ElementsAre(HasSubstr("deny default pg__query"), HasSubstr("approve rule gh__merge"),
                          "outcome 2: denied", HasSubstr("deny unknown_namespace nope__x")));
  Open(DefaultPlan(), "/elsewhere");
  Call("4", "gh__get");
  EXPECT_THAT(ReadOne(), HasSubstr("the directory `/elsewhere` lies in no workspace"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(CallsTest, ArgumentsThatTwoReadersCouldReadDifferentlyAreRefusedAndWrittenDown) {
  Open();
  Call("1", "gh__get", R"({"a":1,"\u0061":2})");
  EXPECT_EQ(ReadOne(),
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"an object has a )"
            R"(key twice"}})");
  for (const char* arguments : {"[]", "\"x\"", "7", "true"}) {
    Call("2", "gh__get", arguments);
    EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,"error":{"code":-32602,)"));
  }
  EXPECT_EQ(journal_.lines.size(), 5u);
  EXPECT_EQ(journal_.lines[0], R"(intent 1: deny invalid_arguments gh__get {"a":1,"\u0061":2})");
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(CallsTest, MalformedCallsAreInvalidParameters) {
  Open();
  for (const char* params : {"{}", R"({"name":7})", R"({"name":null})",
                             R"({"name":"gh__get","_meta":{"progressToken":{}}})"}) {
    Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)" + std::string(params) + "}");
    EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-32602,)")) << params;
  }
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-32602,)"));
}

TEST_F(CallsTest, ANameWithEscapesIsTheNameItStandsFor) {
  Open();
  Call("1", R"(gh__\u0067et\u0022)");
  Introduce();
  EXPECT_THAT(server().sent[0], HasSubstr(R"("name":"get\"")"));
  Call("2", R"(gh__d\u0065lete)");
  EXPECT_THAT(ReadOne(), HasSubstr("denied by w.no_delete"));
}

TEST_F(CallsTest, ANameIsSplitAtItsFirstDelimiterAndTheRestIsTheServers) {
  Open();
  for (const std::string name : {"a__b", "_a", "a.b-c", "A"}) Call("1", "gh__" + name);
  Introduce();
  EXPECT_THAT(server().sent,
              ElementsAre(HasSubstr(R"("name":"a__b")"), HasSubstr(R"("name":"_a")"),
                          HasSubstr(R"("name":"a.b-c")"), HasSubstr(R"("name":"A")")));
  for (const char* name : {"GH__get", "get", "__get", "gh__", "gh_get", "gh:get"}) {
    Call("2", name);
    EXPECT_THAT(ReadOne(), HasSubstr("unknown tool")) << name;
  }
}

TEST_F(CallsTest, ACallOfAToolThatIsGoneIsAnsweredByItsServer) {
  Open();
  Call("1", "gh__gone");
  Introduce();
  const std::string error = R"("error":{"code":-32602,"message":"Unknown tool: gone"}})";
  server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent[0]) + "," + error);
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":1,)" + error);
}

TEST_F(CallsTest, RequestsRunSideBySideAndEachAnswerFindsItsOwn) {
  Open();
  const Lines ids = {"0", "\"\"", "\"0\"", "9223372036854775808", "0"};
  for (const std::string& id : ids) Call(id, "gh__get");
  Introduce();
  ASSERT_EQ(server().sent.size(), ids.size());
  Lines own;
  for (const std::string& frame : server().sent) own.push_back(IdOf(frame));
  for (size_t i = ids.size(); i > 0; --i) {
    server().Say(R"({"jsonrpc":"2.0","id":)" + own[i - 1] + R"(,"result":)" + std::to_string(i) +
                 "}");
    EXPECT_EQ(ReadOne(),
              R"({"jsonrpc":"2.0","id":)" + ids[i - 1] + R"(,"result":)" + std::to_string(i) + "}");
  }
}

TEST_F(CallsTest, ProgressCarriesTheClientsTokenInOrderAndStopsWithTheAnswer) {
  Open();
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"gh__get",)"
        R"("_meta":{"progressToken":"tok\n"}}})");
  Write(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"gh__get"}})");
  Introduce();
  const std::string first = IdOf(server().sent[0]);
  const std::string second = IdOf(server().sent[1]);
  const auto progress = [&](const std::string& token, int n) {
    server().Say(
        R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" + token +
        R"(,"progress":)" + std::to_string(n) + R"(,"message":"m"}})");
  };
  progress(first, 1);
  progress(second, 1);  // it asked for none
  progress("99", 1);
  progress("\"" + first + "\"", 1);
  progress(first, 2);
  server().Say(WithId(R"({"jsonrpc":"2.0","id":0,"result":{}})", first));
  progress(first, 3);
  const std::string start =
      R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"tok\n","progress":)";
  EXPECT_EQ(Read(), (Lines{start + R"(1,"message":"m"}})", start + R"(2,"message":"m"}})",
                           R"({"jsonrpc":"2.0","id":1,"result":{}})"}));
}

TEST_F(CallsTest, ACancellationReachesTheOwnerOnlyUnderTheIdItKnows) {
  Open(DefaultPlan(), "/w/db");
  Call("7", "gh__get");
  Call("8", "pg__query");
  Introduce(0);
  Introduce(1);
  const std::string own = IdOf(server(1).sent[0]);
  Write(
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"reason":"r", "requestId":8}})");
  EXPECT_EQ(server(1).sent.back(),
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"reason":"r", )"
            R"("requestId":)" +
                own + "}}");
  EXPECT_EQ(server(0).sent.size(), 1u);
  server(1).Say(WithId(R"({"jsonrpc":"2.0","id":0,"result":{}})", own));
  EXPECT_THAT(Read(), IsEmpty()) << "a late answer is swallowed";
  EXPECT_EQ(journal_.lines.back(), "outcome 2: cancelled");
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"7"}})");
  EXPECT_EQ(server(0).sent.size(), 1u) << "an id is its type too";
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8}})");
  EXPECT_EQ(server(1).sent.size(), 2u);
}

TEST_F(CallsTest, ACancellationFindsAnIdHoweverItIsWritten) {
  Open();
  Call(R"("a\u0062")", "gh__get");
  Introduce();
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"ab"}})");
  EXPECT_EQ(journal_.lines.back(), "outcome 1: cancelled");
}

TEST_F(CallsTest, ATimeoutCancelsTheCallAndTellsBothSides) {
  Open();
  Call("1", "gh__get");
  Introduce();
  timers_.Advance(kCallTimeout - std::chrono::seconds(1));
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(std::chrono::seconds(1));
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":1,"error":{"code":-32001,)"));
  EXPECT_THAT(server().sent.back(), HasSubstr("notifications/cancelled"));
  EXPECT_EQ(journal_.lines.back(), "outcome 1: timeout");
}

TEST_F(CallsTest, AServersDeathFailsItsCallsAndNoOthers) {
  Open(DefaultPlan(), "/w/db");
  Call("1", "gh__get");
  Call("2", "pg__query");
  Introduce(0);
  Introduce(1);
  server(0).Vanish("exited with status 1");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"server `gh` )"
                       R"(exited with status 1 during the call"}})");
  EXPECT_EQ(journal_.lines.back(), "outcome 1: interrupted");
  server(1).Say(WithId(R"({"jsonrpc":"2.0","id":0,"result":{}})", IdOf(server(1).sent[0])));
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":2,"result":{}})");
}

TEST_F(CallsTest, ServersSeeTheClientsIntroductionAsItWas) {
  Open();
  Call("1", "gh__get");
  EXPECT_THAT(server().sent[0], HasSubstr(R"("clientInfo":{"name":"tester","version":"1.50"})"));
}

TEST_F(CallsTest, StoppingFailsWhatIsOpen) {
  Open();
  Call("1", "gh__get");
  bool idle = false;
  session_->WhenIdle([&] { idle = true; });
  EXPECT_FALSE(idle);
  session_->Stop("the gateway is shutting down");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":1,"error":{"code":-32000,)"));
  EXPECT_TRUE(idle);
}

}  // namespace
}  // namespace mcplexer::mcp
