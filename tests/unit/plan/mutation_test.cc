// SPDX-License-Identifier: Apache-2.0
// Damage behind a digest that is right: the plan is refused, or safe to use. Means most under
// AddressSanitizer.

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "runtime/plan/digest.h"
#include "runtime/plan/plan.h"
#include "tests/unit/plan/exercise.h"
#include "tests/unit/plan/plan_bytes.h"
#include "tests/unit/plan/sample_plan.h"

namespace mcplexer::plan {
namespace {

struct Tally {
  size_t refused = 0;
  size_t loaded = 0;
  size_t decisions = 0;

  void Try(Bytes bytes) {
    Reseal(bytes);
    Result<Plan> plan = Plan::Load(std::move(bytes));
    if (!plan) {
      ++refused;
      return;
    }
    ++loaded;
    decisions += testing::Exercise(std::move(*plan));
  }
};

TEST(Mutation, EveryByteOfEverySectionChanged) {
  const Bytes bytes = emit::Serialize(testing::SampleSections(), Digest{});
  Tally tally;
  for (size_t i = sizeof(Header); i < bytes.size(); ++i) {
    for (const uint8_t value : {uint8_t{0}, uint8_t{1}, uint8_t{0xFF}}) {
      if (bytes[i] == std::byte{value}) continue;
      Bytes changed = bytes;
      changed[i] = std::byte{value};
      tally.Try(std::move(changed));
    }
  }
  EXPECT_GT(tally.refused, tally.loaded);
  EXPECT_GT(tally.loaded, 100u);
  EXPECT_GT(tally.decisions, 10'000u);
}

TEST(Mutation, RandomWordsChanged) {
  const Bytes bytes = emit::Serialize(testing::SampleSections(), Digest{});
  std::mt19937 generator(20260728);
  const auto random = [&] { return static_cast<uint32_t>(generator()); };
  Tally tally;
  for (int round = 0; round < 3000; ++round) {
    Bytes changed = bytes;
    const int words = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < words; ++i) {
      const size_t at = sizeof(Header) + random() % ((bytes.size() - sizeof(Header)) / 4) * 4;
      // Small numbers and neighbours of what is there are what gets past bounds checks.
      uint32_t word;
      std::memcpy(&word, changed.data() + at, sizeof word);
      word = random() % 2 == 0 ? random() % 8 : word + random() % 5 - 2;
      std::memcpy(changed.data() + at, &word, sizeof word);
    }
    tally.Try(std::move(changed));
  }
  EXPECT_GT(tally.refused, 500u);
  EXPECT_GT(tally.loaded, 50u);
}

}  // namespace
}  // namespace mcplexer::plan
