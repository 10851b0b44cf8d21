// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/instance.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/downstream/scripted_peer.h"
#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::downstream {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Patience kPatience{seconds(10), seconds(100)};
const std::string kHello =
    R"({"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2025-06-18","capabilities":{}}})";

class InstanceTest : public testing::Test, public InstanceObserver {
 protected:
  class Recorder final : public Exchange {
   public:
    Recorder(std::vector<std::string>& events, std::string name)
        : events_(events), name_(std::move(name)) {}
    void OnProgress(const json::Document& doc, const json::Envelope& notification,
                    json::NodeId) override {
      events_.push_back(name_ + " progress " +
                        std::string(doc.Raw(doc.Find(notification.params, "progress"))));
    }
    void OnResponse(const json::Document& doc, const json::Envelope& response) override {
      events_.push_back(
          name_ + " " +
          std::string(doc.Raw(response.result.valid() ? response.result : response.error)));
    }
    void OnFailure(const Failure& failure) override {
      events_.push_back(name_ + " failed " + std::to_string(static_cast<int>(failure.kind)) + " " +
                        failure.message);
    }

   private:
    std::vector<std::string>& events_;
    const std::string name_;
  };

  void OnNotification(Instance&, const json::Document&,
                      const json::Envelope& notification) override {
    notified_.emplace_back(notification.method);
  }
  bool OnRequest(Instance&, const json::Document&, const json::Envelope&) override {
    return takes_requests_;
  }
  void OnReady(Instance&) override { ++ready_; }
  void OnLost(Instance&) override { ++lost_; }

  void Make(plan::Restart restart = plan::Restart::kOnFailure,
            transport::Duration idle_timeout = {}) {
    InstanceOptions options;
    options.name = "x";
    options.client_info = R"({"name":"c"})";
    options.restart = restart;
    options.idle_timeout = idle_timeout;
    options.limits.requests = 3;
    options.limits.queued_bytes = 1000;
    instance_ = std::make_unique<Instance>(options, launcher_, timers_, *this);
  }
  uint64_t Send(const std::string& name) {
    const uint64_t id = instance_->NextId();
    instance_->Send(id, "request " + name, std::make_unique<Recorder>(events_, name), kPatience);
    return id;
  }
  Script& peer() { return *launcher_.launched.back(); }
  void Introduce() {
    const std::string initialize = peer().sent.front();
    const size_t begin = initialize.find(R"("id":)") + 5;
    std::string hello = kHello;
    hello.replace(hello.find("ID"), 2,
                  initialize.substr(begin, initialize.find(',', begin) - begin));
    peer().Say(hello);
  }
  void Answer(uint64_t id, const std::string& result) {
    peer().Say(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"result":)" + result + "}");
  }

  transport::ManualTimers timers_;
  ScriptedLauncher launcher_;
  std::vector<std::string> events_;
  std::vector<std::string> notified_;
  bool takes_requests_ = false;
  int ready_ = 0;
  int lost_ = 0;
  std::unique_ptr<Instance> instance_;
};

using Events = std::vector<std::string>;

TEST_F(InstanceTest, IntroducesItselfFirstAndThenSendsWhatWaitedInOrder) {
  Make();
  EXPECT_TRUE(launcher_.launched.empty());
  Send("a");
  Send("b");
  ASSERT_EQ(peer().sent.size(), 1u);
  EXPECT_EQ(peer().sent[0],
            R"({"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":)"
            R"("2025-11-25","capabilities":{},"clientInfo":{"name":"c"}}})");
  Introduce();
  EXPECT_EQ(Events(peer().sent.begin() + 1, peer().sent.end()),
            (Events{R"({"jsonrpc":"2.0","method":"notifications/initialized"})", "request a",
                    "request b"}));
  Send("c");
  EXPECT_EQ(peer().sent.back(), "request c");
  EXPECT_EQ(launcher_.launched.size(), 1u);
}

TEST_F(InstanceTest, AnswersFindTheirRequestInAnyOrderAndOnlyOnce) {
  Make();
  const uint64_t a = Send("a");
  const uint64_t b = Send("b");
  Introduce();
  Answer(b, "{}");
  Answer(b, "{}");
  Answer(77, "{}");
  peer().Say(R"({"jsonrpc":"2.0","id":")" + std::to_string(a) + R"(","result":{}})");
  EXPECT_EQ(events_, Events{"b {}"}) << "an id is its type too";
  peer().Say(R"({"jsonrpc":"2.0","id":)" + std::to_string(a) +
             R"(,"error":{"code":-1,"message":"m"}})");
  EXPECT_EQ(events_, (Events{"b {}", R"(a {"code":-1,"message":"m"})"}));
}

TEST_F(InstanceTest, ABatchOfAnswersIsReadOneByOne) {
  Make();
  const uint64_t a = Send("a");
  const uint64_t b = Send("b");
  Introduce();
  peer().Say(R"([{"jsonrpc":"2.0","id":)" + std::to_string(b) +
             R"(,"result":1},{"jsonrpc":"2.0","id":)" + std::to_string(a) + R"(,"result":2}])");
  EXPECT_EQ(events_, (Events{"b 1", "a 2"}));
}

TEST_F(InstanceTest, ARequestThatIsLostLosesNoOther) {
  Make();
  const uint64_t a = Send("a");
  const uint64_t b = Send("b");
  Introduce();
  PeerEvents& events = *peer().events;
  EXPECT_TRUE(events.Awaits(a));
  events.OnNoAnswer(a, {FailureKind::kGone, "lost"});
  EXPECT_FALSE(events.Awaits(a));
  events.OnNoAnswer(a, {FailureKind::kGone, "lost again"});
  Answer(b, "{}");
  events.OnNoAnswer(b, {FailureKind::kGone, "it was answered"});
  EXPECT_EQ(events_, (Events{"a failed 1 lost", "b {}"}));
  EXPECT_FALSE(peer().retired);
}

TEST_F(InstanceTest, NothingIsAnsweredBeforeItWasSent) {
  Make();
  const uint64_t a = Send("a");
  Answer(a, "{}");
  EXPECT_TRUE(events_.empty());
  Introduce();
  Answer(a, "{}");
  EXPECT_EQ(events_, Events{"a {}"});
}

TEST_F(InstanceTest, ProgressIsForTheRequestWhoseIdIsTheTokenUntilItIsAnswered) {
  Make();
  const uint64_t a = Send("a");
  Introduce();
  const auto progress = [&](int n) {
    peer().Say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
               std::to_string(a) + R"(,"progress":)" + std::to_string(n) + "}}");
  };
  progress(1);
  progress(2);
  Answer(a, "{}");
  progress(3);
  EXPECT_EQ(events_, (Events{"a progress 1", "a progress 2", "a {}"}));
}

TEST_F(InstanceTest, AProgressThatNamesTwoTokensIsDropped) {
  Make();
  const std::string id = std::to_string(Send("a"));
  Introduce();
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
             id + R"(,"progressToken":5,"progress":1}})");
  EXPECT_TRUE(events_.empty());
}

TEST_F(InstanceTest, ProgressResetsTheTimeoutButNotTheTotal) {
  Make();
  const uint64_t a = Send("a");
  Introduce();
  peer().sent.clear();
  for (int i = 1; i < 11; ++i) {
    timers_.Advance(seconds(9));
    ASSERT_EQ(events_.size(), static_cast<size_t>(i - 1));
    peer().Say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
               std::to_string(a) + R"(,"progress":0}})");
  }
  timers_.Advance(seconds(9));
  EXPECT_EQ(events_.size(), 10u);
  timers_.Advance(seconds(1));
  ASSERT_EQ(events_.size(), 11u);
  EXPECT_EQ(events_.back(), "a failed 2 server `x` did not answer in time; the request timed out");
  EXPECT_EQ(peer().Take(),
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" +
                std::to_string(a) + R"(,"reason":"timed out"}})");
  Answer(a, "{}");
  EXPECT_EQ(events_.size(), 11u) << "a late answer is swallowed";
}

TEST_F(InstanceTest, WithoutProgressARequestTimesOutAfterOneStep) {
  Make();
  Send("a");
  timers_.Advance(seconds(30));
  EXPECT_TRUE(events_.empty()) << "the time it waits for the server to start does not count";
  Introduce();
  timers_.Advance(seconds(9));
  EXPECT_TRUE(events_.empty());
  timers_.Advance(seconds(1));
  EXPECT_EQ(events_.size(), 1u);
}

TEST_F(InstanceTest, CancellingTellsTheServerOnlyWhatItKnows) {
  Make();
  const uint64_t a = Send("a");
  const uint64_t b = Send("b");
  instance_->Cancel(a, "cancel a");
  Introduce();
  EXPECT_EQ(peer().sent.back(), "request b");
  EXPECT_EQ(peer().sent.size(), 3u) << "a was never sent, nor was its cancellation";
  instance_->Cancel(b, "cancel b");
  EXPECT_EQ(peer().sent.back(), "cancel b");
  instance_->Cancel(b, "cancel b again");
  EXPECT_EQ(peer().sent.back(), "cancel b");
  Answer(b, "{}");
  EXPECT_TRUE(events_.empty());
}

TEST_F(InstanceTest, ACancellationIsNotQueuedForAServerThatDoesNotRead) {
  Make();
  const uint64_t a = Send("a");
  const uint64_t b = Send("b");
  Introduce();
  peer().sent.clear();
  peer().queued_bytes = 900;
  instance_->Cancel(a, std::string(101, 'x'));
  EXPECT_TRUE(peer().sent.empty());
  instance_->Cancel(b, std::string(100, 'x'));
  EXPECT_EQ(peer().sent.size(), 1u);
}

TEST_F(InstanceTest, ItsDeathFailsWhatIsOpenAndTheNextRequestStartsItAgain) {
  Make();
  Send("a");
  Introduce();
  Send("b");
  peer().Vanish("exited with status 1");
  EXPECT_EQ(events_, (Events{"a failed 1 server `x` exited with status 1 during the call",
                             "b failed 1 server `x` exited with status 1 during the call"}));
  EXPECT_EQ(lost_, 1);
  Send("c");
  EXPECT_EQ(launcher_.launched.size(), 2u);
  EXPECT_EQ(peer().sent.size(), 1u) << "nothing is sent twice";
}

TEST_F(InstanceTest, RepeatedFailuresBackOff) {
  Make();
  Send("a");
  peer().Vanish("exited with status 1");
  Send("b");
  peer().Vanish("exited with status 1");
  events_.clear();
  Send("c");
  EXPECT_EQ(launcher_.launched.size(), 2u);
  EXPECT_EQ(events_,
            Events{"c failed 0 server `x` exited with status 1; it can be started again in 1 s"});
  timers_.Advance(seconds(1));
  Send("d");
  EXPECT_EQ(launcher_.launched.size(), 3u);
}

TEST_F(InstanceTest, WithRestartNeverItStaysDead) {
  Make(plan::Restart::kNever);
  Send("a");
  Introduce();
  peer().Vanish("exited with status 0", true);
  events_.clear();
  timers_.Advance(minutes(60));
  Send("b");
  EXPECT_EQ(launcher_.launched.size(), 1u);
  EXPECT_EQ(events_, Events{"b failed 0 server `x` exited with status 0, and is not started again "
                            "(restart = never)"});
}

TEST_F(InstanceTest, WithRestartAlwaysItComesBackByItself) {
  Make(plan::Restart::kAlways);
  Send("a");
  Introduce();
  peer().Vanish("exited with status 0", true);
  EXPECT_EQ(launcher_.launched.size(), 1u);
  timers_.Advance(seconds(2));
  EXPECT_EQ(launcher_.launched.size(), 2u);
}

TEST_F(InstanceTest, WhatCannotBeStartedSaysWhy) {
  Make();
  launcher_.refusal = "command `y` is not found in PATH";
  Send("a");
  EXPECT_EQ(events_, Events{"a failed 0 server `x` cannot be started: command `y` is not found in "
                            "PATH"});
}

TEST_F(InstanceTest, AServerThatDoesNotIntroduceItselfInTimeIsGivenUp) {
  Make();
  Send("a");
  timers_.Advance(seconds(60));
  EXPECT_EQ(events_, Events{"a failed 0 server `x` did not answer `initialize` within 60 s"});
  EXPECT_TRUE(peer().retired);
}

TEST_F(InstanceTest, AServerOfAnotherEraIsRefused) {
  Make();
  Send("a");
  peer().Say(R"({"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"1999-01-01"}})");
  ASSERT_EQ(events_.size(), 1u);
  EXPECT_NE(events_[0].find("speaks version `1999-01-01`"), std::string::npos);
  EXPECT_TRUE(peer().retired);
}

TEST_F(InstanceTest, AnIdleServerIsStoppedAndStartedAgainWhenNeeded) {
  Make(plan::Restart::kNever, minutes(5));
  const uint64_t a = Send("a");
  Introduce();
  timers_.Advance(seconds(5));
  Answer(a, "{}");
  timers_.Advance(minutes(5) - seconds(1));
  EXPECT_FALSE(peer().retired);
  timers_.Advance(seconds(1));
  EXPECT_TRUE(peer().retired);
  EXPECT_FALSE(instance_->running());
  EXPECT_EQ(lost_, 0);
  Send("b");
  EXPECT_EQ(launcher_.launched.size(), 2u);
}

TEST_F(InstanceTest, BoundsWhatIsOpenAndWhatWaits) {
  Make();
  Send("a");
  Send("b");
  Send("c");
  Send("d");
  EXPECT_EQ(events_, Events{"d failed 0 server `x` has 3 requests to answer already"});
  instance_->Cancel(1, "");
  events_.clear();
  const uint64_t id = instance_->NextId();
  instance_->Send(id, std::string(2000, 'x'), std::make_unique<Recorder>(events_, "e"), kPatience);
  EXPECT_EQ(events_, Events{"e failed 0 server `x` does not take what is sent to it"});
}

TEST_F(InstanceTest, AnswersPingAndRefusesOtherRequests) {
  Make();
  Send("a");
  Introduce();
  peer().Say(R"({"jsonrpc":"2.0","id":"p","method":"ping"})");
  EXPECT_EQ(peer().Take(), R"({"jsonrpc":"2.0","id":"p","result":{}})");
  peer().Say(R"({"jsonrpc":"2.0","id":7,"method":"sampling/createMessage","params":{}})");
  EXPECT_EQ(peer().Take(),
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"the client )"
            R"(does not offer this method"}})");
}

TEST_F(InstanceTest, AServerThatAsksWithoutReadingIsNotAnswered) {
  Make();
  Send("a");
  Introduce();
  peer().queued_bytes = 1001;
  peer().sent.clear();
  peer().Say(R"({"jsonrpc":"2.0","id":"p","method":"ping"})");
  EXPECT_TRUE(peer().sent.empty());
}

TEST_F(InstanceTest, SkipsGarbageAndReportsNotifications) {
  Make();
  const uint64_t a = Send("a");
  Introduce();
  for (const char* garbage : {"hello", "{", "[]", "\"x\"", "\xff", "{\"jsonrpc\":\"2.0\"}",
                              R"({"jsonrpc":"2.0","id":1,"id":1,"result":{}})"}) {
    peer().Say(garbage);
  }
  instance_->SetReading(false);
  EXPECT_FALSE(peer().reading);
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/message","params":{"a":{"b":1,"b":2}}})");
  EXPECT_TRUE(notified_.empty());
  peer().Say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
  EXPECT_EQ(notified_, Events{"notifications/tools/list_changed"});
  Answer(a, "{}");
  EXPECT_EQ(events_, Events{"a {}"});
}

TEST_F(InstanceTest, IsNotAskedForWhatItDoesNotOffer) {
  Make();
  const auto send = [&](const std::string& name, Offer needed) {
    instance_->Send(instance_->NextId(), "request " + name,
                    std::make_unique<Recorder>(events_, name), kPatience, needed);
  };
  send("waiting", &Offers::prompts);
  send("a", nullptr);
  Introduce();
  send("ready", &Offers::resources);
  EXPECT_EQ(events_, (Events{"waiting failed 3 server `x` does not offer this",
                             "ready failed 3 server `x` does not offer this"}));
  EXPECT_EQ(peer().sent.back(), "request a");
  EXPECT_EQ(ready_, 1);
}

TEST_F(InstanceTest, ReadsWhatTheServerOffers) {
  Make();
  Send("a");
  peer().Say(R"({"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"2025-11-25","capabilities":)"
             R"({"prompts":{},"resources":{"subscribe":true},"logging":7,)"
             R"("tasks":{"list":{},"cancel":null}}}})");
  const Offers& offers = instance_->offers();
  EXPECT_TRUE(offers.prompts && offers.resources && offers.subscriptions && offers.tasks_list);
  EXPECT_FALSE(offers.logging || offers.tasks_cancel);
}

TEST_F(InstanceTest, ItsRequestsAreAnsweredToTheRunThatMadeThem) {
  Make();
  takes_requests_ = true;
  const std::string request = R"({"jsonrpc":"2.0","id":7,"method":"roots/list"})";
  Send("a");
  peer().Say(request);
  EXPECT_EQ(peer().sent.back(), R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":)"
                                R"("the session is not initialized"}})");
  Introduce();
  peer().Say(request);
  instance_->Answer(1, "answer");
  EXPECT_EQ(peer().sent.back(), "answer");
  peer().Say(request);
  peer().Vanish("exited with status 1");
  Send("b");
  Introduce();
  instance_->Answer(1, "late");
  EXPECT_NE(peer().sent.back(), "late");
  EXPECT_EQ(instance_->run(), 2u);
  peer().queued_bytes = 1000;
  instance_->Answer(2, "no room");
  instance_->Notify("no room");
  EXPECT_NE(peer().sent.back(), "no room");
}

TEST_F(InstanceTest, NothingTimesOutAndNothingStopsWhileItWaitsForTheClient) {
  Make(plan::Restart::kOnFailure, minutes(1));
  takes_requests_ = true;
  const uint64_t a = Send("a");
  Introduce();
  peer().Say(R"({"jsonrpc":"2.0","id":7,"method":"roots/list"})");
  timers_.Advance(seconds(50));
  EXPECT_TRUE(events_.empty());
  Answer(a, "{}");
  timers_.Advance(minutes(5));
  EXPECT_FALSE(peer().retired);
  instance_->Hold();
  instance_->Forget(1);
  timers_.Advance(minutes(5));
  EXPECT_FALSE(peer().retired) << "held";
  instance_->Release();
  timers_.Advance(minutes(2));
  EXPECT_TRUE(peer().retired);
}

TEST_F(InstanceTest, HoweverLongItWaitsForTheClientACallHasAnEnd) {
  Make();
  takes_requests_ = true;
  Send("a");
  Introduce();
  peer().Say(R"({"jsonrpc":"2.0","id":7,"method":"roots/list"})");
  timers_.Advance(seconds(99));
  EXPECT_TRUE(events_.empty());
  timers_.Advance(seconds(1));
  EXPECT_EQ(events_.size(), 1u);
}

TEST_F(InstanceTest, StopFailsWhatIsOpenAndIsForGood) {
  Make(plan::Restart::kAlways);
  Send("a");
  Introduce();
  instance_->Stop("the gateway is shutting down");
  EXPECT_TRUE(peer().retired);
  Send("b");
  timers_.Advance(minutes(10));
  EXPECT_EQ(launcher_.launched.size(), 1u);
  EXPECT_EQ(events_, (Events{"a failed 1 server `x`: the gateway is shutting down",
                             "b failed 0 the gateway is shutting down"}));
}

}  // namespace
}  // namespace mcplexer::downstream
