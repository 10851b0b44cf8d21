// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/calls.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/audit/log_fixture.h"

namespace mcplexer::audit {
namespace {

class CallsTest : public LogTest {
 protected:
  Intent Denied() const {
    Intent intent = MakeIntent();
    intent.decision = "deny";
    return intent;
  }

  // A stream whose process died with one call open.
  void Die() {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto log = OpenLog();
      _exit(log && log->AppendIntent(MakeIntent()) && raise(SIGKILL) == 0 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
  }

  static std::vector<CallState> States(const std::vector<Call>& calls) {
    std::vector<CallState> states;
    for (const Call& call : calls) states.push_back(call.state);
    return states;
  }
};

using enum CallState;
using Expected = std::vector<CallState>;

TEST_F(CallsTest, JoinsOutcomesToTheirIntents) {
  auto log = OpenLog();
  const uint64_t first = *log->AppendIntent(MakeIntent());
  const uint64_t second = *log->AppendIntent(MakeIntent());
  ASSERT_TRUE(log->AppendIntent(Denied()));
  ASSERT_TRUE(log->AppendOutcome({.intent = second}));
  CallTail tail(directory());
  const auto calls = *tail.Last(10);
  ASSERT_EQ(States(calls), (Expected{kPending, kFinished, kDenied}));
  EXPECT_EQ(calls[0].sequence, first);
  EXPECT_EQ(calls[1].sequence, second);
  EXPECT_NE(calls[1].outcome.find("\"intent\":3"), std::string::npos);
}

TEST_F(CallsTest, MergesStreamsByTime) {
  auto a = OpenLog();
  auto b = OpenLog();
  std::vector<std::string> expected;
  for (int i = 0; i < 6; ++i) {
    Log& log = i % 2 == 0 ? *a : *b;
    ASSERT_TRUE(log.AppendIntent(Denied()));
    expected.push_back(log.stream());
  }
  CallTail tail(directory());
  const auto calls = *tail.Last(4);
  ASSERT_EQ(calls.size(), 4u);
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(calls[i].stream, expected[i + 2]);
}

TEST_F(CallsTest, GoesBackThroughSegmentsForEnough) {
  auto log = OpenLog(2000);
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(log->AppendIntent(Denied()));
  ASSERT_GT(ListSegments(log->stream_directory())->size(), 10u);
  for (const size_t count : {0u, 1u, 7u, 39u, 40u, 1000u}) {
    CallTail tail(directory());
    const auto calls = *tail.Last(count);
    ASSERT_EQ(calls.size(), std::min<size_t>(count, 40));
    if (count != 0) {
      EXPECT_EQ(calls.back().sequence, 41u);
    }
  }
}

TEST_F(CallsTest, AnOpenCallOfADeadGatewayIsInterrupted) {
  Die();
  CallTail tail(directory());
  EXPECT_EQ(States(*tail.Last(10)), (Expected{kInterrupted}));
}

TEST_F(CallsTest, AnOpenCallOfAClosedLogIsInterrupted) {
  auto log = OpenLog();
  ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  ASSERT_TRUE(log->Close());
  CallTail tail(directory());
  EXPECT_EQ(States(*tail.Last(10)), (Expected{kInterrupted}));
}

TEST_F(CallsTest, FollowsLiveStreamsAndNewOnes) {
  auto log = OpenLog();
  const uint64_t open = *log->AppendIntent(MakeIntent());
  CallTail tail(directory());
  EXPECT_EQ(States(*tail.Last(1)), (Expected{kPending}));
  EXPECT_TRUE(tail.Poll()->empty());
  ASSERT_TRUE(log->AppendOutcome({.intent = open}));
  EXPECT_EQ(States(*tail.Poll()), (Expected{kFinished}));
  auto other = OpenLog();
  ASSERT_TRUE(other->AppendIntent(Denied()));
  ASSERT_TRUE(other->AppendIntent(MakeIntent()));
  EXPECT_EQ(States(*tail.Poll()), (Expected{kDenied}));
  ASSERT_TRUE(other->Close());
  EXPECT_EQ(States(*tail.Poll()), (Expected{kInterrupted}));
  EXPECT_TRUE(tail.Poll()->empty());
  Die();
  EXPECT_EQ(States(*tail.Poll()), (Expected{kInterrupted}));
}

TEST_F(CallsTest, ReportsDamage) {
  auto log = OpenLog();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(log->AppendIntent(Denied()));
  ASSERT_TRUE(log->Close());
  const std::string path = log->stream_directory() + "/" + SegmentName(1);
  std::string bytes = test::ReadFile(path);
  bytes[bytes.size() / 2] ^= 1;
  test::WriteFile(path, bytes);
  CallTail tail(directory());
  EXPECT_LT(tail.Last(10)->size(), 3u);
  ASSERT_EQ(tail.problems().size(), 1u);
  EXPECT_EQ(tail.problems()[0].stream, log->stream());
}

}  // namespace
}  // namespace mcplexer::audit
