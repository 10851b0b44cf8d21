// SPDX-License-Identifier: Apache-2.0
// Random policies and calls over a small world, so that patterns meet, nest and overlap often.

#ifndef MCPLEXER_TESTS_REFERENCE_GENERATOR_H_
#define MCPLEXER_TESTS_REFERENCE_GENERATOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::testing {

// The same sequence on every platform (xorshift64*).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 2654435769u + 88172645463325252u) {}

  uint32_t Below(uint32_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<uint32_t>((state_ * 2685821657736338717u) >> 33) % bound;
  }
  bool OneIn(uint32_t n) { return Below(n) == 0; }
  std::string_view Pick(const std::vector<std::string_view>& from) {
    return from[Below(static_cast<uint32_t>(from.size()))];
  }

 private:
  uint64_t state_;
};

// The directory that `~` stands for in generated calls.
inline constexpr std::string_view kHome = "/home/test";

// A policy in the policy language: valid but for ambiguity.
std::string RandomPolicy(Random& random);

// A call that the policy could be asked about.
reference::Call RandomCall(Random& random, const model::Policy& policy);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_TESTS_REFERENCE_GENERATOR_H_
