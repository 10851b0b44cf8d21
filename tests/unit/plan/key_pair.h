// SPDX-License-Identifier: Apache-2.0
// Pairs of keys that are the same in each run, and plans signed by them.

#ifndef MCPLEXER_TESTS_UNIT_PLAN_KEY_PAIR_H_
#define MCPLEXER_TESTS_UNIT_PLAN_KEY_PAIR_H_

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <cstdint>

#include "compiler/emit/plan_writer.h"
#include "runtime/plan/signature.h"
#include "tests/unit/plan/plan_bytes.h"

namespace mcplexer::plan::testing {

struct KeyPair {
  explicit KeyPair(std::array<uint8_t, 32> seed) {
    EXPECT_GE(sodium_init(), 0);
    crypto_sign_ed25519_seed_keypair(public_key.data(), secret_key.data(), seed.data());
  }
  explicit KeyPair(uint8_t number) : KeyPair(std::array<uint8_t, 32>{number}) {}

  Bytes Signed(Bytes plan) const {
    emit::Sign(plan, secret_key);
    return plan;
  }

  PublicKey public_key{};
  std::array<uint8_t, 64> secret_key{};
};

}  // namespace mcplexer::plan::testing

#endif  // MCPLEXER_TESTS_UNIT_PLAN_KEY_PAIR_H_
