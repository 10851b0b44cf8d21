// SPDX-License-Identifier: Apache-2.0
#include "runtime/clients/entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::clients {
namespace {

using testing::HasSubstr;

const Entry kOurs{"mcplexer", "/opt/mcplexer", {"run", "/p.plan"}, false};

std::string Json(std::string_view text, const Entry& entry = kOurs) {
  const auto changed = WithJsonEntry(text, "mcpServers", entry);
  return changed ? *changed : "FAILED: " + changed.error().message;
}
std::string WithoutJson(std::string_view text) {
  const auto changed = WithoutJsonEntry(text, "mcpServers", "mcplexer", "mcplexer");
  return changed ? *changed : "FAILED: " + changed.error().message;
}
std::string Toml(std::string_view text, const Entry& entry = kOurs) {
  const auto changed = WithTomlEntry(text, "mcp_servers", entry);
  return changed ? *changed : "FAILED: " + changed.error().message;
}
std::string WithoutToml(std::string_view text) {
  const auto changed = WithoutTomlEntry(text, "mcp_servers", "mcplexer", "mcplexer");
  return changed ? *changed : "FAILED: " + changed.error().message;
}

TEST(JsonEntryTest, AnEmptyFileIsWrittenWhole) {
  for (const char* text : {"", " \n"}) {
    EXPECT_EQ(Json(text), R"({
  "mcpServers": {
    "mcplexer": {
      "command": "/opt/mcplexer",
      "args": ["run", "/p.plan"]
    }
  }
}
)");
  }
}

TEST(JsonEntryTest, GoesBehindTheOthersInTheirStyle) {
  EXPECT_EQ(Json("{\n\t\"a\": 1,\n\t\"mcpServers\": {\n\t\t\"x\": {\"command\": \"y\"}\n\t},\n"
                 "\t\"z\": [1.50, 1e400]\n}"),
            "{\n\t\"a\": 1,\n\t\"mcpServers\": {\n\t\t\"x\": {\"command\": \"y\"},\n"
            "\t\t\"mcplexer\": {\n\t\t\t\"command\": \"/opt/mcplexer\",\n"
            "\t\t\t\"args\": [\"run\", \"/p.plan\"]\n\t\t}\n\t},\n\t\"z\": [1.50, 1e400]\n}");
  EXPECT_EQ(Json("{\r\n    \"a\": 1\r\n}\r\n"),
            "{\r\n    \"a\": 1,\r\n    \"mcpServers\": {\r\n        \"mcplexer\": {\r\n"
            "            \"command\": \"/opt/mcplexer\",\r\n"
            "            \"args\": [\"run\", \"/p.plan\"]\r\n        }\r\n    }\r\n}\r\n");
  EXPECT_EQ(Json(R"({"mcpServers": {"x": {"url": "u"}}})"),
            R"({"mcpServers": {"x": {"url": "u"}, "mcplexer": {"command": "/opt/mcplexer", )"
            R"("args": ["run", "/p.plan"]}}})");
  Entry typed = kOurs;
  typed.typed = true;
  EXPECT_THAT(Json("{}", typed), HasSubstr("\"type\": \"stdio\","));
}

TEST(JsonEntryTest, CommentsAndTrailingCommasStay) {
  const std::string text =
      "// mine\n{\n  \"mcpServers\": {\n    /* x, y */ \"x\": {}, // the \"x\", {\n    // last\n  "
      "},\n}\n";
  EXPECT_EQ(Json(text),
            "// mine\n{\n  \"mcpServers\": {\n    /* x, y */ \"x\": {}, // the \"x\", {\n"
            "    // last\n    \"mcplexer\": {\n      \"command\": \"/opt/mcplexer\",\n"
            "      \"args\": [\"run\", \"/p.plan\"]\n    },\n  },\n}\n");
  EXPECT_EQ(Json("{\n  \"a\": 1 // one\n}"),
            "{\n  \"a\": 1, // one\n  \"mcpServers\": {\n    \"mcplexer\": {\n"
            "      \"command\": \"/opt/mcplexer\",\n      \"args\": [\"run\", \"/p.plan\"]\n"
            "    }\n  }\n}");
}

TEST(JsonEntryTest, ThereAndBackIsTheSameBytes) {
  for (const std::string_view text : std::initializer_list<std::string_view>{
           "{\n  \"mcpServers\": {\n    \"x\": {}\n  }\n}\n",
           "{\n  \"mcpServers\": {\n    \"x\": {},\n  },\n}\n",
           "{\n  \"mcpServers\": {\n    \"x\": {} // c\n  }\n}\n",
           "{\n  \"mcpServers\": {\n    \"x\": {}, // c\n    // d\n  }\n}\n",
           "{\"mcpServers\": {\"x\": {}}}", "{\"mcpServers\":{\"x\":{}}}", "{\"mcpServers\": {}}",
           "{\r\n\t\"mcpServers\": {\r\n\t\t\"x\": {}\r\n\t}\r\n}",
           "{\"mcpServers\":{\"x\":{}}, \"y\": [1, 2,]}"}) {
    const std::string with = Json(text);
    EXPECT_NE(with, text);
    EXPECT_EQ(Json(with), with);
    EXPECT_EQ(WithoutJson(with), text) << with;
    EXPECT_EQ(WithoutJson(text), text);
  }
}

TEST(JsonEntryTest, IsTakenOutWhereverItStands) {
  EXPECT_EQ(WithoutJson("{\"mcpServers\": {\n  \"mcplexer\": {\"command\": \"/a/mcplexer\"},\n"
                        "  \"x\": {}\n}}"),
            "{\"mcpServers\": {\n  \"x\": {}\n}}");
  EXPECT_EQ(WithoutJson("{\"mcpServers\": {\n  \"a\": {},\n  \"mcplexer\": "
                        "{\"command\": \"mcplexer\"}, // us\n  \"x\": {}\n}}"),
            "{\"mcpServers\": {\n  \"a\": {},\n   // us\n  \"x\": {}\n}}");
}

TEST(JsonEntryTest, WhatIsNotOursInItStays) {
  const std::string before =
      "{\"mcpServers\": {\"mcplexer\": {\"args\": [\"run\", \"/old\"], \"env\": {\"A\": \"b\"}, "
      "\"command\": \"/old/mcplexer\", \"disabled\": false}}}";
  EXPECT_EQ(Json(before),
            "{\"mcpServers\": {\"mcplexer\": {\"args\": [\"run\", \"/p.plan\"], \"env\": {\"A\": "
            "\"b\"}, \"command\": \"/opt/mcplexer\", \"disabled\": false}}}");
  const std::string spaced =
      "{\"mcpServers\": {\"mcplexer\": {\"command\": \"\\/opt\\/mcplexer\", \"args\":[ \"run\" ,"
      "\"/p.plan\" ]}}}";
  EXPECT_EQ(Json(spaced), spaced);
}

TEST(JsonEntryTest, WhatCannotBeChangedIsRefused) {
  EXPECT_THAT(Json("{"), HasSubstr("FAILED"));
  EXPECT_THAT(Json("[]"), HasSubstr("holds no object"));
  EXPECT_THAT(Json(R"({"mcpServers": []})"), HasSubstr("is not an object"));
  EXPECT_THAT(Json(R"({"mcpServers": {}, "mcpServers": {}})"), HasSubstr("FAILED"));
  EXPECT_THAT(Json(R"({"mcpServers": {"mcplexer": {"command": "other"}}})"), HasSubstr("--name"));
  EXPECT_THAT(Json(R"({"mcpServers": {"mcplexer": {"url": "http://x"}}})"), HasSubstr("--name"));
  EXPECT_THAT(Json(R"({"mcpServers": {"mcplexer": 1}})"), HasSubstr("--name"));
  EXPECT_THAT(WithoutJson(R"({"mcpServers": {"mcplexer": {"command": "x"}}})"),
              HasSubstr("another program"));
  EXPECT_THAT(Json("{\"secret\": \"s3cr3t"), testing::Not(HasSubstr("s3cr3t")));
}

// Small texts of all kinds: either refused, or JSON as before with one thing more, and back.
TEST(JsonEntryTest, EveryShortObjectComesBack) {
  constexpr std::array<std::string_view, 9> kPieces = {
      "{", "}", "\"a\":1", ",", "\n", " ", "/*,*/", "\"mcpServers\":{}", "//x\n"};
  size_t changed = 0;
  std::vector<size_t> digits(5, 0);
  for (;;) {
    std::string text = "{";
    for (const size_t digit : digits) text += kPieces[digit];
    if (const auto with = WithJsonEntry(text, "mcpServers", kOurs)) {
      ++changed;
      EXPECT_EQ(Json(*with), *with);
      const auto without = WithoutJsonEntry(*with, "mcpServers", "mcplexer", "mcplexer");
      ASSERT_TRUE(without.has_value()) << *with;
      EXPECT_EQ(WithoutJson(*without), *without);
    }
    size_t at = 0;
    while (at < digits.size() && ++digits[at] == kPieces.size()) digits[at++] = 0;
    if (at == digits.size()) break;
  }
  EXPECT_GT(changed, 1000u);
}

TEST(TomlEntryTest, IsATableAtTheEnd) {
  const std::string ours =
      "[mcp_servers.mcplexer]\ncommand = \"/opt/mcplexer\"\nargs = [\"run\", \"/p.plan\"]\n";
  EXPECT_EQ(Toml(""), ours);
  EXPECT_EQ(Toml("a = 1 # one"), "a = 1 # one\n\n" + ours);
  const std::string other = "model = \"x\"\n\n[mcp_servers.x]\ncommand = \"y\" # z\n";
  EXPECT_EQ(Toml(other), other + "\n" + ours);
  EXPECT_EQ(Toml(Toml(other)), Toml(other));
  EXPECT_EQ(WithoutToml(Toml(other)), other);
  EXPECT_EQ(WithoutToml(Toml("")), "");
  EXPECT_EQ(WithoutToml(other), other);
  const Entry odd{"a b", "/o\"\\\x01/mcplexer", {"\xC3\xA4"}, false};
  EXPECT_EQ(Toml("", odd),
            "[mcp_servers.\"a b\"]\ncommand = \"/o\\\"\\\\\\u0001/mcplexer\"\nargs = "
            "[\"\xC3\xA4\"]\n");
}

TEST(TomlEntryTest, WhatIsNotOursInItStays) {
  EXPECT_EQ(
      Toml("[mcp_servers.mcplexer] # us\nenabled = true\nargs = [\n \"run\", # r\n \"\xC3\xA4"
           "\" ] # old\ncommand = '/old/mcplexer' # c\n\n[mcp_servers.mcplexer.env]\nA = \"b\"\n"
           "# next\n[x]\n"),
      "[mcp_servers.mcplexer] # us\nenabled = true\nargs = [\"run\", \"/p.plan\"] # old\n"
      "command = \"/opt/mcplexer\" # c\n\n[mcp_servers.mcplexer.env]\nA = \"b\"\n# next\n[x]\n");
  EXPECT_EQ(
      Toml("[mcp_servers.mcplexer]\ncommand = \"mcplexer\"\n[x]\n"),
      "[mcp_servers.mcplexer]\ncommand = \"/opt/mcplexer\"\nargs = [\"run\", \"/p.plan\"]\n[x]\n");
  EXPECT_EQ(WithoutToml("a = 1\n\n[mcp_servers.mcplexer]\ncommand = \"mcplexer\"\n\n"
                        "[mcp_servers.mcplexer.env]\nA = \"b\"\n# next\n[x]\n"),
            "a = 1\n# next\n[x]\n");
}

TEST(TomlEntryTest, WhatCannotBeChangedIsRefused) {
  EXPECT_THAT(Toml("a = "), HasSubstr("line 1: it is not TOML"));
  EXPECT_THAT(Toml("a = 1\na = 2\n"), HasSubstr("it is not TOML"));
  EXPECT_THAT(Toml("mcp_servers = 1\n"), HasSubstr("is not a table"));
  EXPECT_THAT(Toml("mcp_servers = { x = { command = \"y\" } }\n"), HasSubstr("by hand"));
  EXPECT_THAT(Toml("[mcp_servers.mcplexer]\nurl = \"u\"\n"), HasSubstr("--name"));
  EXPECT_THAT(WithoutToml("mcp_servers.mcplexer.command = \"mcplexer\"\na = 1\n"),
              testing::AnyOf(HasSubstr("by hand"), testing::Eq("a = 1\n")));
  EXPECT_THAT(WithoutToml("[mcp_servers]\nmcplexer = { command = \"mcplexer\" }\nx = { command = "
                          "\"y\" }\n"),
              testing::AnyOf(HasSubstr("by hand"),
                             testing::Eq("[mcp_servers]\nx = { command = \"y\" }\n")));
  EXPECT_THAT(Toml(std::string(5000, '.')), HasSubstr("too many parts"));
}

}  // namespace
}  // namespace mcplexer::clients
