// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/likely_credential.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace mcplexer::model {
namespace {

std::string RandomText(std::string_view alphabet, size_t length, std::mt19937& random) {
  std::string text;
  for (size_t i = 0; i < length; ++i) text += alphabet[random() % alphabet.size()];
  return text;
}

TEST(LikelyCredentialTest, GeneratedKeysAreTakenForCredentials) {
  constexpr std::string_view kBase62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::mt19937 random(7);
  int missed = 0;
  for (int i = 0; i < 1'000; ++i) {
    missed += LooksLikeCredential("", RandomText(kBase62, 24, random)) ? 0 : 1;
    missed += LooksLikeCredential("", RandomText(kBase62.substr(0, 36), 32, random)) ? 0 : 1;
    missed += LooksLikeCredential("", RandomText("0123456789abcdef", 40, random)) ? 0 : 1;
  }
  // Chance makes a key that looks like words now and then: 12 of 3,000 here.
  EXPECT_LE(missed, 15);
}

TEST(LikelyCredentialTest, TextThatSpeaksOfCredentialsIsTakenForOne) {
  for (const char* value : {
           "Bearer abc123",
           "{\"Authorization\": \"x1y2z3\"}",
           "Server=db;User=me;Password=hunter2",
           "Endpoint=sb://x/;SharedAccessKey=abcd",
           "postgresql://me:hunter2@localhost/db",
           "https://example.net/mcp?api_key=abcd1",
           "https://example.net/mcp?x=1&access_token=abcd1",
       }) {
    EXPECT_TRUE(LooksLikeCredential("SETTING", value)) << value;
  }
  EXPECT_TRUE(LooksLikeCredential("API_KEY", "hunter2"));
  EXPECT_TRUE(LooksLikeCredential("x-api-key", "short"));
}

TEST(LikelyCredentialTest, SettingsAreLeftAlone) {
  for (const char* value : {
           "",
           "debug",
           "@modelcontextprotocol/server-filesystem",
           "chrome-devtools-mcp@0.18.1",
           "https://kyijayetpbpcayejnmba.example.co",
           "https://mcp.example.net/mcp?tools=web_search,get_code_context,crawling",
           "/Users/ada/.nvm/versions/node/v22.14.0/bin:/usr/local/bin:/usr/bin",
           "/nix/store/0c1n5h3pd8d1zq6a8k2m4x7w9y3r5t6v-node/bin/node",
           "gpt-4o-mini-2024-07-18",
           "2024-11-05T12:00:00",
           "src/**/*.test.ts",
           "com.example.database.MCPDatabaseServer",
           "enableAllProjectMcpServersAndMore",
           "postgresql://localhost:5432/shop",
           "ghcr.io/x/y@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
           "github:owner/repository#0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
       }) {
    EXPECT_FALSE(LooksLikeCredential("SETTING", value)) << value;
  }
  EXPECT_FALSE(LooksLikeCredential("TENANT_ID", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));
  EXPECT_TRUE(LooksLikeCredential("TENANT", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));
}

}  // namespace
}  // namespace mcplexer::model
