// SPDX-License-Identifier: Apache-2.0
#include "compiler/yaml/scalar_type.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mcplexer::yaml {
namespace {

TEST(ScalarTypeTest, DigitsAreDecimalAndWithoutLeadingZero) {
  EXPECT_EQ(ParseDigits("0"), 0);
  EXPECT_EQ(ParseDigits("300"), 300);
  EXPECT_EQ(ParseDigits("999999999999999"), 999'999'999'999'999);
  for (const char* text : {"", "017", "00", "+1", "-1", "1_000", "0x10", "1e3", "1.0", " 1", "1 ",
                           "1000000000000000", "~", "\xD9\xA1"}) {
    EXPECT_FALSE(ParseDigits(text)) << text;
  }
}

// Every text of up to five of these characters, against nlohmann's reader of JSON.
TEST(ScalarTypeTest, JsonNumbersAreThoseOfAJsonReader) {
  const std::string alphabet = "01.eE+-_";
  size_t numbers = 0;
  for (size_t length = 1; length <= 5; ++length) {
    std::vector<size_t> digits(length, 0);
    for (bool done = false; !done;) {
      std::string text;
      for (const size_t d : digits) text += alphabet[d];
      EXPECT_EQ(IsJsonNumber(text), nlohmann::json::accept(text)) << text;
      EXPECT_FALSE(IsJsonNumber(text) && IsDoubtfulNumber(text)) << text;
      numbers += IsJsonNumber(text) ? 1 : 0;
      size_t i = 0;
      while (i < length && ++digits[i] == alphabet.size()) digits[i++] = 0;
      done = i == length;
    }
  }
  EXPECT_GT(numbers, 200u);
}

TEST(ScalarTypeTest, NumbersOfOtherReadersAreDoubtful) {
  for (const char* text : {"0x10", "0o17", "0b1", "017", "1_000", "+1", ".5", "1.", "-.5", ".inf",
                           "-.INF", ".nan", "1_0.5", "01e3", "+0x1F", "1.e3"}) {
    EXPECT_TRUE(IsDoubtfulNumber(text)) << text;
  }
  for (const char* text : {"", "-", "+", "1", "-1.5e3", "yes", "1.2.3", "2024-01-02", "12:30",
                           "0xyz", "1abc", "v1", "e5", "1e", "-x", ".", "..", "0x"}) {
    EXPECT_FALSE(IsDoubtfulNumber(text)) << text;
  }
}

TEST(ScalarTypeTest, SecretReferencesAreNothingElse) {
  EXPECT_EQ(ParseSecretReference("${secret(github-pat_2)}"), "github-pat_2");
  for (const char* text : {"", "secret(x)", "${secret()}", "${secret(x)} ", "Bearer ${secret(x)}",
                           "${secret(x)}${secret(y)}", "${secret(a b)}", "ghp_abc"}) {
    EXPECT_FALSE(ParseSecretReference(text)) << text;
  }
}

}  // namespace
}  // namespace mcplexer::yaml
