// SPDX-License-Identifier: Apache-2.0
// Which era a server is of, and what one of the stateless era is sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "runtime/downstream/instance.h"
#include "tests/unit/downstream/scripted_peer.h"
#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::downstream {
namespace {

using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Patience kLong{seconds(100), seconds(1000)};
const std::string kMeta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                          R"("io.modelcontextprotocol/clientInfo":{"name":"c"},)"
                          R"("io.modelcontextprotocol/clientCapabilities":{"roots":{}})";

class StatelessInstanceTest : public testing::Test, public InstanceObserver {
 protected:
  class Recorder final : public Exchange {
   public:
    explicit Recorder(std::vector<std::string>& events) : events_(events) {}
    void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}
    void OnResponse(const json::Document& doc, const json::Envelope& response) override {
      events_.emplace_back(doc.Raw(response.message));
    }
    void OnFailure(const Failure& failure) override { events_.push_back(failure.message); }

   private:
    std::vector<std::string>& events_;
  };

  StatelessInstanceTest() {
    launcher_.era_memory = &eras_;
    InstanceOptions options;
    options.name = "x";
    options.client_info = R"({"name":"c"})";
    options.client_capabilities = R"({"roots":{}})";
    instance_ = std::make_unique<Instance>(options, launcher_, timers_, *this);
  }
  void OnNotification(Instance&, const json::Document& doc,
                      const json::Envelope& notification) override {
    notified_.emplace_back(doc.Raw(notification.message));
  }
  void OnReady(Instance&) override { ++ready_; }
  void OnLost(Instance&) override { ++lost_; }

  uint64_t Send(const std::string& method, const std::string& params) {
    const uint64_t id = instance_->NextId();
    instance_->Send(id,
                    R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
                        "\"" + (params.empty() ? "" : R"(,"params":)" + params) + "}",
                    std::make_unique<Recorder>(events_), kLong);
    return id;
  }
  Script& peer() { return *launcher_.launched.back(); }
  static std::string IdOf(const std::string& frame) {
    const size_t begin = frame.find(R"("id":)") + 5;
    return frame.substr(begin, frame.find(',', begin) - begin);
  }
  void Answer(const std::string& request, const std::string& result) {
    peer().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(request) + R"(,"result":)" + result + "}");
  }
  void Refuse(const std::string& request, const std::string& error) {
    peer().Say(R"({"jsonrpc":"2.0","id":)" + IdOf(request) + R"(,"error":)" + error + "}");
  }
  // The server is of the stateless era, and the first request of the test waits at it.
  void Discover(const std::string& capabilities = R"({"tools":{}})") {
    Answer(peer().sent.at(0), R"({"resultType":"complete","supportedVersions":["2026-07-28"],)"
                              R"("capabilities":)" +
                                  capabilities + "}");
  }

  transport::ManualTimers timers_;
  ScriptedLauncher launcher_;
  EraMemory eras_;
  std::vector<std::string> events_;
  std::vector<std::string> notified_;
  int ready_ = 0;
  int lost_ = 0;
  std::unique_ptr<Instance> instance_;
};

TEST_F(StatelessInstanceTest, AsksFirstAndStampsEachRequest) {
  const uint64_t id = Send("tools/call", R"({"name":"a","_meta":{"progressToken":1}})");
  ASSERT_THAT(peer().sent, SizeIs(1));
  EXPECT_EQ(peer().sent[0],
            R"({"jsonrpc":"2.0","id":2,"method":"server/discover","params":{)" + kMeta + "}}}");
  Discover();
  EXPECT_TRUE(instance_->stateless());
  EXPECT_EQ(ready_, 1);
  ASSERT_THAT(peer().sent, SizeIs(2));
  EXPECT_EQ(peer().sent[1], R"({"jsonrpc":"2.0","id":)" + std::to_string(id) +
                                R"(,"method":"tools/call","params":{"name":"a",)" + kMeta +
                                R"(,"progressToken":1}}})");
  const uint64_t bare = Send("tools/list", "");
  EXPECT_EQ(peer().sent[2], R"({"params":{)" + kMeta + R"(}},"jsonrpc":"2.0","id":)" +
                                std::to_string(bare) + R"(,"method":"tools/list"})");
  EXPECT_EQ(eras_.Of("x"), ServerEra::kStateless);
  Answer(peer().sent[1], R"({"content":[]})");
  EXPECT_THAT(events_, ElementsAre(HasSubstr(R"("content":[])")));
}

TEST_F(StatelessInstanceTest, AnyOtherErrorIsOfTheSessionEra) {
  for (const char* error :
       {R"({"code":-32601,"message":"m"})", R"({"code":-32602,"message":"m"})",
        R"({"code":0,"message":"m"})", R"({})",
        R"({"code":-32022,"message":"m","data":{"supported":["2025-11-25"]}})"}) {
    eras_.Forget("x");
    instance_->Stop("");
    InstanceOptions options;
    options.name = "x";
    instance_ = std::make_unique<Instance>(options, launcher_, timers_, *this);
    Send("a", "");
    Refuse(peer().sent[0], error);
    ASSERT_THAT(peer().sent, SizeIs(2)) << error;
    EXPECT_THAT(peer().sent[1], HasSubstr(R"("method":"initialize")"));
    Answer(peer().sent[1], R"({"protocolVersion":"2025-06-18","capabilities":{}})");
    EXPECT_EQ(eras_.Of("x"), ServerEra::kSession);
    EXPECT_FALSE(instance_->stateless());
  }
  // Known by now.
  launcher_.launched.clear();
  instance_->Stop("");
  InstanceOptions options;
  options.name = "x";
  instance_ = std::make_unique<Instance>(options, launcher_, timers_, *this);
  Send("a", "");
  EXPECT_THAT(peer().sent, ElementsAre(HasSubstr(R"("method":"initialize")")));
}

TEST_F(StatelessInstanceTest, AServerOfTheNewEraThatRefusesIsNotAskedTheOldWay) {
  Send("a", "");
  Refuse(peer().sent[0], R"({"code":-32022,"message":"m","data":{"supported":["2030-01-01"]}})");
  EXPECT_THAT(events_, ElementsAre(HasSubstr("refused `server/discover`")));
  EXPECT_THAT(launcher_.launched[0]->sent, SizeIs(1));
  EXPECT_EQ(eras_.Of("x"), std::nullopt);
}

TEST_F(StatelessInstanceTest, AServerThatRefusesTheVersionItSpeaksIsAskedOnceMore) {
  constexpr const char* kRefusal =
      R"({"code":-32022,"message":"m","data":{"supported":["2026-07-28"]}})";
  Send("a", "");
  Refuse(peer().sent[0], kRefusal);
  ASSERT_THAT(peer().sent, SizeIs(2));
  EXPECT_THAT(peer().sent[1], HasSubstr(R"("method":"server/discover")"));
  EXPECT_NE(IdOf(peer().sent[1]), IdOf(peer().sent[0]));
  Answer(peer().sent[1], R"({"supportedVersions":["2026-07-28"],"capabilities":{}})");
  EXPECT_TRUE(instance_->stateless());
  EXPECT_THAT(peer().sent, SizeIs(3));
  // ... and not for ever.
  peer().Vanish("exited with status 1");
  timers_.Advance(seconds(10));
  Send("a", "");
  Refuse(peer().sent[0], kRefusal);
  Refuse(peer().sent[1], kRefusal);
  EXPECT_THAT(events_.back(), HasSubstr("refused `server/discover`"));
  EXPECT_THAT(launcher_.launched, SizeIs(2));
}

TEST_F(StatelessInstanceTest, ToolsWithWrongHeadersAreNotListed) {
  const std::string good = R"({"name":"good","inputSchema":{"type":"object","properties":)"
                           R"({"r":{"type":"string","x-mcp-header":"Region"}}}})";
  const std::string bad = R"({"name":"bad","inputSchema":{"type":"object","properties":)"
                          R"({"r":{"type":"string","x-mcp-header":"a b"}}}})";
  for (const bool http : {true, false}) {
    events_.clear();
    InstanceOptions options;
    options.name = "x";
    instance_ = std::make_unique<Instance>(options, launcher_, timers_, *this);
    Send("tools/list", "");
    peer().has_headers = http;
    Discover();
    Answer(peer().sent.back(), R"({"resultType":"complete","tools":[)" + bad + "," + good + "]}");
    ASSERT_THAT(events_, SizeIs(1));
    EXPECT_THAT(events_[0], HasSubstr(good));
    // Over stdio there are no headers that could be wrong.
    EXPECT_EQ(events_[0].find(bad) == std::string::npos, http);
    Send("tools/call", R"({"name":"good","arguments":{"r":"eu"}})");
    EXPECT_EQ(peer().fields, http ? "Mcp-Param-Region: eu\r\n" : "");
  }
}

TEST_F(StatelessInstanceTest, AServerThatEndsUponTheQuestionIsStartedAgain) {
  const uint64_t id = Send("a", "");
  peer().Vanish("exited with status 1");
  EXPECT_THAT(events_, IsEmpty());
  EXPECT_EQ(lost_, 0);
  ASSERT_THAT(launcher_.launched, SizeIs(2));
  ASSERT_THAT(peer().sent, ElementsAre(HasSubstr(R"("method":"initialize")")));
  Answer(peer().sent[0], R"({"protocolVersion":"2025-06-18","capabilities":{}})");
  EXPECT_THAT(peer().sent.back(), HasSubstr("\"id\":" + std::to_string(id)));
  // What ends it then is a failure like any other.
  peer().Vanish("exited with status 1");
  EXPECT_THAT(events_, SizeIs(1));
}

TEST_F(StatelessInstanceTest, AServerThatCannotLiveIsNotStartedForEver) {
  Send("a", "");
  peer().Vanish("exited with status 1");
  peer().Vanish("exited with status 1");
  EXPECT_THAT(launcher_.launched, SizeIs(2));
  EXPECT_THAT(events_, ElementsAre(HasSubstr("exited with status 1 before it was ready")));
  EXPECT_EQ(eras_.Of("x"), std::nullopt);
}

TEST_F(StatelessInstanceTest, SilenceIsOfTheSessionEra) {
  Send("a", "");
  timers_.Advance(seconds(4));
  EXPECT_THAT(peer().sent, SizeIs(1));
  timers_.Advance(seconds(1));
  ASSERT_THAT(peer().sent, SizeIs(2));
  EXPECT_THAT(peer().aborted, SizeIs(1));
  EXPECT_THAT(peer().sent[1], HasSubstr(R"("method":"initialize")"));
}

TEST_F(StatelessInstanceTest, ASlowServerMayStillBeOfTheNewEra) {
  Send("a", "");
  timers_.Advance(seconds(5));
  Discover();
  EXPECT_EQ(ready_, 0);
  Refuse(peer().sent[1], R"({"code":-32601,"message":"m"})");
  EXPECT_EQ(ready_, 1);
  EXPECT_TRUE(instance_->stateless());
}

TEST_F(StatelessInstanceTest, ASlowServerOfBothErasKeepsTheSession) {
  Send("a", "");
  timers_.Advance(seconds(5));
  Discover();
  Answer(peer().sent[1], R"({"protocolVersion":"2025-06-18","capabilities":{}})");
  EXPECT_FALSE(instance_->stateless());
  EXPECT_EQ(ready_, 1);
}

TEST_F(StatelessInstanceTest, APostThatIsNotAnsweredIsOfTheSessionEra) {
  Send("a", "");
  peer().events->OnNoAnswer(2, {FailureKind::kUnavailable, "HTTP 404"});
  EXPECT_THAT(peer().sent.back(), HasSubstr(R"("method":"initialize")"));
}

TEST_F(StatelessInstanceTest, ListensToWhatIsSubscribedTo) {
  Send("tools/list", "");
  Discover(R"({"prompts":{},"resources":{"subscribe":true}})");
  timers_.Advance(seconds(0));
  const std::string first = peer().sent.back();
  EXPECT_THAT(first, AllOf(HasSubstr(R"("method":"subscriptions/listen")"),
                           HasSubstr(R"("notifications":{"toolsListChanged":true,)"
                                     R"("promptsListChanged":true,"resourcesListChanged":true})")));
  events_.clear();
  Send("resources/subscribe", R"({"uri":"a:b"})");
  Send("resources/subscribe", R"({"uri":"c:d"})");
  timers_.Advance(seconds(0));
  EXPECT_THAT(
      peer().sent[peer().sent.size() - 2],
      AllOf(HasSubstr("notifications/cancelled"), HasSubstr(R"("requestId":)" + IdOf(first))));
  const std::string second = peer().sent.back();
  EXPECT_THAT(second, HasSubstr(R"("resourceSubscriptions":["a:b","c:d"])"));
  EXPECT_THAT(events_, IsEmpty());
  const std::string ours =
      R"("_meta":{"io.modelcontextprotocol/subscriptionId":)" + IdOf(second) + "}";
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{)" +
             ours + R"(,"notifications":{"resourceSubscriptions":["a:b"]}}})");
  EXPECT_THAT(events_, ElementsAre(HasSubstr(R"("result":{})"), HasSubstr("-32602")));
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{)" + ours +
             R"(,"uri":"a:b"}})");
  EXPECT_THAT(notified_, SizeIs(1));
  // Of the one that was given up.
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"_meta":)"
             R"({"io.modelcontextprotocol/subscriptionId":)" +
             IdOf(first) + R"(},"uri":"a:b"}})");
  peer().Say(
      R"({"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:b"}})");
  EXPECT_THAT(notified_, SizeIs(1));
  // It ends: again after a while.
  peer().sent.clear();
  Answer(second, R"({"resultType":"complete"})");
  EXPECT_THAT(peer().sent, IsEmpty());
  timers_.Advance(seconds(1));
  EXPECT_THAT(peer().sent, ElementsAre(HasSubstr(R"("resourceSubscriptions":["a:b"])")));
  Send("resources/unsubscribe", R"({"uri":"a:b"})");
  timers_.Advance(seconds(0));
  EXPECT_THAT(peer().sent.back(), testing::Not(HasSubstr("resourceSubscriptions")));
}

TEST_F(StatelessInstanceTest, AServerWithoutSubscriptionsIsNotAskedAgain) {
  Send("tools/list", "");
  Discover();
  timers_.Advance(seconds(0));
  Refuse(peer().sent.back(), R"({"code":-32601,"message":"m"})");
  events_.clear();
  peer().sent.clear();
  timers_.Advance(seconds(90));
  Send("resources/subscribe", R"({"uri":"a:b"})");
  EXPECT_THAT(events_, ElementsAre(HasSubstr("-32601")));
  EXPECT_THAT(peer().sent, IsEmpty());
}

TEST_F(StatelessInstanceTest, ALogLevelIsSaidWithEachRequest) {
  Send("logging/setLevel", R"({"level":"error"})");
  Discover();
  EXPECT_THAT(events_, ElementsAre(HasSubstr(R"("result":{})")));
  Send("tools/call", R"({"name":"a"})");
  EXPECT_THAT(peer().sent.back(), HasSubstr(R"("io.modelcontextprotocol/logLevel":"error")"));
  Send("tools/call", R"({"name":"a","_meta":{"io.modelcontextprotocol/logLevel":"debug"}})");
  EXPECT_THAT(peer().sent.back(), AllOf(HasSubstr(R"("io.modelcontextprotocol/logLevel":"debug")"),
                                        testing::Not(HasSubstr(R"("error")"))));
}

TEST_F(StatelessInstanceTest, WhatTheEraDoesNotHaveIsNotTaken) {
  Send("tools/call", R"({"name":"a"})");
  Discover();
  const std::string call = peer().sent.back();
  peer().sent.clear();
  peer().Say(R"({"jsonrpc":"2.0","id":1,"method":"roots/list"})");
  instance_->Notify(R"({"jsonrpc":"2.0","method":"notifications/roots/list_changed"})");
  EXPECT_THAT(peer().sent, IsEmpty());
  Answer(call, R"({"resultType":"surprise"})");
  EXPECT_THAT(events_,
              ElementsAre(AllOf(HasSubstr("-32603"), HasSubstr("kind that is not known"))));
}

}  // namespace
}  // namespace mcplexer::downstream
