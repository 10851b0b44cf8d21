// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/item_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/inventory/canonical.h"
#include "runtime/base/check.h"
#include "runtime/json/writer.h"

namespace mcplexer::inventory {
namespace {

bool IsType(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

// A resource without what changes with its content: see inventory.h.
std::string Reduced(const json::Document& doc, json::NodeId node, const KindInfo& info) {
  std::string raw = "{";
  for (const std::string_view member :
       {info.key, std::string_view("name"), std::string_view("title"),
        std::string_view("description"), std::string_view("mimeType")}) {
    const json::NodeId value = doc.Find(node, member);
    if (!value.valid()) continue;
    if (raw.size() > 1) raw += ',';
    raw += fmt::format("{}:{}", json::EscapeString(member), doc.Raw(value));
  }
  raw += '}';
  json::Document reduced;
  const auto parsed = reduced.Parse(raw);
  MCPLEXER_CHECK(parsed.has_value());  // made of parts of a parsed document
  return Canonical(reduced, reduced.Root());
}

// Empty when the item was added to the page, else why it was not.
std::string Add(json::Document& doc, json::NodeId node, Kind kind, ItemPage& page) {
  const KindInfo& info = Info(kind);
  if (!IsType(doc, node, json::Type::kObject))
    return fmt::format("a {} is not an object", info.noun);
  if (!doc.CheckUniqueKeys(node)) return fmt::format("a {} has a key twice", info.noun);
  const json::NodeId name = doc.Find(node, info.key);
  if (!IsType(doc, name, json::Type::kString)) {
    return fmt::format("a {} has no `{}`", info.noun, info.key);
  }
  std::string scratch;
  Item item;
  item.name = doc.Unescape(name, scratch);
  if (item.name.empty() || HasControl(item.name)) {
    return fmt::format("a {}'s `{}` is empty or holds control characters", info.noun, info.key);
  }
  const bool whole = kind == Kind::kTool || kind == Kind::kPrompt;
  item.definition = whole ? Canonical(doc, node) : Reduced(doc, node, info);
  item.digest = DigestOf(item.definition);
  page.items.push_back(std::move(item));
  return {};
}

}  // namespace

Result<ItemPage> ReadItemPage(json::Document& doc, json::NodeId result, Kind kind) {
  const KindInfo& info = Info(kind);
  const json::NodeId list = doc.Find(result, info.member);
  if (!IsType(doc, list, json::Type::kArray)) {
    return Fail(fmt::format("the answer to `{}` holds no list", info.method));
  }
  ItemPage page;
  for (const json::NodeId node : doc.Elements(list)) {
    if (std::string fault = Add(doc, node, kind, page); !fault.empty()) {
      page.dropped.push_back(std::move(fault));
    }
  }
  const json::NodeId cursor = doc.Find(result, "nextCursor");
  if (IsType(doc, cursor, json::Type::kString)) page.raw_cursor = doc.Raw(cursor);
  return page;
}

}  // namespace mcplexer::inventory
