// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/interview.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/unit/downstream/scripted_peer.h"
#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::record {
namespace {

using inventory::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

class InterviewTest : public testing::Test {
 protected:
  explicit InterviewTest() {
    limits_.patience = std::chrono::seconds(60);
    limits_.pages = 5;
    downstream::InstanceOptions options;
    options.server = ServerId(uint32_t{0});
    options.name = "s";
    options.client_info = "{}";
    options.restart = plan::Restart::kNever;
    options.limits.handshake = limits_.patience;
    interview_ = std::make_unique<Interview>(std::move(options), launcher_, timers_, limits_,
                                             [this] { ++ends_; });
    interview_->Begin();
  }
  downstream::Script& peer() { return *launcher_.launched.at(0); }

  // Answers the last request with `result`, which it must have asked for by `method`.
  void Answer(const std::string& method, const std::string& result) {
    const auto request = nlohmann::json::parse(peer().Take());
    EXPECT_EQ(request["method"], method);
    last_params_ = request.value("params", nlohmann::json()).dump();
    peer().Say(
        fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{}}})", request["id"].dump(), result));
  }
  void Refuse(int code) {
    const auto request = nlohmann::json::parse(peer().Take());
    peer().Say(
        fmt::format(R"({{"jsonrpc":"2.0","id":{},"error":{{"code":{},"message":"no\u001b"}}}})",
                    request["id"].dump(), code));
  }
  void Introduce(const std::string& capabilities, const std::string& more = "") {
    Answer("initialize", fmt::format(R"({{"protocolVersion":"2025-06-18","capabilities":{},
                            "serverInfo":{{"version":"2","name":"x"}}{}}})",
                                     capabilities, more));
    Answer("ping", "{}");
  }
  // The recording, when the interview is over.
  Recording& Ended() {
    timers_.Advance(std::chrono::seconds(0));
    EXPECT_EQ(ends_, 1);
    EXPECT_TRUE(launcher_.launched.empty() || peer().retired);
    return interview_->recording();
  }
  std::string Why() {
    const Recording& recording = Ended();
    return recording.answer ? "answered" : recording.answer.error().message;
  }

  InterviewLimits limits_;
  downstream::ScriptedLauncher launcher_;
  transport::ManualTimers timers_;
  int ends_ = 0;
  std::string last_params_;
  std::unique_ptr<Interview> interview_;
};

TEST_F(InterviewTest, AsksForAllThatTheServerAnnounces) {
  Introduce(R"({"tools":{},"prompts":{},"resources":{}})", R"(,"instructions":"be \u200bnice")");
  Answer("tools/list", R"({"tools":[{"name":"b"},{"name":"a"}]})");
  Answer("prompts/list", R"({"prompts":[{"name":"p"}]})");
  Answer("resources/list", R"({"resources":[{"uri":"u:1","size":3}]})");
  Answer("resources/templates/list", R"({"resourceTemplates":[{"uriTemplate":"u:{x}"}]})");
  const auto& server = Ended().answer;
  ASSERT_TRUE(server);
  EXPECT_EQ(server->protocol_version, "2025-06-18");
  EXPECT_EQ(server->info, R"({"name":"x","version":"2"})");
  EXPECT_EQ(server->instructions, "be \u200bnice");
  EXPECT_NE(server->Find(Kind::kTool, "a"), nullptr);
  EXPECT_EQ(server->of(Kind::kTool)[0].name, "a");
  EXPECT_EQ(server->of(Kind::kPrompt).size(), 1u);
  EXPECT_EQ(server->of(Kind::kResource)[0].definition, R"({"uri":"u:1"})");
  EXPECT_EQ(server->of(Kind::kTemplate).size(), 1u);
}

TEST_F(InterviewTest, AsksForNothingElse) {
  Introduce("{}");
  ASSERT_TRUE(Ended().answer);
  EXPECT_TRUE(Ended().answer->of(Kind::kTool).empty());
}

TEST_F(InterviewTest, ReadsAllPages) {
  Introduce(R"({"tools":{}})");
  Answer("tools/list", R"({"tools":[{"name":"a"}],"nextCursor":"x\"y"})");
  Answer("tools/list", R"({"tools":[{"name":"b"},{"name":"a","twice":1},{}]})");
  EXPECT_EQ(last_params_, R"({"cursor":"x\"y"})");
  const Recording& recording = Ended();
  ASSERT_TRUE(recording.answer);
  EXPECT_EQ(recording.answer->of(Kind::kTool).size(), 2u);
  EXPECT_EQ(recording.answer->Find(Kind::kTool, "a")->definition, R"({"name":"a"})");
  EXPECT_THAT(recording.remarks, ElementsAre("a tool has no `name`; left out",
                                             "tool `a` is listed twice; the first one counts"));
}

TEST_F(InterviewTest, AListThatDoesNotEndIsAFailure) {
  Introduce(R"({"tools":{}})");
  Answer("tools/list", R"({"tools":[],"nextCursor":"x"})");
  Answer("tools/list", R"({"tools":[],"nextCursor":"x"})");
  EXPECT_EQ(Why(), "server `s`: its list of tools does not end");
}

TEST_F(InterviewTest, ManyPagesAreAFailure) {
  Introduce(R"({"tools":{}})");
  for (int page = 0; page < 5; ++page) {
    Answer("tools/list", fmt::format(R"({{"tools":[],"nextCursor":"{}"}})", page));
  }
  EXPECT_EQ(Why(), "server `s`: its list of tools does not end");
}

TEST_F(InterviewTest, AMethodThatIsUnknownIsAnEmptyList) {
  Introduce(R"({"resources":{}})");
  Answer("resources/list", R"({"resources":[]})");
  Refuse(-32601);
  ASSERT_TRUE(Ended().answer);
}

TEST_F(InterviewTest, AnyOtherErrorIsAFailure) {
  Introduce(R"({"tools":{}})");
  Refuse(-32603);
  EXPECT_EQ(Why(), "server `s` answered `tools/list` with `no\\u{1b}`");
}

TEST_F(InterviewTest, AnAnswerThatIsNoListIsAFailure) {
  Introduce(R"({"tools":{}})");
  Answer("tools/list", "7");
  EXPECT_EQ(Why(), "server `s`: the answer to `tools/list` holds no list");
}

TEST_F(InterviewTest, AServerThatIntroducesItselfAmbiguouslyIsAFailure) {
  Introduce(R"({"tools":{},"tools":{}})");
  EXPECT_THAT(Why(), HasSubstr("its answer to `initialize` is malformed: duplicate key"));
}

TEST_F(InterviewTest, AServerThatGoesAwayIsAFailure) {
  Introduce(R"({"tools":{}})");
  peer().Vanish("was killed by signal 9");
  EXPECT_EQ(Why(), "server `s` was killed by signal 9 during the call");
}

TEST_F(InterviewTest, TheTimeIsForEverything) {
  timers_.Advance(std::chrono::seconds(30));
  Introduce(R"({"tools":{}})");
  timers_.Advance(std::chrono::seconds(29));
  EXPECT_EQ(ends_, 0);
  timers_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(Why(), "server `s` did not answer everything within 60 s");
}

TEST(InterviewStartTest, AServerThatCannotBeStartedIsAFailure) {
  downstream::ScriptedLauncher launcher;
  launcher.refusal = "not there";
  transport::ManualTimers timers;
  downstream::InstanceOptions options;
  options.name = "s";
  options.client_info = "{}";
  int ends = 0;
  Interview interview(std::move(options), launcher, timers, {}, [&] { ++ends; });
  interview.Begin();
  timers.Advance(std::chrono::seconds(0));
  EXPECT_EQ(ends, 1);
  EXPECT_EQ(interview.recording().answer.error().message,
            "server `s` cannot be started: not there");
}

}  // namespace
}  // namespace mcplexer::record
