// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/timers.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::transport {
namespace {

using std::chrono::seconds;

TEST(TimersTest, RunInOrderOfTheirDeadlines) {
  ManualTimers timers;
  std::string order;
  Timer late(timers), early(timers);
  late.SetAfter(seconds(2), [&] { order += 'b'; });
  early.SetAfter(seconds(1), [&] { order += 'a'; });
  timers.Advance(seconds(1));
  EXPECT_EQ(order, "a");
  EXPECT_FALSE(early.set());
  EXPECT_TRUE(late.set());
  timers.Advance(seconds(1));
  EXPECT_EQ(order, "ab");
}

TEST(TimersTest, SettingAnewReplacesAndDestructionCancels) {
  ManualTimers timers;
  int runs = 0;
  {
    Timer timer(timers);
    timer.SetAfter(seconds(1), [&] { runs += 100; });
    timer.SetAfter(seconds(3), [&] { runs += 1; });
    timers.Advance(seconds(2));
    EXPECT_EQ(runs, 0);
    timers.Advance(seconds(1));
    EXPECT_EQ(runs, 1);
    timer.SetAfter(seconds(1), [&] { runs += 100; });
  }
  timers.Advance(seconds(5));
  EXPECT_EQ(runs, 1);
}

TEST(TimersTest, ACallbackMaySetItsTimerAgainOrDestroyIt) {
  ManualTimers timers;
  auto timer = std::make_unique<Timer>(timers);
  int runs = 0;
  timer->SetAfter(seconds(1), [&] {
    ++runs;
    timer->SetAfter(seconds(1), [&] {
      ++runs;
      timer.reset();
    });
  });
  timers.Advance(seconds(10));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(timer, nullptr);
}

TEST(TimersTest, LaterDeadlinesDoNotArmTheClockAgain) {
  ManualTimers timers;
  Timer first(timers);
  first.SetAfter(seconds(60), [] {});
  const int before = timers.arms();
  for (int i = 0; i < 1000; ++i) {
    Timer call(timers);
    call.SetAfter(seconds(61), [] {});
  }
  EXPECT_EQ(timers.arms(), before);
}

}  // namespace
}  // namespace mcplexer::transport
