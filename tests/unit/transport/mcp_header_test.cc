// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/mcp_header.h"

#include <gtest/gtest.h>

namespace mcplexer::transport {
namespace {

TEST(McpHeaderTest, WhatIsPlainStaysAsItIs) {
  for (const char* text : {"", "us-west1", "a b", "file:///a?b=c", "=?base64?x", "x?="}) {
    EXPECT_EQ(EncodeMcpHeader(text), text);
    EXPECT_EQ(DecodeMcpHeader(text), text);
  }
}

TEST(McpHeaderTest, OtherTextsAreEncoded) {
  EXPECT_EQ(EncodeMcpHeader("Hello, 世界"), "=?base64?SGVsbG8sIOS4lueVjA==?=");
  EXPECT_EQ(EncodeMcpHeader(" padded "), "=?base64?IHBhZGRlZCA=?=");
  EXPECT_EQ(EncodeMcpHeader("=?base64?literal?="), "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=");
  for (const std::string text : {"a\r\nb", "\x7f",
                                 "=?base64?"
                                 "?=",
                                 " x"}) {
    EXPECT_EQ(DecodeMcpHeader(EncodeMcpHeader(text)), text);
  }
}

TEST(McpHeaderTest, WhatSaysThatItIsEncodedHasToBe) {
  for (const char* value : {"=?base64?!?=", "=?base64?A?=", "=?base64?QQ?=", "=?base64?QQ==Q?="}) {
    EXPECT_EQ(DecodeMcpHeader(value), std::nullopt) << value;
  }
  EXPECT_EQ(DecodeMcpHeader("=?base64?"
                            "?="),
            "");
}

}  // namespace
}  // namespace mcplexer::transport
