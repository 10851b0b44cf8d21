// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/json/oracle.h"

#include <gtest/gtest.h>

#include "tests/unit/json/generator.h"

namespace mcplexer::json {
namespace {

// How many texts of a run fell on which side: a generator that only makes one sort tests nothing.
struct Tally {
  int accepted = 0;
  int duplicate = 0;
  int malformed = 0;
};

void Agree(Document& doc, const std::string& text, const Limits& limits, Tally& tally) {
  const std::string disagreement = oracle::Disagreement(doc, text, limits);
  ASSERT_EQ(disagreement, "") << text;
  const ParseStatus status = doc.Parse(text, limits);
  if (status.has_value()) {
    ++tally.accepted;
  } else if (status.error().kind == ErrorKind::kDuplicateKey) {
    ++tally.duplicate;
  } else {
    ++tally.malformed;
  }
}

TEST(OracleTest, AgreesOnRandomTexts) {
  Generator generator(1);
  Document doc;
  Tally tally;
  for (int i = 0; i < 12'000; ++i) ASSERT_NO_FATAL_FAILURE(Agree(doc, generator.Text(), {}, tally));
  EXPECT_GT(tally.accepted, 8'000);
  EXPECT_GT(tally.duplicate, 100);
  EXPECT_EQ(tally.malformed, 0);
}

TEST(OracleTest, AgreesOnDamagedTexts) {
  Generator generator(2);
  Document doc;
  Tally tally;
  for (int i = 0; i < 24'000; ++i) {
    ASSERT_NO_FATAL_FAILURE(Agree(doc, generator.Damage(generator.Text()), {}, tally));
  }
  EXPECT_GT(tally.accepted, 1'000);
  EXPECT_GT(tally.duplicate, 50);
  EXPECT_GT(tally.malformed, 10'000);
}

TEST(OracleTest, AgreesUnderTightLimits) {
  Generator generator(3);
  Document doc;
  Limits limits;
  limits.depth = 3;
  limits.nodes = 12;
  int deep = 0;
  int many = 0;
  for (int i = 0; i < 4'000; ++i) {
    const std::string text = generator.Text();
    ASSERT_EQ(oracle::Disagreement(doc, text, limits), "") << text;
    const ParseStatus status = doc.Parse(text, limits);
    if (status.has_value()) {
      ASSERT_LE(doc.NodeCount(), 12u);
    } else {
      deep += status.error().kind == ErrorKind::kTooDeep;
      many += status.error().kind == ErrorKind::kTooManyNodes;
    }
  }
  EXPECT_GT(deep, 100);
  EXPECT_GT(many, 100);
}

// Every text of up to four bytes out of those that mean something to JSON.
TEST(OracleTest, AgreesOnEveryShortText) {
  constexpr std::string_view kBytes = "{}[]\",:0-1.e \\ua\x80";
  Document doc;
  std::string text;
  size_t count = 0;
  const auto check_all = [&](size_t length) {
    size_t total = 1;
    for (size_t i = 0; i < length; ++i) total *= kBytes.size();
    for (size_t code = 0; code < total; ++code, ++count) {
      text.clear();
      for (size_t rest = code, i = 0; i < length; ++i, rest /= kBytes.size()) {
        text += kBytes[rest % kBytes.size()];
      }
      ASSERT_EQ(oracle::Disagreement(doc, text, {}), "") << text;
    }
  };
  for (size_t length = 0; length <= 4; ++length) ASSERT_NO_FATAL_FAILURE(check_all(length));
  EXPECT_EQ(count, 1u + 17 + 289 + 4913 + 83521);
}

// Every prefix of a text with one of everything, and each with one byte more.
TEST(OracleTest, AgreesOnEveryPrefix) {
  const std::string text =
      R"( {"jsonrpc" : "2.0","id":-12.50e+3,"a\u0062\ud83d\ude00":[true,false,null,{},[],"é€😀\n"]} )";
  Document doc;
  for (size_t length = 0; length <= text.size(); ++length) {
    ASSERT_EQ(oracle::Disagreement(doc, text.substr(0, length), {}), "") << length;
    for (int byte = 0; byte < 256; ++byte) {
      const std::string longer = text.substr(0, length) + static_cast<char>(byte);
      ASSERT_EQ(oracle::Disagreement(doc, longer, {}), "") << longer;
    }
  }
  EXPECT_TRUE(doc.Parse(text).has_value());
}

}  // namespace
}  // namespace mcplexer::json
