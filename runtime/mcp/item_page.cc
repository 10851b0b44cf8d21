// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/item_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/denial.h"

namespace mcplexer::mcp {
namespace {

bool IsType(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

// `_meta.ui.resourceUri`, where a tool has one.
std::string UiResourceOf(const json::Document& doc, json::NodeId item) {
  json::NodeId node = item;
  for (const std::string_view key : {"_meta", "ui", "resourceUri"}) {
    node = doc.Find(node, key);
    if (!node.valid()) return {};
  }
  if (doc.TypeOf(node) != json::Type::kString) return {};
  std::string scratch;
  return std::string(doc.Unescape(node, scratch));
}

// Empty when the item was added to the page, else why it was not.
std::string_view AddItem(json::Document& doc, json::NodeId item, const ItemKindInfo& info,
                         std::string_view name_space, bool session_era, ItemPage& page) {
  if (!IsType(doc, item, json::Type::kObject)) return "it is not an object";
  if (!doc.CheckUniqueKeys(item)) return "it has a key twice";
  const json::NodeId node = doc.Find(item, info.key);
  if (!IsType(doc, node, json::Type::kString)) return "it has no name or URI";
  std::string scratch;
  const std::string_view name = doc.Unescape(node, scratch);
  if (name.empty()) return "its name or URI is empty";
  if (HasControl(name)) return "its name or URI holds control characters";

  ListedItem listed;
  json::Splicer splicer(doc, item);
  if (info.prefixed) {
    listed.name = ExposedName(name_space, name);
    if (!name_space.empty()) splicer.Replace(node, json::EscapeString(listed.name));
  } else {
    listed.name = name;
  }
  if (info.call == plan::CallKind::kTool) listed.link = UiResourceOf(doc, item);
  const json::NodeId schema = doc.Find(item, "outputSchema");
  if (session_era && info.call == plan::CallKind::kTool && schema.valid()) {
    const json::NodeId type = doc.Find(schema, "type");
    if (!type.valid() || !doc.StringEquals(type, "object")) {
      splicer.Replace(schema, R"({"type":"object"})");
    }
  }
  listed.raw = splicer.Apply();
  json::FlattenLines(listed.raw);
  page.items.push_back(std::move(listed));
  return {};
}

}  // namespace

std::string ExposedName(std::string_view name_space, std::string_view tool) {
  return name_space.empty() ? std::string(tool) : fmt::format("{}__{}", name_space, tool);
}

Result<ItemPage> ReadItemPage(json::Document& doc, json::NodeId result, ItemKind kind,
                              std::string_view name_space, bool session_era) {
  const ItemKindInfo& info = Info(kind);
  const json::NodeId items = doc.Find(result, info.member);
  if (!IsType(doc, items, json::Type::kArray)) {
    return Fail(fmt::format("the result holds no list of {}", info.nouns));
  }
  ItemPage page;
  for (const json::NodeId item : doc.Elements(items)) {
    const std::string_view fault = AddItem(doc, item, info, name_space, session_era, page);
    if (!fault.empty() && page.dropped++ == 0) page.why = fault;
  }
  const json::NodeId cursor = doc.Find(result, "nextCursor");
  if (IsType(doc, cursor, json::Type::kString)) page.raw_cursor = doc.Raw(cursor);
  return page;
}

}  // namespace mcplexer::mcp
