// SPDX-License-Identifier: Apache-2.0
// Requests of the stateless era: what they have to say, and what servers of the session era and
// their clients see of each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/mcp/stateless_era.h"
#include "tests/unit/mcp/stateless_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kTool = R"({"name":"get","inputSchema":{"type":"object"}})";

TEST_F(StatelessTest, DiscoverNeedsNoServer) {
  Make();
  Ask("0", "server/discover");
  EXPECT_EQ(ReadOne(),
            Answered("0", "{" + std::string(kOurMeta) +
                              R"(,"resultType":"complete","supportedVersions":["2026-07-28"],)"
                              R"("capabilities":{"tools":{"listChanged":true},"logging":{}},)"
                              R"("ttlMs":0,"cacheScope":"private"})"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(StatelessTest, WhatEachRequestHasToSayIsChecked) {
  Make();
  const auto ask = [this](const std::string& meta) {
    Write(R"({"jsonrpc":"2.0","id":"a","method":"tools/list","params":{"_meta":{)" + meta + "}}}");
    return ReadOne();
  };
  const std::string version = R"("io.modelcontextprotocol/protocolVersion":"2026-07-28")";
  const std::string capabilities = R"("io.modelcontextprotocol/clientCapabilities":{})";
  for (const std::string& meta : std::vector<std::string>{
           version, capabilities, version + R"(,"io.modelcontextprotocol/clientCapabilities":[])",
           R"("io.modelcontextprotocol/protocolVersion":1,)" + capabilities,
           version + "," + capabilities + R"(,"io.modelcontextprotocol/clientInfo":"x")",
           version + "," + capabilities + R"(,"io.modelcontextprotocol/logLevel":"loud")",
           version + "," + capabilities + R"(,"io.modelcontextprotocol/logLevel":1)"}) {
    EXPECT_THAT(ask(meta), HasSubstr(R"("id":"a","error":{"code":-32602)")) << meta;
  }
  Write(R"({"jsonrpc":"2.0","id":1,"method":"server/discover"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("code":-32602)"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
  EXPECT_THAT(
      ask(R"("io.modelcontextprotocol/protocolVersion":"1900-01-01",)" + capabilities),
      HasSubstr(R"("error":{"code":-32022,"message":"unsupported protocol version","data":{)"
                R"("supported":["2026-07-28"],"requested":"1900-01-01"}})"));
}

TEST_F(StatelessTest, MethodsOfOtherErasAreGone) {
  Make();
  for (const char* method : {"initialize", "ping", "logging/setLevel", "resources/subscribe",
                             "resources/unsubscribe", "tasks/get", "tasks/list", "no/such"}) {
    Ask("1", method, R"("uri":"x")");
    EXPECT_EQ(ReadOne(), Refused("1", -32601, "method not found")) << method;
  }
  // The policy lets this client see none.
  Ask("2", "prompts/list");
  EXPECT_EQ(ReadOne(), Refused("2", -32601, "method not found"));
}

TEST_F(StatelessTest, ListsSayHowLongAndForWhomTheyAreGood) {
  Make();
  Ask(R"("l")", "tools/list");
  Introduce();
  Reply(0, R"({"tools":[)" + std::string(kTool) + R"(],"ttlMs":9,"cacheScope":"public"})");
  EXPECT_EQ(ReadOne(),
            Answered(R"("l")", "{" + std::string(kOurMeta) +
                                   R"(,"resultType":"complete","ttlMs":0,)"
                                   R"("cacheScope":"private","tools":[{"name":"gh__get",)"
                                   R"("inputSchema":{"type":"object"}}]})"));
  Ask("2", "tools/list", R"("cursor":"x")");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
}

TEST_F(StatelessTest, ServersOfTheSessionEraSeeASession) {
  client_capabilities_ = R"({"elicitation":{} ,"x":1.50})";
  Make();
  Ask("5", "tools/call", R"("name":"gh__get" , "arguments":{"n":1.50})",
      R"("progressToken":"p","traceparent":"00-1")");
  EXPECT_THAT(server().sent[0],
              AllOf(HasSubstr(R"("capabilities":{"elicitation":{} ,"x":1.50})"),
                    HasSubstr(R"("clientInfo":{"name":"tester","version":"1.50"})")));
  Introduce();
  const std::string forwarded = server().Take();
  const std::string id = IdOf(forwarded);
  EXPECT_EQ(forwarded, R"({"jsonrpc":"2.0","id":)" + id +
                           R"(,"method":"tools/call","params":{"_meta":{"progressToken":)" + id +
                           R"(,"traceparent":"00-1"},"name":"get" , "arguments":{"n":1.50}}})");
  Notice(0, "notifications/progress", R"({"progressToken":)" + id + R"(,"progress":1})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","method":"notifications/progress","params":)"
                       R"({"progressToken":"p","progress":1}})");
  server().Say(Answered(id, R"({ "content":[],"x":1.0})"));
  EXPECT_EQ(ReadOne(), Answered("5", "{" + std::string(kOurMeta) +
                                         R"(,"resultType":"complete", "content":[],"x":1.0})"));
  EXPECT_THAT(journal_.lines,
              ElementsAre(R"(intent 1: allow rule gh__get {"n":1.50})", "outcome 1: ok"));
}

TEST_F(StatelessTest, DenialsAndErrorsAreTold) {
  Make();
  AskTool("1", "gh__delete_all");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("isError":true)"),
                               HasSubstr(R"("resultType":"complete")"), HasSubstr("denied by")));
  AskTool("2", "nobody__x");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":2,"error":{"code":-32602)"));
  AskTool("3", "gh__get", "", R"({"a":1,"a":2})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":3,"error":{"code":-32602)"));
  EXPECT_THAT(journal_.lines.back(), HasSubstr("invalid_arguments"));
  Ask("4", "tools/list", "", R"("a":1,"a":2)");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":4,"error":{"code":-32600)"));
  AskTool("6", "gh__get");
  Introduce();
  server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().Take()) +
               R"(,"error":{"code":-32603,"message":"m","data":{"n":1.0}}})");
  EXPECT_EQ(ReadOne(),
            R"({"jsonrpc":"2.0","id":6,"error":{"code":-32603,"message":"m","data":{"n":1.0}}})");
}

TEST_F(StatelessTest, AResourceThatIsNotThereHasTheCodeOfThisEra) {
  plan::testing::PlanBuilder builder;
  builder.Server("a").Workspace("w", "/w");
  builder.Rule(
      {.id = "w.r", .workspace = "w", .kind = plan::CallKind::kResource, .names = {"a:*"}});
  Make(builder, "/w");
  Ask("1", "resources/read", R"("uri":"x:y")");
  Introduce(0, R"({"resources":{}})");
  const std::string id = IdOf(server().Take());
  server().Say(R"({"jsonrpc":"2.0","id":)" + id +
               R"(,"error":{"code":-32002,"message":"m","data":{"uri":"x:y"}}})");
  EXPECT_EQ(
      ReadOne(),
      R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"m","data":{"uri":"x:y"}}})");
  Ask("2", "resources/read", R"("uri":"x:y")");
  Reply(0, R"({"contents":[],"ttlMs":5,"cacheScope":"public"})");
  EXPECT_THAT(ReadOne(), AllOf(HasSubstr(R"("ttlMs":5,"cacheScope":"private")"),
                               HasSubstr(R"("resultType":"complete")")));
}

TEST_F(StatelessTest, EachIntroductionHasServersOfItsOwn) {
  stateless_limits_.sessions = 2;
  Make();
  AskTool("1", "gh__get");
  AskTool("2", "gh__get");
  EXPECT_THAT(launcher_.launched, SizeIs(1));
  client_capabilities_ = R"({"roots":{}})";
  AskTool("3", "gh__get");
  EXPECT_THAT(launcher_.launched, SizeIs(2));
  EXPECT_THAT(server(1).sent[0], HasSubstr(R"("capabilities":{"roots":{}})"));
  client_capabilities_ = "{}";
  // Both have something to do.
  Ask("4", "server/discover", "", "", "other");
  EXPECT_EQ(ReadOne(), Refused("4", -32603, "too many clients are served at once"));
  Introduce(1);
  Reply(1, R"({"content":[]})");
  Read();
  Ask("5", "server/discover", "", "", "other");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("id":5,"result")"));
  EXPECT_TRUE(server(1).retired);
  EXPECT_FALSE(server(0).retired);
}

TEST_F(StatelessTest, AnIntroductionThatIsTooLongIsRefused) {
  Make();
  Ask("1", "tools/list", "", "", std::string(size_t{65} << 10, 'x'));
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
}

TEST_F(StatelessTest, IdleOnesAreEnded) {
  stateless_limits_.idle_session = minutes(10);
  Make();
  AskTool("1", "gh__get");
  Introduce();
  Reply(0, R"({"content":[]})");
  timers_.Advance(minutes(9));
  EXPECT_FALSE(server().retired);
  timers_.Advance(minutes(2));
  EXPECT_TRUE(server().retired);
  AskTool("2", "gh__get");
  EXPECT_THAT(launcher_.launched, SizeIs(2));
}

TEST_F(StatelessTest, BothErasAreServedSideBySide) {
  Open();
  Call("1", "gh__get");
  AskTool("1", "gh__get");
  EXPECT_THAT(launcher_.launched, SizeIs(2));
  Introduce(0);
  Introduce(1);
  Reply(1, R"({"content":[1]})");
  EXPECT_THAT(ReadOne(), HasSubstr("resultType"));
  Reply(0, R"({"content":[0]})");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"content":[0]})"));
}

TEST_F(StatelessTest, CancellationsReachTheServer) {
  Make();
  AskTool("7", "gh__get");
  Introduce();
  const std::string id = IdOf(server().Take());
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})");
  EXPECT_THAT(server().Take(),
              AllOf(HasSubstr("notifications/cancelled"), HasSubstr(R"("requestId":)" + id)));
  server().Say(Answered(id, "{}"));
  EXPECT_THAT(Read(), IsEmpty());
  EXPECT_THAT(journal_.lines.back(), "outcome 1: cancelled");
  // A list waits for no cancellation, but is not answered either.
  Ask("8", "tools/list");
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8}})");
  Reply(0, R"({"tools":[]})");
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(StatelessTest, LogMessagesAreForRequestsThatWantThem) {
  Make();
  AskTool("1", "gh__get");
  Introduce(0, R"({"logging":{}})");
  Notice(0, "notifications/message", R"({"level":"error","data":1})");
  EXPECT_THAT(Read(), IsEmpty());
  Reply(0, R"({"content":[]})");
  Read();
  Ask("2", "tools/call", R"("name":"gh__get")", R"("io.modelcontextprotocol/logLevel":"warning")");
  EXPECT_THAT(server().sent, testing::Contains(HasSubstr(R"("method":"logging/setLevel")")));
  Notice(0, "notifications/message", R"({"level":"info","data":2})");
  EXPECT_THAT(Read(), IsEmpty());
  Notice(0, "notifications/message", R"({"level":"error","data":3})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("data":3)"));
}

TEST_F(StatelessTest, WhatTheClientDidNotDeclareIsNamed) {
  Make();
  AskTool("1", "gh__get");
  Introduce();
  const std::string id = IdOf(server().Take());
  Question(0, "9", "elicitation/create", R"({"message":"?"})");
  EXPECT_THAT(server().Take(), HasSubstr("-32601"));
  server().Say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":{"code":-32603,"message":"no"}})");
  EXPECT_EQ(
      ReadOne(),
      R"({"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"the server asks for what )"
      R"(the client did not declare: no","data":{"requiredCapabilities":{"elicitation":{}}}}})");
}

TEST_F(StatelessTest, BatchesAreOfAnotherEra) {
  Open(DefaultPlan(), "/w/src", "2025-03-26");
  Write(R"([{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{)" +
        Introduction() + "}}}]");
  EXPECT_THAT(ReadOne(), HasSubstr(R"([{"jsonrpc":"2.0","id":1,"error":{"code":-32600)"));
}

TEST_F(StatelessTest, EndsWhenNothingIsOpen) {
  Make();
  AskTool("1", "gh__get");
  bool idle = false;
  stateless_->OnClientGone();
  stateless_->WhenIdle([&] { idle = true; });
  EXPECT_FALSE(idle);
  Introduce();
  Reply(0, R"({"content":[]})");
  EXPECT_TRUE(idle);
  EXPECT_THAT(Read(), SizeIs(1));
}

}  // namespace
}  // namespace mcplexer::mcp
