// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kChanged = R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})";

class CatalogueTest : public GatewayTest {
 protected:
  void List(const std::string& id = "1") {
    Write(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/list","params":{}})");
  }
  // Answers the last request of a server by a page.
  void Page(size_t launched, const std::string& tools, const std::string& more = "") {
    server(launched).Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server(launched).sent.back()) +
                         R"(,"result":{"tools":[)" + tools + "]" + more + "}}");
  }
  static std::string Answer(const std::string& tools, const std::string& id = "1") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{"tools":[)" + tools + "]}}";
  }
};

TEST_F(CatalogueTest, MergesInThePlansOrderAndChangesNothingButNames) {
  Open(DefaultPlan(), "/w/db");
  List();
  ASSERT_EQ(launcher_.launched.size(), 2u);
  Introduce(0);
  Introduce(1);
  EXPECT_THAT(server(0).sent.back(), HasSubstr(R"("method":"tools/list"})"));
  Page(1, R"({"name":"query"})");
  EXPECT_THAT(Read(), IsEmpty());
  Page(0, R"({"title":"T","x":1.50, "name" : "z","inputSchema":{"name":"inner"}},{"name":"a"})");
  EXPECT_EQ(ReadOne(),
            Answer(R"({"title":"T","x":1.50, "name" : "gh__z","inputSchema":{"name":"inner"}},)"
                   R"({"name":"gh__a"},{"name":"pg__query"})"));
}

TEST_F(CatalogueTest, ShowsOnlyWhatCouldBeAllowedAndStartsOnlyWhatIsWithinReach) {
  Open();
  List();
  ASSERT_EQ(launcher_.launched.size(), 1u) << "pg is for another directory";
  EXPECT_EQ(engine_->plan().text(engine_->plan().scopes()[server().scope.index()].name), "dev");
  Introduce();
  Page(0, R"({"name":"get"},{"name":"delete_repo"},{"name":"merge"})");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__get"},{"name":"gh__merge"})"));
}

TEST_F(CatalogueTest, OutsideOfAllWorkspacesTheListIsEmptyAndNothingStarts) {
  Open(DefaultPlan(), "/elsewhere");
  List();
  EXPECT_EQ(ReadOne(), Answer(""));
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(CatalogueTest, AWorkspaceThatAllowsByDefaultReachesEveryServer) {
  plan::testing::PlanBuilder builder;
  builder.Server("gh").Server("pg").Workspace("w", "/w", true);
  Open(builder, "/w");
  List();
  EXPECT_EQ(launcher_.launched.size(), 2u);
  EXPECT_FALSE(server(0).scope.valid());
}

TEST_F(CatalogueTest, TheNearestWorkspacesRuleNamesTheCredentials) {
  plan::testing::PlanBuilder builder;
  builder.Server("gh").Scope("far").Scope("near").Workspace("a", "/w").Workspace("b", "/w/x");
  builder.Rule({.id = "a.r", .workspace = "a", .names = {"gh__*"}, .scope = "far"});
  builder.Rule({.id = "b.r", .workspace = "b", .names = {"gh__get"}, .scope = "near"});
  Open(builder, "/w/x");
  List();
  EXPECT_EQ(engine_->plan().text(engine_->plan().scopes()[server().scope.index()].name), "near");
}

TEST_F(CatalogueTest, ReadsAllPagesAndKeepsTheListUntilItChanges) {
  Open();
  List();
  Introduce();
  Page(0, R"({"name":"a"})", R"(,"nextCursor":"")");
  EXPECT_THAT(server().sent.back(), HasSubstr(R"("params":{"cursor":""}})"));
  Page(0, R"({"name":"b"})", R"(,"nextCursor":"c\u0031")");
  EXPECT_THAT(server().sent.back(), HasSubstr(R"("params":{"cursor":"c\u0031"}})"));
  Page(0, R"({"name":"c"})");
  const std::string all = R"({"name":"gh__a"},{"name":"gh__b"},{"name":"gh__c"})";
  EXPECT_EQ(ReadOne(), Answer(all));
  server().sent.clear();
  List("2");
  EXPECT_EQ(ReadOne(), Answer(all, "2"));
  EXPECT_THAT(server().sent, IsEmpty());

  server().Say(kChanged);
  server().Say(kChanged);
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(milliseconds(50));
  EXPECT_EQ(Read(), Lines{kChanged});
  server().Say(kChanged);
  timers_.Advance(seconds(1));
  EXPECT_THAT(Read(), IsEmpty()) << "it was told, and has not asked since";
  List("3");
  Page(0, R"({"name":"d"})");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__d"})", "3"));
}

TEST_F(CatalogueTest, ACursorThatDoesNotAdvanceEndsTheList) {
  Open();
  List();
  Introduce();
  Page(0, R"({"name":"a"})", R"(,"nextCursor":"x")");
  Page(0, R"({"name":"b"})", R"(,"nextCursor":"x")");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"},{"name":"gh__b"})"));
}

TEST_F(CatalogueTest, PagesWithoutEndAreCut) {
  Open();
  List();
  Introduce();
  for (int i = 0; i < 100; ++i) {
    ASSERT_THAT(transport_.sent, IsEmpty()) << i;
    Page(0, R"({"name":"t)" + std::to_string(i) + R"("})",
         R"(,"nextCursor":")" + std::to_string(i) + "\"");
  }
  EXPECT_THAT(ReadOne(), HasSubstr("gh__t99"));
}

TEST_F(CatalogueTest, WhatIsNoToolIsLeftOutAndTheFirstOfTwoCounts) {
  Open();
  List();
  Introduce();
  Page(0,
       R"(7,{},{"name":""},{"name":5},{"name":"a\n"},{"name":"a\u007f"},{"name":"b","name":"c"},)"
       R"({"name":"d","x":{"y":1,"y":2}},{"name":"e","x":1},{"name":"e","x":2})");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__e","x":1})"));
}

TEST_F(CatalogueTest, HoweverMuchIsLeftOutTheLogGetsOneLine) {
  const auto before = spdlog::default_logger();
  std::ostringstream log;
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("t", std::make_shared<spdlog::sinks::ostream_sink_st>(log)));
  Open();
  List();
  Introduce();
  std::string junk;
  for (int i = 0; i < 1000; ++i) junk += R"(7,{"name":"a"},)";
  Page(0, junk + "8", R"(,"nextCursor":"x")");
  Page(0, junk + "8");
  spdlog::set_default_logger(before);
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"})"));
  const std::string text = log.str();
  EXPECT_THAT(text, HasSubstr("4001 of its tools are not listed; the first one: it is not an"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

TEST_F(CatalogueTest, ToolsThatAreNotShownCountAsWell) {
  Open();
  List();
  Introduce();
  const std::string denied = R"({"name":"delete)" + std::string(size_t{20} << 20, 'x');
  Page(0, denied + "1\"}", R"(,"nextCursor":"x")");
  Page(0, denied + R"(2"},{"name":"a"})", R"(,"nextCursor":"y")");
  EXPECT_EQ(ReadOne(), Answer("")) << "the limit of 32 MiB was not seen";
}

TEST_F(CatalogueTest, SoDoCursors) {
  Open();
  List();
  Introduce();
  Page(0, R"({"name":"a"})", R"(,"nextCursor":")" + std::string(size_t{33} << 20, 'x') + '"');
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"})"));
}

TEST_F(CatalogueTest, OnlySoManyListsWaitAtOnce) {
  Open();
  for (int i = 0; i < 20; ++i) List(std::to_string(i));
  const Lines refused = Read();
  ASSERT_EQ(refused.size(), 4u);
  EXPECT_THAT(refused[0], HasSubstr(R"("id":16,"error")"));
  Introduce();
  Page(0, R"({"name":"a"})");
  EXPECT_EQ(Read().size(), 16u);
  List("20");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"})", "20"));
}

TEST_F(CatalogueTest, TheAnswersToABatchAreBounded) {
  Open(DefaultPlan(), "/w/src", "2025-03-26");
  List();
  Introduce();
  Page(0, R"({"name":"a","x":")" + std::string(size_t{20} << 20, 'x') + R"("})");
  Read();
  std::string batch;
  for (int i = 0; i < 10; ++i) {
    batch += R"(,{"jsonrpc":"2.0","id":)" + std::to_string(i) + R"(,"method":"tools/list"})";
  }
  Write("[" + batch.substr(1) + "]");
  const std::string answers = ReadOne();
  EXPECT_LT(answers.size(), size_t{65} << 20);
  EXPECT_THAT(answers, HasSubstr(R"({"jsonrpc":"2.0","id":2,"result")"));
  EXPECT_THAT(answers, HasSubstr(R"({"jsonrpc":"2.0","id":3,"error":{"code":-32603)"));
  EXPECT_THAT(answers, HasSubstr(R"({"jsonrpc":"2.0","id":9,"error")"));
}

TEST_F(CatalogueTest, ASlowServerIsLeftOutAndAnnouncedWhenItComes) {
  Open(DefaultPlan(), "/w/db");
  List();
  Introduce(0);
  Page(0, R"({"name":"a"})");
  timers_.Advance(seconds(9));
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(seconds(1));
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"})"));
  Introduce(1);
  Page(1, R"({"name":"q"})");
  timers_.Advance(seconds(1));
  EXPECT_EQ(ReadOne(), kChanged);
  List("2");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"},{"name":"pg__q"})", "2"));
}

TEST_F(CatalogueTest, ADeadServerIsLeftOut) {
  Open(DefaultPlan(), "/w/db");
  List();
  Introduce(0);
  Page(0, R"({"name":"a"})");
  server(1).Vanish("exited with status 1");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"gh__a"})"));
  launcher_.refusal = "command `x` is not found in PATH";
  server(0).Vanish("exited with status 1");
  List("2");
  EXPECT_EQ(ReadOne(), Answer("", "2"));
}

TEST_F(CatalogueTest, AnAnswerThatIsNoListIsLikeNone) {
  Open();
  List();
  Introduce();
  server().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(server().sent.back()) +
               R"(,"result":{"tools":7}})");
  EXPECT_EQ(ReadOne(), Answer(""));
}

TEST_F(CatalogueTest, ACursorOfTheClientIsInvalid) {
  Open();
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
}

TEST_F(CatalogueTest, AServerWithoutNamespaceKeepsItsNames) {
  plan::testing::PlanBuilder builder;
  builder.Server("only", "").Workspace("w", "/w", true);
  Open(builder, "/w");
  List();
  Introduce();
  Page(0, R"({"name":"a__b"})");
  EXPECT_EQ(ReadOne(), Answer(R"({"name":"a__b"})"));
  Call("2", "a__b");
  EXPECT_THAT(server().sent.back(), HasSubstr(R"("name":"a__b")"));
}

}  // namespace
}  // namespace mcplexer::mcp
