// SPDX-License-Identifier: Apache-2.0
// Inventories for tests, from the definitions that a server would send.

#ifndef MCPLEXER_TESTS_UNIT_INVENTORY_BUILT_H_
#define MCPLEXER_TESTS_UNIT_INVENTORY_BUILT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/inventory/inventory.h"
#include "compiler/inventory/item_page.h"
#include "runtime/json/document.h"

namespace mcplexer::inventory {

inline std::vector<Item> Items(Kind kind, const std::string& list) {
  json::Document doc;
  const std::string result = "{\"" + std::string(Info(kind).member) + "\":" + list + "}";
  const auto parsed = doc.Parse(result);
  EXPECT_TRUE(parsed.has_value()) << result;
  auto page = ReadItemPage(doc, doc.Root(), kind);
  EXPECT_TRUE(page.has_value());
  std::ranges::sort(page->items, {}, &Item::name);
  return std::move(page->items);
}

inline Server BuiltServer(const std::string& name, const std::string& tools) {
  Server server;
  server.name = name;
  server.protocol_version = "2025-11-25";
  server.info = R"({"name":"test","version":"1.0"})";
  server.of(Kind::kTool) = Items(Kind::kTool, tools);
  return server;
}

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_TESTS_UNIT_INVENTORY_BUILT_H_
