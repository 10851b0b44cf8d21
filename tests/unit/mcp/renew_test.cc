// SPDX-License-Identifier: Apache-2.0
// A session that goes on under another plan.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "runtime/downstream/definition.h"
#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using plan::testing::PlanBuilder;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kOffers =
    R"({"prompts":{},"resources":{"subscribe":true},"tasks":{"list":{},"cancel":{}}})";

// Server gh, of which everything is allowed with this scope, tools, prompts and resources.
PlanBuilder With(const std::string& scope, const std::string& names = "gh__*",
                 const std::string& uris = "gh:*") {
  PlanBuilder builder;
  builder.Server("gh").Scope(scope).Workspace("w", "/w");
  builder.Rule({.id = "w.tools", .workspace = "w", .names = {names}, .scope = scope});
  builder.Rule({.id = "w.resources",
                .workspace = "w",
                .kind = plan::CallKind::kResource,
                .names = {uris},
                .scope = scope});
  return builder;
}

class RenewTest : public GatewayTest {
 protected:
  // What is due now is done.
  void Settle() { timers_.Advance(milliseconds(0)); }
  bool retired(size_t launched) { return server(launched).retired; }
};

TEST_F(RenewTest, WhatIsDefinedAlikeGoesOnUnderItsNewId) {
  Open(With("dev"));
  Call("1", "gh__get");
  Introduce();
  PlanBuilder next = With("dev", "gh__a*");
  next.Server("aa").Server("zz").Scope("a");  // so that it has other ids
  next.Rule({.id = "w.aa", .workspace = "w", .names = {"aa__*"}, .scope = "a"});
  Renew(next);
  Settle();
  Reply(0, "{}");
  EXPECT_EQ(ReadOne(), Answered("1", "{}"));
  Call("2", "gh__add");
  EXPECT_EQ(launcher_.launched.size(), 1u);
  Reply(0, "{}");
  EXPECT_EQ(ReadOne(), Answered("2", "{}"));
  Call("3", "gh__get");
  EXPECT_THAT(ReadOne(), HasSubstr("isError"));
  // When it has to be started again, it is as what it is called now.
  server().Vanish("was killed by signal 9");
  Call("4", "gh__add");
  ASSERT_EQ(launcher_.launched.size(), 2u);
  EXPECT_EQ(server(1).server, downstream::FindServer(engine_->plan(), "gh"));
  EXPECT_EQ(server(1).scope, downstream::FindScope(engine_->plan(), "dev"));
}

TEST_F(RenewTest, AnOpenCallEndsWhereItIsAndItsServerWithIt) {
  Open(With("dev"));
  Call("1", "gh__get");
  Introduce();
  Renew(With("ops"));
  Settle();
  EXPECT_FALSE(retired(0));
  Call("2", "gh__get");
  ASSERT_EQ(launcher_.launched.size(), 2u);
  Introduce(1);
  Reply(1, R"({"new":1})");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"new":1})"));
  Reply(0, R"({"old":1})");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"old":1})"));
  Settle();
  EXPECT_TRUE(retired(0));
  EXPECT_FALSE(retired(1));
  EXPECT_THAT(journal_.lines,
              ElementsAre("intent 1: allow rule gh__get {}", "intent 2: allow rule gh__get {}",
                          "outcome 2: ok", "outcome 1: ok"));
}

TEST_F(RenewTest, ACallThatWaitsForItsServerIsStillMade) {
  Open(With("dev"));
  Call("1", "gh__get");
  Renew(With("ops"));
  Settle();
  Introduce();
  EXPECT_THAT(server().sent.back(), HasSubstr(R"("name":"get")"));
  Reply(0, "{}");
  EXPECT_EQ(ReadOne(), Answered("1", "{}"));
  Settle();
  EXPECT_TRUE(retired(0));
}

TEST_F(RenewTest, ACancelledOrFailedCallLetsItsServerGo) {
  Open(With("dev"));
  Call("1", "gh__get");
  Introduce();
  Renew(With("ops"));
  Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
  Settle();
  EXPECT_TRUE(retired(0));

  Call("2", "gh__get");
  Introduce(1);
  Renew(With("dev"));
  timers_.Advance(kCallTimeout + seconds(1));
  EXPECT_THAT(ReadOne(), HasSubstr("timed out"));
  EXPECT_TRUE(retired(1));

  Call("3", "gh__get");
  Introduce(2);
  Renew(With("ops"));
  server(2).Vanish("exited with status 1");
  EXPECT_THAT(ReadOne(), HasSubstr("exited with status 1"));
  Settle();
  Call("4", "gh__get");
  EXPECT_EQ(launcher_.launched.size(), 4u);
}

TEST_F(RenewTest, TasksAreAskedForWhereTheyAreUntilTheirTimeIsOver) {
  Open(With("dev"));
  Request("1", "tools/call", R"({"name":"gh__get","task":{}})");
  Introduce(0, kOffers);
  Reply(0, R"({"task":{"taskId":"t","status":"working"}})");
  Renew(With("ops", "gh__other"));
  Settle();
  EXPECT_FALSE(retired(0));
  Read();
  journal_.lines.clear();
  Request("2", "tasks/get", R"({"taskId":"gh/dev/t"})");
  EXPECT_THAT(server(0).sent.back(), HasSubstr(R"("params":{"taskId":"t"})"));
  Reply(0, R"({"taskId":"t","status":"working"})");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"taskId":"gh/dev/t","status":"working"})"));
  EXPECT_THAT(journal_.lines, ElementsAre("intent 2: allow rule gh__get ", "outcome 2: ok"));
  timers_.Advance(10 * kCallTimeout);
  EXPECT_TRUE(retired(0));
  Request("3", "tasks/get", R"({"taskId":"gh/dev/t"})");
  EXPECT_THAT(ReadOne(), HasSubstr("unknown task"));
}

TEST_F(RenewTest, ATaskWhoseResultWasFetchedHoldsNothing) {
  Open(With("dev"));
  Request("1", "tools/call", R"({"name":"gh__get","task":{}})");
  Introduce(0, kOffers);
  Reply(0, R"({"task":{"taskId":"t","status":"working"}})");
  Renew(With("ops"));
  Request("2", "tasks/result", R"({"taskId":"gh/dev/t"})");
  Reply(0, R"({"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t"}}})");
  Settle();
  EXPECT_TRUE(retired(0));
}

TEST_F(RenewTest, SubscriptionsGoAlongWhereThePolicyLetsThem) {
  Open(With("dev"));
  for (const std::string uri : {"x://1", "y://1"}) {
    Request("1", "resources/subscribe", R"({"uri":")" + uri + R"("})");
    if (launcher_.launched.size() == 1 && uri == "x://1") Introduce(0, kOffers);
    Reply(0, "{}");
  }
  Read();
  server(0).sent.clear();
  // The same server, but one of them may not be read any more.
  Renew(With("dev", "gh__*", "gh:x:*"));
  EXPECT_THAT(
      server(0).sent,
      ElementsAre(HasSubstr(R"("method":"resources/unsubscribe","params":{"uri":"y://1"})")));
  Notice(0, "notifications/resources/updated", R"({"uri":"y://1"})");
  EXPECT_THAT(Read(), IsEmpty());
  // Another server in its place, which is told at once.
  Reply(0, "{}");
  Renew(With("ops", "gh__*", "gh:x:*"));
  Settle();
  EXPECT_TRUE(retired(0));
  ASSERT_EQ(launcher_.launched.size(), 2u);
  Introduce(1, kOffers);
  EXPECT_THAT(server(1).sent.back(),
              HasSubstr(R"("method":"resources/subscribe","params":{"uri":"x://1"})"));
  Notice(1, "notifications/resources/updated", R"({"uri":"x://1"})");
  EXPECT_THAT(ReadOne(), HasSubstr("x://1"));
}

TEST_F(RenewTest, ASubscriptionThatIsAgreedToMeanwhileGoesAlong) {
  Open(With("dev"));
  Request("1", "resources/subscribe", R"({"uri":"x://1"})");
  Introduce(0, kOffers);
  Renew(With("ops"));
  Reply(0, "{}");
  Settle();
  EXPECT_TRUE(retired(0));
  ASSERT_EQ(launcher_.launched.size(), 2u);
  Introduce(1, kOffers);
  EXPECT_THAT(server(1).sent.back(), HasSubstr("resources/subscribe"));
}

TEST_F(RenewTest, AListUnderWayIsMadeAnewAndTheOldPageIsNotOfIt) {
  Open(With("dev"));
  Request("1", "tools/list");
  Introduce();
  const std::string old_id = IdOf(server().sent.back());
  Renew(With("dev", "gh__a*"));
  server().Say(R"({"jsonrpc":"2.0","id":)" + old_id + R"(,"result":{"tools":[{"name":"bad"}]}})");
  EXPECT_THAT(Read(), IsEmpty());
  Reply(0, R"({"tools":[{"name":"add"},{"name":"bad"}]})");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"tools":[{"name":"gh__add"}]})"));
}

TEST_F(RenewTest, ChangedListsAreAnnouncedToWhoHasSeenThemAndOthersAreNot) {
  Open(With("dev", "gh__a*"));
  Request("1", "tools/list");
  Introduce();
  Reply(0, R"({"tools":[{"name":"add"},{"name":"bad"}]})");
  Read();
  Renew(With("dev", "gh__ad*"));  // which are the same
  timers_.Advance(milliseconds(100));
  EXPECT_THAT(Read(), IsEmpty());
  Renew(With("dev", "gh__b*"));
  Renew(With("dev", "gh__ba*"));
  timers_.Advance(milliseconds(100));
  EXPECT_THAT(ReadOne(), HasSubstr("notifications/tools/list_changed"));
  Renew(With("dev", "gh__none"));
  timers_.Advance(milliseconds(100));
  EXPECT_THAT(Read(), IsEmpty()) << "it has not looked since";
  Request("2", "tools/list");
  Reply(0, R"({"tools":[{"name":"add"},{"name":"bad"}]})");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"tools":[]})"));
  Renew(With("dev", "gh__no"));
  Request("3", "tools/list");
  EXPECT_EQ(ReadOne(), Answered("3", R"({"tools":[]})")) << "nothing had to be asked for";
  // A server that comes within reach may have something.
  PlanBuilder next = With("dev", "gh__none");
  next.Server("pg");
  next.Rule({.id = "w.pg", .workspace = "w", .names = {"pg__*"}});
  Renew(next);
  timers_.Advance(milliseconds(100));
  EXPECT_THAT(ReadOne(), HasSubstr("notifications/tools/list_changed"));
}

TEST_F(RenewTest, WhatTheClientWasToldThereIsDoesNotBecomeAnUnknownMethod) {
  Open(With("dev"));
  PlanBuilder next;
  next.Server("gh").Workspace("w", "/w");
  next.Rule({.id = "w.tools", .workspace = "w", .names = {"gh__*"}});
  Renew(next);
  Request("1", "resources/list");
  EXPECT_EQ(ReadOne(), Answered("1", R"({"resources":[]})"));
}

TEST_F(RenewTest, BeforeAClientHasIntroducedItselfOnlyThePlanIsAnotherOne) {
  Make(With("dev"));
  Renew(With("ops", "gh__a*"));
  Write(
      R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})");
  Read();
  Call("1", "gh__add");
  ASSERT_EQ(launcher_.launched.size(), 1u);
  EXPECT_EQ(server().scope, downstream::FindScope(engine_->plan(), "ops"));
  Call("2", "gh__bad");
  EXPECT_THAT(ReadOne(), HasSubstr("isError"));
}

TEST_F(RenewTest, AServerThatNoRuleLeadsToEnds) {
  Open(With("dev"));
  Call("1", "gh__get");
  Introduce();
  Reply(0, "{}");
  PlanBuilder next = With("dev", "pg__*", "pg:*");
  Renew(next.Server("pg"));
  Settle();
  EXPECT_TRUE(retired(0));
}

}  // namespace
}  // namespace mcplexer::mcp
