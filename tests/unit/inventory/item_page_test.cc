// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/item_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mcplexer::inventory {
namespace {

using testing::ElementsAre;

TEST(ItemPageTest, KeepsEveryMemberOfATool) {
  json::Document doc;
  const std::string text =
      R"({"tools":[{"x-new":[1.0],"name":"t","_meta":{"a":1}}],"nextCursor":"\u0061b"})";
  ASSERT_TRUE(doc.Parse(text));
  const auto page = ReadItemPage(doc, doc.Root(), Kind::kTool);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].name, "t");
  EXPECT_EQ(page->items[0].definition, R"({"_meta":{"a":1},"name":"t","x-new":[1]})");
  EXPECT_EQ(page->raw_cursor, R"("\u0061b")");
}

TEST(ItemPageTest, KeepsOfAResourceWhatDoesNotChangeWithItsContent) {
  json::Document doc;
  const std::string text = R"({"resources":[{"uri":"file:///a","name":"a","size":7,
    "annotations":{"lastModified":"2025-01-01T00:00:00Z"},"mimeType":"text/plain"}]})";
  ASSERT_TRUE(doc.Parse(text));
  const auto page = ReadItemPage(doc, doc.Root(), Kind::kResource);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].definition, R"({"mimeType":"text/plain","name":"a","uri":"file:///a"})");
  EXPECT_EQ(page->raw_cursor, "");
}

TEST(ItemPageTest, LeavesOutWhatTheGatewayLeavesOut) {
  json::Document doc;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  const std::string text =
      R"({"tools":[1,{},{"name":""},{"name":"a\n"},{"name":"b","b":{"c":1,"c":2}},{"name":"d"}]})";
  ASSERT_TRUE(doc.Parse(text, limits));
  const auto page = ReadItemPage(doc, doc.Root(), Kind::kTool);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].name, "d");
  EXPECT_THAT(page->dropped, ElementsAre("a tool is not an object", "a tool has no `name`",
                                         "a tool's `name` is empty or holds control characters",
                                         "a tool's `name` is empty or holds control characters",
                                         "a tool has a key twice"));
}

TEST(ItemPageTest, RefusesAnAnswerWithoutAList) {
  json::Document doc;
  ASSERT_TRUE(doc.Parse(R"({"tools":{}})"));
  EXPECT_EQ(ReadItemPage(doc, doc.Root(), Kind::kTool).error().message,
            "the answer to `tools/list` holds no list");
}

}  // namespace
}  // namespace mcplexer::inventory
