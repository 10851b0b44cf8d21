// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/bytes.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "runtime/json/key_hash.h"
#include "runtime/json/utf8.h"
#include "tests/unit/json/generator.h"

namespace mcplexer::json {
namespace {

// Every run length and every ending byte, at every distance from the end of the text.
template <typename Fast, typename Scalar>
void ExpectSameEnds(char run, Fast fast, Scalar scalar) {
  for (size_t length = 0; length < 40; ++length) {
    for (int byte = 0; byte < 256; ++byte) {
      for (size_t rest : {0u, 1u, 15u, 16u, 17u}) {
        const std::string text =
            std::string(length, run) + static_cast<char>(byte) + std::string(rest, run);
        const char* begin = text.data();
        const char* end = begin + text.size();
        ASSERT_EQ(fast(begin, end) - begin, scalar(begin, end) - begin)
            << length << " " << byte << " " << rest;
      }
    }
  }
}

TEST(BytesTest, WideRunsEndWhereScalarOnesDo) {
  ExpectSameEnds('a', &SkipPlain, &scalar::SkipPlain);
  ExpectSameEnds('\x80', &SkipPlain, &scalar::SkipPlain);
  ExpectSameEnds('7', &SkipDigits, &scalar::SkipDigits);
  ExpectSameEnds(' ', &SkipSpace, &scalar::SkipSpace);
  ExpectSameEnds('\t', &SkipSpace, &scalar::SkipSpace);
}

TEST(BytesTest, ScalarRunsAreWhatTheGrammarSays) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    EXPECT_EQ(scalar::SkipPlain(&c, &c + 1) != &c, byte >= 0x20 && c != '"' && c != '\\');
    EXPECT_EQ(scalar::SkipDigits(&c, &c + 1) != &c, c >= '0' && c <= '9');
    EXPECT_EQ(scalar::SkipSpace(&c, &c + 1) != &c, std::string_view(" \t\r\n").find(c) < 4);
  }
}

TEST(BytesTest, PrefixDoesNotDependOnWhatFollows) {
  const std::string text = "abcdefghijklmnop";
  for (size_t length = 0; length <= 8; ++length) {
    const std::string exact = text.substr(0, length);
    EXPECT_EQ(LoadPrefix(text.data(), length, text.data() + text.size()),
              LoadPrefix(exact.data(), length, exact.data() + length));
  }
}

TEST(KeyHashTest, EqualKeysHashEqualWhereverTheyLie) {
  Generator generator(4);
  for (int i = 0; i < 2'000; ++i) {
    const std::string key = generator.String();
    const std::string copy = "xx" + key + "a longer rest of the text";
    EXPECT_EQ(QuickKeyHash(key.data(), key.size(), key.data() + key.size()),
              QuickKeyHash(copy.data() + 2, key.size(), copy.data() + copy.size()));
    EXPECT_EQ(FullKeyHash(key), FullKeyHash(std::string_view(copy).substr(2, key.size())));
  }
}

TEST(KeyHashTest, PartsKeysOfOneObject) {
  // 256 keys over 2^24 values: one collision is possible, many are a broken hash.
  std::set<uint64_t> quick;
  std::set<uint64_t> full;
  for (int i = 0; i < 256; ++i) {
    const std::string key = "key" + std::to_string(i);
    quick.insert(QuickKeyHash(key.data(), key.size(), key.data() + key.size()) >> 40);
    full.insert(FullKeyHash("long enough to take some steps " + key));
  }
  EXPECT_GE(quick.size(), 255u);
  EXPECT_EQ(full.size(), 256u);
}

// The prefix length is found by the table of the Unicode standard, the check by simdjson.
TEST(Utf8Test, PrefixAndCheckAgree) {
  // All sequences of up to three bytes out of those at the edges of the table's ranges.
  const std::string edges =
      "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF"
      "\xF0\xF1\xF3\xF4\xF5\xFF";
  size_t valid = 0;
  for (char a : edges) {
    for (char b : edges) {
      for (char c : edges) {
        for (const char* d : {"", "\x80", "\xBF", "a"}) {
          const std::string text = std::string{a, b, c} + d;
          ASSERT_EQ(IsUtf8(text), Utf8PrefixLength(text) == text.size());
          valid += IsUtf8(text);
        }
      }
    }
  }
  EXPECT_GT(valid, 100u);
  EXPECT_TRUE(IsUtf8({}));
  EXPECT_EQ(Utf8PrefixLength("ab\xC3"), 2u);
}

}  // namespace
}  // namespace mcplexer::json
