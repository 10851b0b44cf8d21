// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/log_text.h"

#include <gtest/gtest.h>

#include <string>

namespace mcplexer::downstream {
namespace {

TEST(MaskTest, ReplacesEverySecretWhereverItIs) {
  Mask mask;
  mask.Add(auth::SecretString("tok"));
  mask.Add(auth::SecretString("token-123"));
  mask.Add(auth::SecretString(""));
  EXPECT_EQ(mask.Apply("a token-123 b token-123token-123 tok"), "a *** b ****** ***");
  EXPECT_EQ(mask.Apply("nothing"), "nothing");
}

TEST(MaskTest, ASecretOfStarsDoesNotLoop) {
  Mask mask;
  mask.Add(auth::SecretString("*"));
  EXPECT_EQ(mask.Apply("a*b"), "a***b");
}

TEST(PrintableTest, EscapesControlCharactersAndWhatIsNotUtf8) {
  EXPECT_EQ(Printable("caf\xc3\xa9 \x1b[31m\x07\x7f\xff\t", 100),
            "caf\xc3\xa9 \\x1b[31m\\x07\\x7f\\xff\\x09");
  EXPECT_EQ(Printable("abcdef", 3), "abc...");
}

TEST(RateLimitTest, LetsABurstThroughAndThenASteadyNumber) {
  RateLimit limit(3, 2);
  transport::TimePoint now{std::chrono::hours(1)};
  int allowed = 0;
  for (int i = 0; i < 10; ++i) allowed += limit.Allow(now) ? 1 : 0;
  EXPECT_EQ(allowed, 3);
  EXPECT_EQ(limit.TakeDropped(), 7u);
  EXPECT_EQ(limit.TakeDropped(), 0u);
  now += std::chrono::seconds(1);
  for (int i = 0; i < 10; ++i) allowed += limit.Allow(now) ? 1 : 0;
  EXPECT_EQ(allowed, 5);
}

}  // namespace
}  // namespace mcplexer::downstream
