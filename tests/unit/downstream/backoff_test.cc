// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/backoff.h"

#include <gtest/gtest.h>

namespace mcplexer::downstream {
namespace {

using std::chrono::seconds;

TEST(BackoffTest, TheFirstRestartIsFreeThenTheWaitDoublesUpToAMinute) {
  Backoff backoff;
  const transport::TimePoint now{seconds(1000)};
  EXPECT_LT(backoff.not_before(), now);
  for (const int expected : {0, 1, 2, 4, 8, 16, 32, 60, 60, 60}) {
    backoff.OnFailure(now, seconds(1));
    EXPECT_EQ(backoff.not_before() - now, seconds(expected));
  }
}

TEST(BackoffTest, ALongLifeBeforeAFailureForgivesEarlierOnes) {
  Backoff backoff;
  const transport::TimePoint now{seconds(1000)};
  for (int i = 0; i < 5; ++i) backoff.OnFailure(now, seconds(0));
  backoff.OnFailure(now, Backoff::kLongLife);
  EXPECT_EQ(backoff.not_before(), now);
}

}  // namespace
}  // namespace mcplexer::downstream
