// SPDX-License-Identifier: Apache-2.0
// Prompts and resources over several servers: lists, names, owners, subscriptions, completion.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kAll = R"({"prompts":{},"resources":{"subscribe":true},"logging":{}})";

class OffersTest : public GatewayTest {
 protected:
  // Servers a and b: all resources of both but b's /etc, prompts of a but secret ones.
  static plan::testing::PlanBuilder Plan() {
    plan::testing::PlanBuilder builder;
    builder.Server("a").Server("b").Workspace("w", "/w");
    builder.Rule({.id = "w.tools", .workspace = "w", .names = {"a__*"}});
    builder.Rule(
        {.id = "w.prompts", .workspace = "w", .kind = plan::CallKind::kPrompt, .names = {"a__*"}});
    builder.Rule({.id = "w.no_secret",
                  .workspace = "w",
                  .effect = plan::Effect::kDeny,
                  .kind = plan::CallKind::kPrompt,
                  .names = {"a__secret*"}});
    builder.Rule(
        {.id = "w.ra", .workspace = "w", .kind = plan::CallKind::kResource, .names = {"a:*"}});
    builder.Rule(
        {.id = "w.rb", .workspace = "w", .kind = plan::CallKind::kResource, .names = {"b:*"}});
    builder.Rule({.id = "w.no_etc",
                  .workspace = "w",
                  .effect = plan::Effect::kDeny,
                  .kind = plan::CallKind::kResource,
                  .names = {"b:file:///etc/*"}});
    return builder;
  }
  void OpenAll() { Open(Plan(), "/w"); }
  // The servers' resources and templates are asked for and told.
  void Know(const std::string& a, const std::string& b, const std::string& templates_a = "",
            const std::string& templates_b = "") {
    Request("90", "resources/list");
    Introduce(0, kAll);
    Introduce(1, kAll);
    Reply(0, R"({"resources":[)" + a + "]}");
    Reply(1, R"({"resources":[)" + b + "]}");
    Request("91", "resources/templates/list");
    Reply(0, R"({"resourceTemplates":[)" + templates_a + "]}");
    Reply(1, R"({"resourceTemplates":[)" + templates_b + "]}");
    Read();
    server(0).sent.clear();
    server(1).sent.clear();
  }
  void Resource(const std::string& id, const std::string& uri) {
    Request(id, "resources/read", R"({"uri":")" + uri + R"("})");
  }
};

TEST_F(OffersTest, PromptsAreListedWithTheirNamespaceWhereTheyCouldBeUsed) {
  OpenAll();
  Request("1", "prompts/list");
  ASSERT_EQ(launcher_.launched.size(), 1u) << "no rule leads to prompts of b";
  Introduce(0, kAll);
  EXPECT_THAT(server(0).sent.back(), HasSubstr(R"("method":"prompts/list"})"));
  Reply(0, R"({"prompts":[{"x":1.50,"name":"p1"},{"name":"secret"}],"nextCursor":""})");
  EXPECT_THAT(server(0).sent.back(), HasSubstr(R"("params":{"cursor":""}})"));
  Reply(0, R"({"prompts":[{"name":"p2"}]})");
  EXPECT_EQ(ReadOne(),
            Answered("1", R"({"prompts":[{"x":1.50,"name":"a__p1"},{"name":"a__p2"}]})"));
}

TEST_F(OffersTest, AServerThatDoesNotOfferThemIsNotAskedAndHasNone) {
  OpenAll();
  Request("1", "prompts/list");
  Introduce(0, R"({"tools":{}})");
  EXPECT_THAT(server(0).sent, IsEmpty());
  EXPECT_EQ(ReadOne(), Answered("1", R"({"prompts":[]})"));
  Request("2", "prompts/get", R"({"name":"a__p"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"server `a` )"
                       R"(does not offer this"}})");
}

TEST_F(OffersTest, APromptIsDecidedRecordedAndForwardedByteForByte) {
  OpenAll();
  Write(R"({"jsonrpc":"2.0","method":"prompts/get","id":"q","params":{"arguments":{"n":"1"} , )"
        R"("name":"a__p"}})");
  Introduce(0, kAll);
  EXPECT_EQ(server(0).sent[0], R"({"jsonrpc":"2.0","method":"prompts/get","id":)" +
                                   IdOf(server(0).sent[0]) +
                                   R"(,"params":{"arguments":{"n":"1"} , "name":"p"}})");
  Reply(0, R"({"messages":[],"_meta":{"z":1e5}})");
  EXPECT_EQ(ReadOne(), Answered("\"q\"", R"({"messages":[],"_meta":{"z":1e5}})"));
  Request("2", "prompts/get", R"({"name":"a__secret_one"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-31000,"message":"denied by w.no_secret)"));
  Request("3", "prompts/get", R"({"name":"c__x"})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"unknown )"
                       R"(prompt `c__x`"}})");
  Request("4", "prompts/get", R"({"name":"b__x"})");
  EXPECT_THAT(ReadOne(), HasSubstr("no rule allows `b__x`"));
  EXPECT_THAT(journal_.lines, ElementsAre(R"(intent 1: allow rule a__p {"n":"1"})", "outcome 1: ok",
                                          "intent 2: deny rule a__secret_one ",
                                          "intent 3: deny unknown_namespace c__x ",
                                          "intent 4: deny default b__x "));
}

TEST_F(OffersTest, WhatCannotBeAuditedIsNotForwarded) {
  OpenAll();
  Know(R"({"uri":"x://1"})", "");
  journal_.full = true;
  Request("1", "prompts/get", R"({"name":"a__p"})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-31000,"message":"denied: the call cannot)"));
  Resource("2", "x://1");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-31000,"message":"denied: the call cannot)"));
  EXPECT_THAT(server(0).sent, IsEmpty());
}

TEST_F(OffersTest, ResourcesKeepTheirUrisAndAreReadWhereTheyAreListed) {
  OpenAll();
  Request("1", "resources/list");
  Introduce(0, kAll);
  Introduce(1, kAll);
  Reply(0, R"({"resources":[{"name":"n","uri":"x://1"}]})");
  Reply(1, R"({"resources":[{"uri":"x://2","size":1.0},{"uri":"file:///etc/passwd"}]})");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"resources":[{"name":"n","uri":"x://1"},)"
                                     R"({"uri":"x://2","size":1.0}]})"));
  Resource("2", "x://2");
  EXPECT_THAT(server(1).sent.back(),
              HasSubstr(R"("method":"resources/read","params":{"uri":"x://2"}})"));
  Reply(1, R"({"contents":[{"uri":"x://2","text":"t"}]})");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"contents":[{"uri":"x://2","text":"t"}]})"));
  EXPECT_THAT(journal_.lines, ElementsAre("intent 1: allow rule x://2 ", "outcome 1: ok"));
}

TEST_F(OffersTest, AUriThatTwoServersHaveIsNobodysUntilThePolicySaysWhose) {
  OpenAll();
  Know(R"({"uri":"x://same"},{"uri":"file:///etc/a"})",
       R"({"uri":"x://same"},{"uri":"file:///etc/a"})");
  Request("1", "resources/list");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"resources":[{"uri":"file:///etc/a"}]})"));
  Resource("2", "x://same");
  EXPECT_THAT(ReadOne(), HasSubstr("is a resource of servers `a` and `b`"));
  EXPECT_EQ(journal_.lines.back(), "intent 1: deny ambiguous_owner x://same ");
  Resource("3", "file:///etc/a");
  EXPECT_THAT(server(0).sent.back(), HasSubstr("file:///etc/a"));
  EXPECT_THAT(server(1).sent, IsEmpty());
}

TEST_F(OffersTest, AnUnknownResourceIsLookedForAndThenAnError) {
  OpenAll();
  Resource("1", "x://9");
  EXPECT_THAT(Read(), IsEmpty());
  Introduce(0, kAll);
  Introduce(1, kAll);
  ASSERT_EQ(server(0).sent.size(), 2u) << "both lists are asked for";
  for (const size_t launched : {size_t{0}, size_t{1}}) {
    for (const std::string& request : Lines(server(launched).sent)) {
      server(launched).Say(Answered(IdOf(request), R"({"resources":[],"resourceTemplates":[]})"));
    }
  }
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"unknown )"
                       R"(resource `x://9`","data":{"uri":"x://9"}}})");
  EXPECT_THAT(journal_.lines, ElementsAre("intent 1: deny unknown_name x://9 "));
}

TEST_F(OffersTest, AServerThatIsSlowToListDelaysOnlyWhatNobodyElseHas) {
  OpenAll();
  Request("1", "resources/list");
  Introduce(0, kAll);
  Reply(0, R"({"resources":[{"uri":"x://1"}]})");
  Resource("2", "x://1");
  EXPECT_THAT(server(0).sent.back(), HasSubstr("resources/read"));
  Resource("3", "x://other");
  Resource("4", "x://other");
  Read();
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4}})");
  timers_.Advance(seconds(10));
  EXPECT_THAT(Read(), ElementsAre(HasSubstr(R"("id":1,"result")"), HasSubstr("-32002")));
}

TEST_F(OffersTest, TemplatesOwnWhatTheyMatchAndListedUrisComeFirst) {
  OpenAll();
  Know(R"({"uri":"t://1/data"})", "", "", R"({"uriTemplate":"t://{id}/data","name":"t"})");
  Request("1", "resources/templates/list");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"resourceTemplates":[{"uriTemplate":"t://{id}/data",)"
                                     R"("name":"t"}]})"));
  Resource("2", "t://7/data");
  EXPECT_THAT(server(1).sent.back(), HasSubstr("t://7/data"));
  Resource("3", "t://1/data");
  EXPECT_THAT(server(0).sent.back(), HasSubstr("t://1/data"));
  Resource("4", "t://1/2/data");
  EXPECT_THAT(ReadOne(), HasSubstr("-32002"));
}

TEST_F(OffersTest, LinksInResultsAreReadWhereTheyCameFrom) {
  OpenAll();
  Know("", "");
  Resource("1", "x://linked");
  EXPECT_THAT(ReadOne(), HasSubstr("-32002"));
  Call("2", "a__t");
  Reply(0, R"({"content":[{"type":"text","text":"t"},{"type":"resource_link","uri":"x://linked"},)"
           R"({"type":"resource","resource":{"uri":"x://inside"}},7,{"type":"resource_link"}]})");
  Read();
  for (const std::string uri : {"x://linked", "x://inside"}) {
    Resource("3", uri);
    EXPECT_THAT(server(0).sent.back(), HasSubstr(uri));
  }
  EXPECT_THAT(server(1).sent, IsEmpty());
}

TEST_F(OffersTest, TheResourceThatShowsAToolIsReadWhereTheToolIs) {
  OpenAll();
  Know("", "");
  Request("1", "tools/list");
  Reply(0, R"({"tools":[{"name":"t","_meta":{"ui":{"resourceUri":"ui://t\u002fx"}}},)"
           R"({"name":"u","_meta":{"ui":7}}]})");
  Read();
  Resource("2", "ui://t/x");
  EXPECT_THAT(server(0).sent.back(), HasSubstr("ui://t/x"));
}

TEST_F(OffersTest, ADeniedResourceNamesItsRuleAndIsNotAskedFor) {
  plan::testing::PlanBuilder builder;
  builder.Server("b").Workspace("w", "/w", true);
  builder.Rule({.id = "w.no_etc",
                .workspace = "w",
                .effect = plan::Effect::kDeny,
                .kind = plan::CallKind::kResource,
                .names = {"b:file:///etc/*"}});
  Open(builder, "/w");
  Resource("1", "file:///etc/passwd");
  EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-31000,"message":"denied by w.no_etc)"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
  Resource("2", "file:///home");
  Introduce(0, kAll);
  EXPECT_THAT(server(0).sent.back(), HasSubstr("file:///home"))
      << "with one server there is no doubt";
}

TEST_F(OffersTest, MalformedRequestsAreInvalidParameters) {
  OpenAll();
  for (const char* params : {"{}", R"({"uri":7})", R"({"uri":null})"}) {
    Request("1", "resources/read", params);
    EXPECT_THAT(ReadOne(), HasSubstr("-32602")) << params;
  }
  Request("1", "resources/read", R"({"uri":"x","a":{"b":1,"b":2}})");
  EXPECT_THAT(ReadOne(), HasSubstr("an object has a key twice"));
  EXPECT_THAT(journal_.lines, ElementsAre("intent 1: deny invalid_arguments x "));
  for (const char* params : {"{}", R"({"ref":7})", R"({"ref":{"type":"ref/x","name":"a__p"}})"}) {
    Request("1", "completion/complete", params);
    EXPECT_THAT(ReadOne(), HasSubstr("-32602")) << params;
  }
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(OffersTest, ChangedListsAreAnnouncedOnceToWhoHasSeenThem) {
  OpenAll();
  Know("", "");
  Notice(0, "notifications/resources/list_changed");
  Notice(1, "notifications/resources/list_changed");
  Notice(0, "notifications/prompts/list_changed");
  timers_.Advance(milliseconds(50));
  EXPECT_THAT(Read(),
              ElementsAre(R"({"jsonrpc":"2.0","method":"notifications/resources/list_changed"})"));
}

TEST_F(OffersTest, CompletionGoesWhereItsSubjectWouldAndIsDecidedLikeIt) {
  OpenAll();
  Know("", "", "", R"({"uriTemplate":"t://{id}"})");
  const std::string argument = R"(,"argument":{"name":"id","value":"a"}})";
  Request("1", "completion/complete", R"({"ref":{"type":"ref/prompt","name":"a__p"})" + argument);
  EXPECT_THAT(server(0).sent.back(), HasSubstr(R"({"ref":{"type":"ref/prompt","name":"p"},)"));
  Reply(0, R"({"completion":{"values":["ab"]}})");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"completion":{"values":["ab"]}})"));
  Request("2", "completion/complete",
          R"({"ref":{"type":"ref/prompt","name":"a__secret"})" + argument);
  EXPECT_THAT(ReadOne(), HasSubstr("denied by w.no_secret"));
  Request("3", "completion/complete",
          R"({"ref":{"type":"ref/resource","uri":"t://{id}"})" + argument);
  EXPECT_THAT(server(1).sent.back(), HasSubstr(R"("uri":"t://{id}")"));
  EXPECT_THAT(journal_.lines,
              ElementsAre("intent 1: allow rule a__p ", "outcome 1: ok",
                          "intent 2: deny rule a__secret ", "intent 3: allow rule t://{id} "));
}

TEST_F(OffersTest, SubscriptionsHearOfTheirResourceAndNoOther) {
  idle_timeout_ms_ = 60'000;
  OpenAll();
  Know(R"({"uri":"x://1"})", R"({"uri":"x://2"})");
  const auto updated = [&](size_t launched, const std::string& uri) {
    Notice(launched, "notifications/resources/updated", R"({"uri":")" + uri + R"("})");
  };
  updated(0, "x://1");
  EXPECT_THAT(Read(), IsEmpty());
  Request("1", "resources/subscribe", R"({"uri":"x://1"})");
  updated(0, "x://1");
  EXPECT_THAT(Read(), IsEmpty()) << "not agreed yet";
  Reply(0, "{}");
  EXPECT_EQ(ReadOne(), Answered("1", "{}"));
  updated(0, "x://1");
  updated(0, "x://1/part");
  updated(0, "x://2");
  updated(1, "x://1");
  EXPECT_THAT(Read(), ElementsAre(HasSubstr(R"({"uri":"x://1"}})"), HasSubstr("x://1/part")));
  timers_.Advance(std::chrono::hours(1));
  EXPECT_FALSE(server(0).retired) << "it is waited for";
  EXPECT_TRUE(server(1).retired);

  server(0).Vanish("exited with status 1");
  Resource("2", "x://1");
  Introduce(2, kAll);
  EXPECT_THAT(server(2).sent,
              ElementsAre(HasSubstr(R"("method":"resources/subscribe","params":{"uri":"x://1"})"),
                          HasSubstr("resources/read")));
  Request("3", "resources/unsubscribe", R"({"uri":"x://1"})");
  Reply(2, "{}");
  Read();
  updated(2, "x://1");
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(OffersTest, TheLogLevelReachesRunningAndLaterServersAndFiltersHere) {
  OpenAll();
  Request("1", "logging/setLevel", R"({"level":"loud"})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
  Call("2", "a__t");
  Introduce(0, kAll);
  Notice(0, "notifications/message", R"({"level":"debug","data":1.50})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","method":"notifications/message","params":)"
                       R"({"logger":"a","level":"debug","data":1.50}})");
  Request("3", "logging/setLevel", R"({"level":"warning"})");
  EXPECT_EQ(ReadOne(), Answered("3", "{}"));
  EXPECT_THAT(server(0).sent.back(),
              HasSubstr(R"("method":"logging/setLevel","params":{"level":"warning"}})"));
  Resource("4", "x://1");
  Introduce(1, R"({"logging":{}})");
  EXPECT_THAT(server(1).sent.front(), HasSubstr("logging/setLevel"));
  for (const char* level : {"info", "warning", "alert", "loud"}) {
    Notice(1, "notifications/message",
           R"({"level":")" + std::string(level) + R"(","logger":"l\"x","data":{}})");
  }
  Notice(1, "notifications/message", R"({"data":1})");
  Notice(1, "notifications/message", R"({"level":"alert","level":"debug"})");
  EXPECT_THAT(Read(), ElementsAre(HasSubstr(R"("warning","logger":"b/l\"x")"),
                                  HasSubstr(R"("alert","logger":"b/l\"x")")));
}

TEST_F(OffersTest, TraceContextAndUnknownMetaPassBothWays) {
  OpenAll();
  const std::string meta =
      R"("_meta":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",)"
      R"("tracestate":"v=1","baggage":"k=v","x.y/z":1.0})";
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a__t",)" + meta + "}}");
  Introduce(0, kAll);
  EXPECT_THAT(server(0).sent.back(), HasSubstr(meta));
  Reply(0, R"({"content":[],)" + meta + "}");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"content":[],)" + meta + "}"));
}

}  // namespace
}  // namespace mcplexer::mcp
