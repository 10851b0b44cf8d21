// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/parse.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "compiler/inventory/write.h"
#include "tests/unit/inventory/built.h"

namespace mcplexer::inventory {
namespace {

Inventory Sample() {
  Inventory inventory;
  inventory.Set(
      BuiltServer("b", R"([{"name":"z","description":"é\u200b"},{"name":"a","n":1.50}])"));
  Server a = BuiltServer("a", "[]");
  a.instructions = "use \"me\"";
  a.of(Kind::kPrompt) = Items(Kind::kPrompt, R"([{"name":"p"}])");
  a.of(Kind::kResource) = Items(Kind::kResource, R"([{"uri":"file:///x"}])");
  a.of(Kind::kTemplate) = Items(Kind::kTemplate, R"([{"uriTemplate":"file:///{x}"}])");
  inventory.Set(std::move(a));
  return inventory;
}

std::string WhyNot(std::string text, const Limits& limits = {}) {
  const auto parsed = Parse(text, limits);
  return parsed ? "parsed" : parsed.error().message;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ParseTest, ReadsWhatWasWritten) {
  const Inventory before = Sample();
  const auto text = Write(before);
  ASSERT_TRUE(text);
  const auto after = Parse(*text);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(*Write(*after), *text);
  ASSERT_EQ(after->servers.size(), 2u);
  EXPECT_EQ(after->servers[0].instructions, "use \"me\"");
  ASSERT_NE(after->Find("b"), nullptr);
  const Item* tool = after->Find("b")->Find(Kind::kTool, "a");
  ASSERT_NE(tool, nullptr);
  EXPECT_EQ(tool->definition, R"({"n":1.5,"name":"a"})");
  EXPECT_EQ(after->Find("b")->Find(Kind::kTool, "b"), nullptr);
  EXPECT_EQ(after->Find("c"), nullptr);
}

TEST(ParseTest, TheSameInventoryGivesTheSameBytesWhateverTheOrder) {
  Inventory one;
  one.Set(BuiltServer("a", R"([{"name":"x"},{"name":"y"}])"));
  one.Set(BuiltServer("b", "[]"));
  Inventory other;
  other.Set(BuiltServer("b", "[]"));
  other.Set(BuiltServer("a", R"([{"name":"y"},{"name":"x"}])"));
  EXPECT_EQ(*Write(one), *Write(other));
}

TEST(ParseTest, SetReplacesTheServerOfTheName) {
  Inventory inventory = Sample();
  inventory.Set(BuiltServer("b", "[]"));
  EXPECT_EQ(inventory.servers.size(), 2u);
  EXPECT_TRUE(inventory.Find("b")->of(Kind::kTool).empty());
}

TEST(ParseTest, RefusesWhatIsNoLockFile) {
  EXPECT_EQ(WhyNot(""), "line 1: unexpected end of text at byte 0");
  EXPECT_EQ(WhyNot("[]"), "line 1: the file is not an object");
  EXPECT_EQ(WhyNot("{}"), "line 1: `lockVersion` is missing: not a lock file");
  EXPECT_EQ(WhyNot("{\"lockVersion\":2}"),
            "line 1: lock file of another version, this program reads 1; record it again with "
            "`mcplexerc lock`");
  EXPECT_EQ(WhyNot("{\"lockVersion\":1}"), "line 1: `servers` is missing");
  EXPECT_EQ(WhyNot("{\"lockVersion\":1,\n\"servers\":{},\n\"more\\u202e\":1}"),
            "line 3: unknown member `more\\u{202e}`");
  EXPECT_EQ(WhyNot("{\"lockVersion\":1,\"servers\":{\"a\":{},\"a\":{}}}"),
            "line 1: duplicate key at byte 35");
  EXPECT_EQ(WhyNot("{\"lockVersion\":1,\"servers\":{\"a\":{}}}"),
            "line 1: a server without `serverInfo`");
  EXPECT_EQ(WhyNot("{\"lockVersion\":1,\"servers\":{\"a\":{\"tool\":{}}}}"),
            "line 1: unknown member `tool` of a server");
}

TEST(ParseTest, RefusesADefinitionThatIsNotTheDigests) {
  const std::string text = *Write(Sample());
  EXPECT_EQ(WhyNot(Replaced(text, "\"n\": 1.5", "\"n\": 1.6")),
            "line 52: tool `a`: the digest is not the definition's; record it again with "
            "`mcplexerc lock`");
  EXPECT_EQ(WhyNot(Replaced(text, "\"n\": 1.5", "\"n\": 15e-1")), "parsed");
  EXPECT_EQ(WhyNot(Replaced(text, "\"name\": \"a\"", "\"name\": \"A\"")),
            "line 47: tool `a`: the definition's `name` is another");
  EXPECT_EQ(WhyNot(Replaced(text, "\"digest\"", "\"digestt\"")),
            "line 7: prompt `p` is not exactly `definition` and `digest`");
}

TEST(ParseTest, HasLimits) {
  const std::string text = *Write(Sample());
  EXPECT_EQ(WhyNot(text, {.servers = 1}), "line 3: more than 1 servers");
  EXPECT_EQ(WhyNot(text, {.items_per_server = 1}), "line 46: more than 1 tools");
  EXPECT_NE(WhyNot(text, {.file_bytes = 100}), "parsed");
  EXPECT_NE(WhyNot(text, {.depth = 5}), "parsed");
  EXPECT_FALSE(Write(Sample(), {.file_bytes = 100}));
}

// What scripts/record-inventories found: files of real servers, written by some build of ours.
TEST(ParseTest, ReadsAndWritesTheInventoriesOfRealServers) {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  size_t files = 0;
  size_t tools = 0;
  const std::filesystem::path folder =
      std::filesystem::path(root) / "stdlib-policies" / "inventory";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path().filename().string());
    const auto inventory = LoadFile(entry.path().string());
    ASSERT_TRUE(inventory) << inventory.error().message;
    ASSERT_EQ(inventory->servers.size(), 1u);
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_EQ(*Write(*inventory), text.str());
    ++files;
    tools += inventory->servers[0].of(Kind::kTool).size();
  }
  EXPECT_GE(files, 9u);
  EXPECT_GE(tools, 100u);
}

TEST(ParseTest, EveryTruncationIsRefused) {
  const std::string text = *Write(Sample());
  // The last byte is the line end.
  for (size_t size = 0; size + 1 < text.size(); ++size) {
    EXPECT_FALSE(Parse(text.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace mcplexer::inventory
