// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/value_scanner.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <random>
#include <string>

#include "runtime/audit/escapes.h"

namespace mcplexer::audit {
namespace {

std::string Base64(const std::string& bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  text.resize(text.find('\0'));
  return text;
}

std::string Masked(const ValueScanner& scanner, const std::string& text) {
  CredentialMatcher matcher(text);
  std::string out;
  size_t copied = 0;
  for (;;) {
    const ValueScanner::Hit hit = scanner.Find(matcher, copied);
    out += text.substr(copied, hit.begin - copied);
    if (hit.begin == hit.end) return out;
    out += '*';
    copied = hit.end;
  }
}

TEST(ValueScannerTest, FindsSecretsAnywhere) {
  ValueScanner scanner(10);
  scanner.AddSecret("hunter2!");
  scanner.AddSecret("0000");
  EXPECT_EQ(Masked(scanner, "hunter2!"), "*");
  EXPECT_EQ(Masked(scanner, "a hunter2! b 0000 c"), "a * b * c");
  EXPECT_EQ(Masked(scanner, "hunter2!hunter2!"), "**");
  EXPECT_EQ(Masked(scanner, "hunter2 hunter3! 000"), "hunter2 hunter3! 000");
  EXPECT_EQ(Masked(scanner, ""), "");
}

TEST(ValueScannerTest, JoinsOverlaps) {
  ValueScanner scanner(10);
  scanner.AddSecret("abcdXYZ1");
  scanner.AddSecret("XYZ12345");
  scanner.AddSecret("cdXY");
  EXPECT_EQ(Masked(scanner, "-abcdXYZ12345-"), "-*-");
  EXPECT_EQ(Masked(scanner, "-abcdXYZ-"), "-ab*Z-");
}

TEST(ValueScannerTest, ShortSecretsAreNotLookedFor) {
  ValueScanner scanner(10);
  scanner.AddSecret("abc");
  scanner.AddSecret("");
  EXPECT_FALSE(scanner.Finds("abcabc"));
}

TEST(ValueScannerTest, TheOldestSecretGivesWay) {
  ValueScanner scanner(2);
  scanner.AddSecret("first");
  scanner.AddSecret("second");
  scanner.AddSecret("second");
  EXPECT_TRUE(scanner.Finds("first"));
  scanner.AddSecret("third");
  EXPECT_FALSE(scanner.Finds("first"));
  EXPECT_TRUE(scanner.Finds("second"));
  EXPECT_TRUE(scanner.Finds("third"));
}

// Against libsodium's encoder: any secret, anything around it, both alphabets, with and without
// padding.
TEST(ValueScannerTest, FindsSecretsInsideOfBase64) {
  std::mt19937 random(3);
  const auto bytes = [&](size_t size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text += static_cast<char>(random());
    return text;
  };
  for (int round = 0; round < 2000; ++round) {
    const std::string secret = bytes(4 + random() % 30);
    ValueScanner scanner(1);
    scanner.AddSecret(secret);
    const std::string before = bytes(random() % 8);
    const std::string after = bytes(random() % 8);
    for (const int variant :
         {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
          sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
      const std::string encoded = Base64(before + secret + after, variant);
      ASSERT_EQ(Masked(scanner, "(" + encoded + ")"), "(*)") << encoded;
    }
  }
}

TEST(ValueScannerTest, FindsWhatDecodingShows) {
  ValueScanner scanner(1);
  scanner.AddSecret("p@ss \"w\\rd/é");
  for (const std::string text :
       {"p%40ss%20%22w%5Crd%2F%C3%A9", "p%40ss%20%22w%5crd/%c3%a9", R"(p@ss \"w\\rd\/\u00e9)",
        R"(\u0070@ss \"w\\rd/é)", R"(p@ss \\\"w\\\\rd/\\u00e9)",
        "p%2540ss%2520%2522w%255Crd%252F%25C3%25A9", R"(p%40ss%20\"w\\rd/é)"}) {
    EXPECT_TRUE(scanner.FindDecoded("x" + text + "y")) << text;
  }
  EXPECT_FALSE(scanner.FindDecoded("p@ss"));
  EXPECT_FALSE(scanner.FindDecoded("100% \\o/ %zz %4 \\"));
}

TEST(EscapesTest, DecodeLeniently) {
  EXPECT_EQ(DecodePercent("%41%4a%4A%%41%4"), "AJJ%A%4");
  EXPECT_EQ(DecodePercent("%"), "%");
  EXPECT_EQ(DecodeBackslashes(R"(\n\u0041\ud83d\ude00\q\)"), "\nA\xF0\x9F\x98\x80q");
  EXPECT_EQ(DecodeBackslashes(R"(\ud800x)"), "ud800x");
}

}  // namespace
}  // namespace mcplexer::audit
