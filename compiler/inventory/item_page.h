// SPDX-License-Identifier: Apache-2.0
// One page of what a server lists, as items of an inventory.

#ifndef MCPLEXER_COMPILER_INVENTORY_ITEM_PAGE_H_
#define MCPLEXER_COMPILER_INVENTORY_ITEM_PAGE_H_

#include <string>
#include <vector>

#include "compiler/inventory/inventory.h"
#include "runtime/base/result.h"
#include "runtime/json/document.h"

namespace mcplexer::inventory {

struct ItemPage {
  std::vector<Item> items;  // in the server's order
  std::string raw_cursor;   // of the next page, a JSON string; empty at the end
  // Why something in the list is no item, one text each. The gateway leaves the same tools out.
  std::vector<std::string> dropped;
};

// `result` is the result of the kind's list request. Fails when it holds no list. What is in the
// list but no item (not an object, no name, an empty one or one with control characters, a key
// twice) is only left out.
Result<ItemPage> ReadItemPage(json::Document& doc, json::NodeId result, Kind kind);

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_ITEM_PAGE_H_
