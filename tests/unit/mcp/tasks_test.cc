// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/tasks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mcp/gateway_fixture.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kOffers = R"({"tasks":{"list":{},"cancel":{}}})";
const std::string kRelated = R"("_meta":{"io.modelcontextprotocol/related-task":{"taskId":")";

class TasksTest : public GatewayTest {
 protected:
  // Both servers have made a task `t`; what was said so far is forgotten.
  void MakeTasks() {
    Open(DefaultPlan(), "/w/db");
    for (const std::string name : {"gh__get", "pg__query"}) {
      Request("1", "tools/call",
              R"({"name":")" + name + R"(","task":{"ttl":60000},"_meta":{"progressToken":"p-)" +
                  name + R"("}})");
    }
    for (const size_t launched : {size_t{0}, size_t{1}}) {
      Introduce(launched, kOffers);
      token_[launched] = IdOf(server(launched).sent.back());
      Reply(launched, R"({"task":{"taskId":"t","status":"working","ttl":60000.0}})");
    }
    made_ = Read();
    server(0).sent.clear();
    server(1).sent.clear();
    journal_.lines.clear();
  }

  std::string token_[2];
  Lines made_;
};

TEST_F(TasksTest, EachTaskGetsTheNamespaceAndScopeOfItsServerInFront) {
  MakeTasks();
  EXPECT_THAT(
      made_,
      ElementsAre(
          Answered("1", R"({"task":{"taskId":"gh/dev/t","status":"working","ttl":60000.0}})"),
          Answered("1", R"({"task":{"taskId":"pg//t","status":"working","ttl":60000.0}})")));
}

TEST_F(TasksTest, RequestsGoWhereTheCallWentAndAreOnRecordLikeIt) {
  MakeTasks();
  Request("2", "tasks/get", R"({"taskId":"pg//t","x":1.50})");
  EXPECT_THAT(server(0).sent, IsEmpty());
  EXPECT_THAT(server(1).sent.back(),
              HasSubstr(R"("method":"tasks/get","params":{"taskId":"t","x":1.50}})"));
  Reply(1, R"({"taskId":"t","status":"completed","z":1e2})");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"taskId":"pg//t","status":"completed","z":1e2})"));
  Request("3", "tasks/result", R"({"taskId":"gh/d\u0065v/t"})");
  EXPECT_THAT(server(0).sent.back(),
              HasSubstr(R"("method":"tasks/result","params":{"taskId":"t"}})"));
  Reply(0, R"({"content":[],)" + kRelated + R"(t"}}})");
  EXPECT_EQ(ReadOne(), Answered("3", R"({"content":[],)" + kRelated + R"(gh/dev/t"}}})"));
  Request("4", "tasks/cancel", R"({"taskId":"gh/dev/t"})");
  Reply(0, R"({"taskId":"t","status":"cancelled"})");
  EXPECT_EQ(ReadOne(), Answered("4", R"({"taskId":"gh/dev/t","status":"cancelled"})"));
  EXPECT_THAT(journal_.lines, ElementsAre("intent 3: allow rule pg__query ", "outcome 3: ok",
                                          "intent 4: allow rule gh__get ", "outcome 4: ok",
                                          "intent 5: allow rule gh__get ", "outcome 5: ok"));
}

TEST_F(TasksTest, ATaskThatWasNotMadeHereReachesNoServer) {
  MakeTasks();
  for (const char* id : {"t", "gh/dev/u", "pg/dev/t", "gh//t", ""}) {
    Request("2", "tasks/get", R"({"taskId":")" + std::string(id) + R"("})");
    EXPECT_THAT(ReadOne(), HasSubstr(R"("error":{"code":-32602,"message":"unknown task")")) << id;
    EXPECT_THAT(journal_.lines.back(), HasSubstr("deny unknown_name"));
  }
  for (const char* params : {"{}", R"({"taskId":7})"}) {
    Request("2", "tasks/get", params);
    EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
  }
  Request("2", "tasks/get", R"({"taskId":"pg//t","taskId":"gh/dev/t"})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
  journal_.full = true;
  Request("2", "tasks/get", R"({"taskId":"pg//t"})");
  EXPECT_THAT(ReadOne(), HasSubstr("cannot be audited"));
  EXPECT_THAT(server(0).sent, IsEmpty());
  EXPECT_THAT(server(1).sent, IsEmpty());
}

TEST_F(TasksTest, TheListIsMadeOfTheServersListsAndHoldsWhatWasMadeHere) {
  MakeTasks();
  Request("2", "tasks/list");
  Reply(1, R"({"tasks":[{"n":1.0,"taskId":"t"},{"taskId":"alien"}],"nextCursor":"c"})");
  EXPECT_THAT(server(1).sent.back(), HasSubstr(R"("params":{"cursor":"c"}})"));
  Reply(1, R"({"tasks":[]})");
  EXPECT_THAT(Read(), IsEmpty());
  Reply(0, R"({"tasks":[{"taskId":"t"}]})");
  EXPECT_EQ(ReadOne(),
            Answered("2", R"({"tasks":[{"n":1.0,"taskId":"pg//t"},{"taskId":"gh/dev/t"}]})"));
  Request("3", "tasks/list");
  Reply(1, R"({"tasks":[{"taskId":"t"}]})");
  timers_.Advance(seconds(10));
  EXPECT_EQ(ReadOne(), Answered("3", R"({"tasks":[{"taskId":"pg//t"}]})")) << "one is slow";
  Request("4", "tasks/list", R"({"cursor":"c"})");
  EXPECT_THAT(ReadOne(), HasSubstr("-32602"));
}

TEST_F(TasksTest, WithoutTasksTheListIsEmptyAndNothingIsStarted) {
  Open();
  Request("2", "tasks/list");
  EXPECT_EQ(ReadOne(), Answered("2", R"({"tasks":[]})"));
  EXPECT_THAT(launcher_.launched, IsEmpty());
}

TEST_F(TasksTest, WhatIsSaidOfATaskNamesItAsTheClientKnowsIt) {
  client_capabilities_ = R"({"elicitation":{}})";
  MakeTasks();
  Notice(1, "notifications/tasks/status", R"({"taskId":"t","status":"working","x":1.0})");
  EXPECT_EQ(ReadOne(), R"({"jsonrpc":"2.0","method":"notifications/tasks/status","params":)"
                       R"({"taskId":"pg//t","status":"working","x":1.0}})");
  Notice(1, "notifications/tasks/status", R"({"taskId":"alien","status":"working"})");
  Notice(1, "notifications/progress", R"({"progressToken":)" + token_[1] + R"(,"progress":1})");
  EXPECT_THAT(ReadOne(), HasSubstr(R"({"progressToken":"p-pg__query","progress":1})"));
  Notice(1, "notifications/message", R"({"level":"info","data":1,)" + kRelated + R"(t"}}})");
  EXPECT_THAT(ReadOne(), HasSubstr(kRelated + "pg//t"));
  server(1).Say(
      R"({"jsonrpc":"2.0","id":0,"method":"elicitation/create","params":{"message":"m",)" +
      kRelated + R"(t"}}}})");
  EXPECT_THAT(ReadOne(), HasSubstr(kRelated + "pg//t"));
  Write(R"({"jsonrpc":"2.0","id":1,"result":{"action":"accept",)" + kRelated + R"(pg//t"}}}})");
  EXPECT_THAT(server(1).sent.back(), HasSubstr(kRelated + "t\""));
}

TEST_F(TasksTest, AServerIsKeptForItsTasks) {
  idle_timeout_ms_ = 60'000;
  MakeTasks();
  timers_.Advance(hours(1));
  EXPECT_FALSE(server(0).retired);
  Notice(0, "notifications/tasks/status", R"({"taskId":"t","status":"failed"})");
  timers_.Advance(minutes(2));
  EXPECT_TRUE(server(0).retired);
  EXPECT_FALSE(server(1).retired);
  server(1).Vanish("exited with status 1");
  Request("2", "tasks/get", R"({"taskId":"pg//t"})");
  Introduce(2, kOffers);
  Reply(2, R"({"taskId":"t","status":"working"})");
  timers_.Advance(minutes(2));
  EXPECT_TRUE(server(2).retired) << "the process that had the task is gone";
}

TEST_F(TasksTest, TheResultOfATaskIsWaitedForLongerThanACall) {
  MakeTasks();
  Request("2", "tasks/result", R"({"taskId":"pg//t"})");
  timers_.Advance(2 * kCallTimeout);
  EXPECT_THAT(Read(), IsEmpty());
  timers_.Advance(8 * kCallTimeout);
  EXPECT_THAT(ReadOne(), HasSubstr("-32001"));
}

TEST_F(TasksTest, ThereIsABoundAndTheOldestGivesWay) {
  MakeTasks();
  for (size_t i = 0; i < Tasks::kMax - 1; ++i) {
    Call("9", "gh__get");
    Reply(0, R"({"task":{"taskId":"n)" + std::to_string(i) + R"("}})");
  }
  Read();
  Request("2", "tasks/get", R"({"taskId":"gh/dev/t"})");
  EXPECT_THAT(ReadOne(), HasSubstr("unknown task"));
  Request("2", "tasks/get", R"({"taskId":"pg//t"})");
  EXPECT_THAT(server(1).sent.back(), HasSubstr("tasks/get"));
}

TEST_F(TasksTest, AResultThatNamesATaskTwiceIsNotTouched) {
  Open();
  Call("1", "gh__get");
  Introduce(0, kOffers);
  const std::string result = R"({"task":{"taskId":"a","taskId":"b"}})";
  Reply(0, result);
  EXPECT_EQ(ReadOne(), Answered("1", result));
}

}  // namespace
}  // namespace mcplexer::mcp
