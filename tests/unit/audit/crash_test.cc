// SPDX-License-Identifier: Apache-2.0
// Real processes, really killed.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <set>
#include <thread>

#include "runtime/audit/recover.h"
#include "runtime/audit/verify.h"
#include "tests/unit/audit/log_fixture.h"

namespace mcplexer::audit {
namespace {

class CrashTest : public LogTest {
 protected:
  // Appends until it is killed and tells the pipe of each record once it is acknowledged.
  [[noreturn]] void WriteForever(int pipe) {
    const Result<std::unique_ptr<Log>> log =
        Log::Open({.directory = directory(), .segment_bytes = 20000});
    if (!log) _exit(1);
    for (;;) {
      const Result<uint64_t> sequence = (*log)->AppendIntent(MakeIntent());
      if (!sequence) _exit(2);
      if (write(pipe, &*sequence, sizeof(*sequence)) != sizeof(*sequence)) _exit(3);
    }
  }
};

TEST_F(CrashTest, KilledAtAnyMomentNothingAcknowledgedIsLost) {
  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> microseconds(500, 12000);
  std::set<std::string> seen;
  uint64_t total = 0;
  for (int round = 0; round < 50; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(pipe[0]);
      WriteForever(pipe[1]);
    }
    close(pipe[1]);
    uint64_t acknowledged = 0;
    // The clock starts with the first record.
    ASSERT_EQ(read(pipe[0], &acknowledged, sizeof(acknowledged)),
              static_cast<ssize_t>(sizeof(acknowledged)));
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
      kill(child, SIGKILL);
    });
    uint64_t sequence = 0;
    while (read(pipe[0], &sequence, sizeof(sequence)) == static_cast<ssize_t>(sizeof(sequence))) {
      acknowledged = sequence;
    }
    killer.join();
    close(pipe[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));

    std::string stream;
    const std::vector<std::string> streams = *ListStreams(directory());
    for (const std::string& name : streams) {
      if (seen.insert(name).second) stream = name;
    }
    ASSERT_NE(stream, "");
    EXPECT_EQ(*StateOf(directory() + "/" + stream), StreamState::kAbandoned);
    const auto recovered = RecoverStreams(directory(), clock_);
    ASSERT_EQ(recovered->size(), 1u);
    EXPECT_EQ(recovered->at(0).problem, "");
    const StreamReport report = *VerifyStream(directory(), stream);
    EXPECT_FALSE(report.problem.has_value()) << report.problem->what;
    // All that was acknowledged, perhaps one that was written but not told, and `recovered`.
    EXPECT_GE(report.records, acknowledged + 1);
    EXPECT_LE(report.records, acknowledged + 2);
    total += acknowledged;
  }
  EXPECT_GT(total, 1000u) << "too few records to prove anything";
}

TEST_F(CrashTest, ManyProcessesWriteAtOnce) {
  constexpr int kProcesses = 8;
  constexpr int kRecords = 300;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto log = Log::Open({.directory = directory(), .segment_bytes = 20000});
      if (!log) _exit(1);
      // Each of them also tries to recover the others.
      for (int k = 0; k < kRecords; ++k) {
        if (!(*log)->AppendIntent(MakeIntent())) _exit(2);
        if (k % 100 == 0 && !RecoverStreams(directory())->empty()) _exit(3);
      }
      _exit((*log)->Close() ? 0 : 4);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  const auto reports = *Verify(directory());
  ASSERT_EQ(reports.size(), size_t{kProcesses});
  for (const StreamReport& report : reports) {
    EXPECT_FALSE(report.problem.has_value());
    EXPECT_EQ(report.state, StreamState::kSealed);
    EXPECT_EQ(report.records, uint64_t{kRecords} + 2);
  }
}

// A reader beside a writer sees whole records, all of them, and never damage.
TEST_F(CrashTest, AReaderFollowsALiveWriter) {
  constexpr uint64_t kRecords = 3000;
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto log = Log::Open({.directory = directory(), .segment_bytes = 20000});
    if (!log || write(pipe[1], "x", 1) != 1) _exit(1);
    for (uint64_t i = 0; i < kRecords; ++i) {
      if (!(*log)->AppendIntent(MakeIntent())) _exit(2);
    }
    _exit((*log)->Close() ? 0 : 4);
  }
  char started = 0;
  ASSERT_EQ(read(pipe[0], &started, 1), 1);
  StreamCursor cursor(directory() + "/" + ListStreams(directory())->at(0));
  uint64_t records = 0;
  bool closed = false;
  while (!closed) {
    const StreamCursor::Step step = cursor.Next();
    ASSERT_NE(step, StreamCursor::Step::kDamaged) << cursor.problem().what;
    if (step != StreamCursor::Step::kRecord) continue;
    ASSERT_EQ(cursor.record().sequence, ++records);
    closed = cursor.record().type == RecordType::kClosed;
  }
  EXPECT_EQ(records, kRecords + 2);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  close(pipe[0]);
  close(pipe[1]);
}

}  // namespace
}  // namespace mcplexer::audit
