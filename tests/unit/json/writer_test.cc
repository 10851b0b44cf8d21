// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/json/generator.h"

namespace mcplexer::json {
namespace {

using nlohmann::json;

TEST(WriterTest, EscapesWhatJsonDemands) {
  EXPECT_EQ(EscapeString("plain é 😀"), "\"plain é 😀\"");
  EXPECT_EQ(EscapeString("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
  EXPECT_EQ(EscapeString(std::string_view("\0\x1F\x7F", 3)), "\"\\u0000\\u001f\x7F\"");
  EXPECT_EQ(EscapeString(""), "\"\"");
}

TEST(WriterTest, RepairsWhatIsNotUtf8) {
  EXPECT_EQ(EscapeString("a\xFF\xC3(\xE2\x82"), "\"a\uFFFD\uFFFD(\uFFFD\uFFFD\"");
}

bool NlohmannTakesForUtf8(const std::string& bytes) {
  try {
    static_cast<void>(json(bytes).dump());
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

// Whatever the bytes, the result is a JSON string, and valid UTF-8 comes back as it was.
TEST(WriterTest, RoundTrips) {
  Generator generator(6);
  int valid = 0;
  int repaired = 0;
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes;
    for (size_t j = 0, n = generator.Below(40); j < n; ++j) {
      bytes += static_cast<char>(generator.Below(i % 2 == 0 ? 256 : 128));
      if (generator.OneIn(10)) bytes += "\u00e9\u20ac\U0001F600";
    }
    const std::string read = json::parse(EscapeString(bytes)).get<std::string>();
    if (NlohmannTakesForUtf8(bytes)) {
      ASSERT_EQ(read, bytes);
      ++valid;
    } else {
      ASSERT_NE(read.find("\uFFFD"), std::string::npos) << bytes;
      ++repaired;
    }
  }
  EXPECT_GT(valid, 2'000);
  EXPECT_GT(repaired, 1'000);
}

TEST(WriterTest, AnswersWithTheIdAsItWas) {
  EXPECT_EQ(ResultResponse("\"a\\u0062\"", "{}"),
            R"({"jsonrpc":"2.0","id":"a\u0062","result":{}})");
  EXPECT_EQ(ErrorResponse("0", -32601, "no such \"method\""),
            R"({"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"no such \"method\""}})");
  EXPECT_EQ(
      ErrorResponse("", -32700, "parse error", R"({"at":3})"),
      R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error","data":{"at":3}}})");
}

TEST(WriterTest, WritesCalls) {
  EXPECT_EQ(Request("7", "ping", ""), R"({"jsonrpc":"2.0","id":7,"method":"ping"})");
  EXPECT_EQ(Request("7", "tools/call", R"({"name":"a"})"),
            R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a"}})");
  EXPECT_EQ(Notification("notifications/x", "{}"),
            R"({"jsonrpc":"2.0","method":"notifications/x","params":{}})");
}

}  // namespace
}  // namespace mcplexer::json
