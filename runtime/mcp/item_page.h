// SPDX-License-Identifier: Apache-2.0
// One page of a server's list, with each tool's and prompt's name exposed as `ns__name`; resources
// and templates keep their URIs, which cannot take a prefix (`_` is no character of a scheme). An
// item is passed on as the bytes it was but for its name: what a revision of the protocol adds to
// items must not get lost here.

#ifndef MCPLEXER_RUNTIME_MCP_ITEM_PAGE_H_
#define MCPLEXER_RUNTIME_MCP_ITEM_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/json/document.h"
#include "runtime/mcp/item_kind.h"

namespace mcplexer::mcp {

struct ListedItem {
  std::string name;  // exposed; or the URI, or the template
  std::string raw;   // the object, one line
  std::string link;  // of a tool: the resource that shows its results (MCP Apps); mostly empty
};

struct ItemPage {
  std::vector<ListedItem> items;
  std::string raw_cursor;  // of the next page, a JSON string (`""` is one); empty at the end
  size_t dropped = 0;      // items that were left out
  std::string_view why;    // the first of them was: a static text
};

// `ns__tool`, or the tool's own name where the namespace is empty.
std::string ExposedName(std::string_view name_space, std::string_view tool);

// `result` is the result of a list of that kind. Fails when it is no list; an item that is none
// (not an object, no name, an empty one or one with control characters, a key twice) is only left
// out. `doc` is parsed no further. With `session_era`, a tool whose `outputSchema` is of another
// type than an object gets one of any object: what it gives back is put into one
// (forwarded_call.cc), and clients of that era refuse the whole list otherwise.
Result<ItemPage> ReadItemPage(json::Document& doc, json::NodeId result, ItemKind kind,
                              std::string_view name_space, bool session_era = false);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_ITEM_PAGE_H_
