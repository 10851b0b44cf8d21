// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mcplexer::model {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CredentialsTest, KnownShapesAreFound) {
  for (const char* text : {
           "ghp_A1b2C3d4E5f6G7h8I9j0",
           "github_pat_11ABCDEFG0abcdefghijkl_1234567890",
           "glpat-a1B2c3D4e5F6g7H8",
           "xoxb-123456789012-abcdefGHIJ",
           "AKIAIOSFODNN7EXAMPLE",
           "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
           "sk-proj-A1b2C3d4E5f6G7h8I9j0",
           "sk_live_A1b2C3d4E5f6G7h8",
           "lin_api_A1b2C3d4E5f6G7h8",
           "npm_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8",
           "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
           "-----BEGIN PRIVATE KEY-----",
       }) {
    const std::string around = std::string("before \"") + text + "\" after";
    const auto found = FindCredentials(around);
    ASSERT_THAT(found, SizeIs(1)) << text;
    EXPECT_EQ(found[0].offset, 8u) << text;
    EXPECT_GE(found[0].length, std::string(text).size()) << text;
  }
}

TEST(CredentialsTest, WhatOnlyLooksLikeOneIsLeftAlone) {
  for (const char* text : {
           "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",  // a filler
           "ghp_[A-Za-z0-9]{36}",                       // a rule that looks for tokens
           "ghp_short1",
           "risk-assessment-and-mitigation-2024",  // no boundary before `sk-`
           "sk-learn-something-new-every-day",     // words
           "sk_test_description_of_the_thing", "xAKIAIOSFODNN7EXAMPLE",
           "-----BEGIN PUBLIC KEY-----",
           "eyJhbGciOiJIUzI1NiJ9",  // a header alone says nothing
       }) {
    EXPECT_THAT(FindCredentials(text), IsEmpty()) << text;
  }
}

TEST(CredentialsTest, NeighboursAreFoundOneByOne) {
  const auto found = FindCredentials("AKIAIOSFODNN7EXAMPLE ghp_A1b2C3d4E5f6G7h8I9j0");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].offset, 0u);
  EXPECT_EQ(found[1].offset, 21u);
}

TEST(CredentialsTest, KeysThatHoldCredentials) {
  for (const char* key : {"TOKEN", "GITHUB_TOKEN", "X-Api-Key", "apiKey", "Authorization",
                          "DB_PASSWORD", "client_secret", "SSH_PRIVATE_KEY", "Cookie"}) {
    EXPECT_TRUE(IsCredentialKey(key, "something")) << key;
    EXPECT_FALSE(IsCredentialKey(key, "")) << key;
    EXPECT_FALSE(IsCredentialKey(key, "true")) << key;
    EXPECT_EQ(IsCredentialKey(key, "4096"), std::string(key) == "DB_PASSWORD") << key;
  }
  for (const char* key : {"TOKEN_FILE", "AUTH_MODE", "SSH_AUTH_SOCK", "KEYBOARD", "MONKEY", "PWD",
                          "OAUTH_TOKEN_URL", "author", "Accept", "PATH"}) {
    EXPECT_FALSE(IsCredentialKey(key, "something")) << key;
  }
}

TEST(CredentialsTest, NamesThatAreWrittenTogetherAreRead) {
  for (const char* key :
       {"PGPASSWORD", "SSHPASS",       "SMTP_PASS",   "db-pass",    "DB_PASS",
        "PASS",       "MYSQL_PWD",     "DBPASSWORD",  "APITOKEN",   "RABBITMQ_DEFAULT_PASS",
        "SECRETKEY",  "AUTHTOKEN",     "ACCESSKEY",   "JWT",        "GITHUBTOKEN",
        "PIN",        "OTP",           "PASSCODE",    "dbpassword", "accesstoken",
        "DB_PASS2",   "clientsecret",  "PASSWORD1",   "GH_TOKEN_2", "APP_JWT",
        "dbPass",     "ENCRYPTIONKEY", "OPENAIAPIKEY"}) {
    EXPECT_TRUE(IsCredentialKey(key, "something")) << key;
  }
  for (const char* key : {"PIN", "OTP", "PASSCODE", "SMTP_PASS", "PGPASSWORD"}) {
    EXPECT_TRUE(IsCredentialKey(key, "123456")) << key;
    EXPECT_FALSE(IsCredentialKey(key, "12")) << key;
  }
  for (const char* key :
       {"PASSPORT",  "PASSENGER", "COMPASS",   "BYPASS",     "TOKENIZER", "MAX_TOKENS",
        "maxTokens", "KEYBOARD",  "MONKEY",    "DISPLAY",    "TURKEY",    "PINECONE_INDEX",
        "SPINNER",   "OPTIONS",   "PUBLICKEY", "PGPASSFILE", "OLDPWD",    "TOKENIZERS_PARALLELISM",
        "PASS_ARGS", "PIN_DIR",   "SECRETARY", "GPIO_PINS",  "AUTHOR",    "PASSWORD_LENGTH",
        "CAPTION",   "HOTKEY",    "JWT_MODE",  "OAUTH",      "PATTERN",   "INPUT_TOKENS"}) {
    EXPECT_FALSE(IsCredentialKey(key, "something")) << key;
  }
}

TEST(CredentialsTest, LittleIsShown) {
  EXPECT_EQ(Redacted("k"), "`...` (1 byte)");
  EXPECT_EQ(Redacted("ghp_A1b2C3d4E5f6G7h8I9j0"), "`ghp_...` (24 bytes)");
  EXPECT_EQ(Redacted("hunter2"), "`h...` (7 bytes)");
  EXPECT_EQ(Redacted("abc"), "`...` (3 bytes)");
  EXPECT_EQ(Redacted("a\xC3\xA4"
                     "bcdefghijklm"),
            "`a...` (15 bytes)");
}

}  // namespace
}  // namespace mcplexer::model
