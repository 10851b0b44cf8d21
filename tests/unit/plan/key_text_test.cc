// SPDX-License-Identifier: Apache-2.0
#include "runtime/plan/key_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plan/key_pair.h"

namespace mcplexer::plan {
namespace {

using ::testing::HasSubstr;
using testing::KeyPair;
using ::testing::Not;

std::string Reason(std::string_view line) {
  const auto key = ParsePublicKey(line);
  return key ? "" : key.error().message;
}

std::string Base64(const PublicKey& key) {
  std::string text(kKeyBase64Size + 1, '\0');
  sodium_bin2base64(text.data(), text.size(), key.data(), key.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

TEST(KeyText, IsOneLineThatReadsBack) {
  for (uint8_t number = 0; number < 100; ++number) {
    const KeyPair pair(number);
    const std::string line = PublicKeyText(pair.public_key);
    EXPECT_EQ(line.size(), 24u + 16 + 1 + 44);
    EXPECT_EQ(line.find_first_of(" \n"), std::string::npos);
    const auto key = ParsePublicKey(line);
    ASSERT_TRUE(key.has_value()) << key.error().message;
    EXPECT_EQ(*key, pair.public_key);
  }
}

// The first key of RFC 8032; the id was computed with sha256sum, the rest with base64.
TEST(KeyText, IsWhatThePageSays) {
  const PublicKey key = {0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
                         0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
                         0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
  EXPECT_EQ(PublicKeyText(key),
            "mcplexer-ed25519-public:21fe31dfa154a261:"
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
}

TEST(KeyText, MayBeFollowedByARemark) {
  const std::string line = PublicKeyText(KeyPair(1).public_key);
  EXPECT_EQ(Reason(line + " release, 2026"), "");
  EXPECT_EQ(Reason(line + "\trelease"), "");
}

TEST(KeyText, IsRefusedWithAnyCharacterChangedOrMissing) {
  const std::string line = PublicKeyText(KeyPair(1).public_key);
  for (size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = changed[i] == 'f' ? 'e' : 'f';
    EXPECT_NE(Reason(changed), "") << i;
    EXPECT_NE(Reason(line.substr(0, i)), "") << i;
    EXPECT_NE(Reason(std::string(line).erase(i, 1)), "") << i;
  }
  EXPECT_NE(Reason(line + "="), "");
  EXPECT_NE(Reason(" " + line), "");
}

TEST(KeyText, SaysWhatIsWrong) {
  const KeyPair pair(1);
  const std::string id = KeyId(pair.public_key);
  const std::string base64 = Base64(pair.public_key);
  EXPECT_THAT(Reason("ssh-ed25519 AAAA"), HasSubstr("does not begin with"));
  EXPECT_THAT(Reason("mcplexer-ed25519-public:" + base64), HasSubstr("no second `:`"));
  EXPECT_THAT(Reason("mcplexer-ed25519-public:" + id + ":" + base64.substr(4)),
              HasSubstr("40 characters instead of 44"));
  EXPECT_THAT(Reason("mcplexer-ed25519-public:" + id + ":" + std::string(44, '*')),
              HasSubstr("base64"));
  EXPECT_THAT(Reason("mcplexer-ed25519-public:" + KeyId(KeyPair(2).public_key) + ":" + base64),
              HasSubstr("its id is that of another one"));
}

TEST(KeyText, OfASecretKeyIsNotTakenForAPublicOneAndNotQuoted) {
  const std::string secret =
      "mcplexer-ed25519-secret:" + KeyId(KeyPair(1).public_key) + ":" + Base64({77, 77, 77});
  EXPECT_THAT(Reason(secret), HasSubstr("a secret key, where a public one is needed"));
  EXPECT_THAT(Reason(secret), Not(HasSubstr("TU1N")));
}

// No signature verifies under these, so they would be a riddle in a list of trusted keys.
TEST(KeyText, OfWhatIsNoKeyIsRefused) {
  PublicKey order_two;
  order_two.fill(0xff);
  order_two[0] = 0xec;
  order_two[31] = 0x7f;
  PublicKey not_canonical = order_two;
  not_canonical[0] = 0xee;
  PublicKey off_the_curve{};
  off_the_curve[0] = 2;
  for (const PublicKey& key :
       {PublicKey{}, PublicKey{1}, order_two, not_canonical, off_the_curve}) {
    EXPECT_THAT(Reason(PublicKeyText(key)), HasSubstr("no public key of Ed25519"));
  }
}

TEST(KeyLines, AreNumberedAndLeaveOutCommentsAndEmptyLines) {
  const auto lines = KeyLines("# head\n\n one\r\n\t# more\ntwo with remark \n\nthree");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].number, 3u);
  EXPECT_EQ(lines[0].text, "one");
  EXPECT_EQ(lines[1].number, 5u);
  EXPECT_EQ(lines[1].text, "two with remark");
  EXPECT_EQ(lines[2].number, 7u);
  EXPECT_EQ(lines[2].text, "three");
  EXPECT_TRUE(KeyLines("").empty());
  EXPECT_TRUE(KeyLines("\n#\n \n").empty());
}

}  // namespace
}  // namespace mcplexer::plan
