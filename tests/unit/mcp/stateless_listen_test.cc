// SPDX-License-Identifier: Apache-2.0
// subscriptions/listen over servers of the session era.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mcp/stateless_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ListenTest : public StatelessTest {
 protected:
  static plan::testing::PlanBuilder Plan() {
    plan::testing::PlanBuilder builder;
    builder.Server("a").Workspace("w", "/w");
    builder.Rule({.id = "w.tools", .workspace = "w", .names = {"a__*"}});
    builder.Rule(
        {.id = "w.r", .workspace = "w", .kind = plan::CallKind::kResource, .names = {"a:*"}});
    builder.Rule({.id = "w.no",
                  .workspace = "w",
                  .effect = plan::Effect::kDeny,
                  .kind = plan::CallKind::kResource,
                  .names = {"a:secret:*"}});
    return builder;
  }
  void Listen(const std::string& id, const std::string& filter) {
    Ask(id, "subscriptions/listen", R"("notifications":)" + filter);
  }
  static std::string Acknowledged(const std::string& id, const std::string& filter) {
    return R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":)"
           R"({"_meta":{"io.modelcontextprotocol/subscriptionId":)" +
           id + R"(},"notifications":)" + filter + "}}";
  }
  static std::string Changed(const std::string& id, const std::string& kind) {
    return R"({"jsonrpc":"2.0","method":"notifications/)" + kind +
           R"(/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":)" + id +
           "}}}";
  }
  void Cancel(const std::string& id) {
    Write(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id +
          "}}");
  }
};

TEST_F(ListenTest, ChangesOfListsAreToldToThoseWhoWantThem) {
  Make(Plan(), "/w");
  Listen(R"("l")", R"({"toolsListChanged":true,"promptsListChanged":true})");
  EXPECT_EQ(ReadOne(), Acknowledged(R"("l")", R"({"toolsListChanged":true})"));
  Listen("0", R"({"resourcesListChanged":true,"toolsListChanged":false})");
  EXPECT_EQ(ReadOne(), Acknowledged("0", R"({"resourcesListChanged":true})"));
  Ask("1", "tools/list");
  Introduce(0, R"({"resources":{}})");
  Reply(0, R"({"tools":[]})");
  Read();
  Notice(0, "notifications/tools/list_changed");
  Notice(0, "notifications/resources/list_changed");
  timers_.Advance(milliseconds(50));
  EXPECT_THAT(Read(),
              testing::UnorderedElementsAre(Changed(R"("l")", "tools"), Changed("0", "resources")));
  Cancel(R"("l")");
  Ask("2", "tools/list");
  Reply(0, R"({"tools":[]})");
  Read();
  Notice(0, "notifications/tools/list_changed");
  timers_.Advance(milliseconds(50));
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ListenTest, ResourcesAreDecidedAndSubscribedTo) {
  Make(Plan(), "/w");
  Listen("1", R"({"resourceSubscriptions":["secret:x","x:y","x:z"]})");
  Introduce(0, R"({"resources":{"subscribe":true}})");
  ASSERT_EQ(server().sent.size(), 2u);
  EXPECT_THAT(Read(), IsEmpty());
  const std::string first = server().sent[0];
  EXPECT_THAT(first, HasSubstr(R"("method":"resources/subscribe","params":{"uri":"x:y"})"));
  Reply(0, "{}");  // the last one
  server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(first) +
               R"(,"error":{"code":-32602,"message":"no"}})");
  EXPECT_EQ(ReadOne(), Acknowledged("1", R"({"resourceSubscriptions":["x:z"]})"));
  EXPECT_THAT(journal_.lines, testing::Contains(HasSubstr("deny rule secret:x")));
  Notice(0, "notifications/resources/updated", R"({"uri":"x:y"})");
  EXPECT_THAT(Read(), IsEmpty());
  Notice(0, "notifications/resources/updated", R"({"uri":"x:z","_meta":{"a":1}})");
  EXPECT_EQ(ReadOne(),
            R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":)"
            R"({"uri":"x:z","_meta":{"io.modelcontextprotocol/subscriptionId":1,"a":1}}})");
  server().sent.clear();
  Cancel("1");
  EXPECT_THAT(server().sent,
              ElementsAre(HasSubstr(R"("method":"resources/unsubscribe","params":{"uri":"x:z"})")));
  Reply(0, "{}");
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ListenTest, AResourceThatTwoWantIsKeptForTheSecond) {
  Make(Plan(), "/w");
  Listen("1", R"({"resourceSubscriptions":["x:z"]})");
  Introduce(0, R"({"resources":{"subscribe":true}})");
  Reply(0, "{}");
  Listen("2", R"({"resourceSubscriptions":["x:z"]})");
  Reply(0, "{}");
  Read();
  Notice(0, "notifications/resources/updated", R"({"uri":"x:z"})");
  EXPECT_EQ(Read().size(), 2u);
  server().sent.clear();
  Cancel("1");
  EXPECT_THAT(server().sent, IsEmpty());
  Cancel("2");
  EXPECT_THAT(server().sent, ElementsAre(HasSubstr("resources/unsubscribe")));
}

TEST_F(ListenTest, ASlowServerIsNotWaitedForLong) {
  Make(Plan(), "/w");
  Listen("1", R"({"toolsListChanged":true,"resourceSubscriptions":["x:z"]})");
  Introduce(0, R"({"resources":{"subscribe":true}})");
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(seconds(10));
  EXPECT_EQ(ReadOne(), Acknowledged("1", R"({"toolsListChanged":true})"));
  // Too late: it is given back.
  Reply(0, "{}");
  EXPECT_THAT(server().sent.back(), HasSubstr("resources/unsubscribe"));
  Notice(0, "notifications/resources/updated", R"({"uri":"x:z"})");
  EXPECT_THAT(Read(), IsEmpty());
}

TEST_F(ListenTest, FiltersThatAreNoneAreRefused) {
  stateless_limits_.listen_uris = 1;
  stateless_limits_.listens = 1;
  Make(Plan(), "/w");
  Ask("1", "subscriptions/listen");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
  for (const char* filter :
       {"[]", R"({"resourceSubscriptions":"x"})", R"({"resourceSubscriptions":[1]})"}) {
    Listen("1", filter);
    EXPECT_THAT(ReadOne(), HasSubstr("-32602")) << filter;
  }
  Listen("2", R"({"resourceSubscriptions":["a:b","c:d"]})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32603"));
  Listen("3", "{}");
  EXPECT_EQ(ReadOne(), Acknowledged("3", "{}"));
  Listen("4", "{}");
  EXPECT_THAT(ReadOne(), HasSubstr("-32603"));
}

TEST_F(ListenTest, EndsInOrderWithTheGateway) {
  Make(Plan(), "/w");
  Listen("3", R"({"toolsListChanged":true})");
  Read();
  stateless_->Stop("the gateway is shutting down");
  EXPECT_EQ(
      ReadOne(),
      Answered("3", R"({"_meta":{"io.modelcontextprotocol/subscriptionId":3,)"
                    R"("io.modelcontextprotocol/serverInfo":{"name":"mcplexer","version":"9.9"}},)"
                    R"("resultType":"complete"})"));
}

}  // namespace
}  // namespace mcplexer::mcp
