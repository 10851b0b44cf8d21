// SPDX-License-Identifier: Apache-2.0
// The kinds of things that servers list, and what tells them apart on the wire.

#ifndef MCPLEXER_RUNTIME_MCP_ITEM_KIND_H_
#define MCPLEXER_RUNTIME_MCP_ITEM_KIND_H_

#include <cstdint>
#include <string_view>

#include "runtime/downstream/offers.h"
#include "runtime/plan/format.h"

namespace mcplexer::mcp {

enum class ItemKind : uint8_t { kTool, kPrompt, kResource, kTemplate };

struct ItemKindInfo {
  std::string_view nouns;   // "tools"
  std::string_view method;  // that lists them
  std::string_view member;  // of its result: the list
  std::string_view key;     // of an item: what it is known by
  plan::CallKind call;      // what rules about them are rules about
  bool prefixed;            // what they are known by gets the namespace in front
  // What a server without it is not asked. Tools are asked for anyhow: servers have been seen that
  // list them and do not say so.
  downstream::Offer offer;
};

const ItemKindInfo& Info(ItemKind kind);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_ITEM_KIND_H_
