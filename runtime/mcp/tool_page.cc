// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/tool_page.h"

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

// Empty when the tool was added to the page, else why it was not.
std::string_view AddTool(json::Document& doc, json::NodeId tool, std::string_view name_space,
                         ToolPage& page) {
  if (!IsType(doc, tool, json::Type::kObject)) return "a tool is not an object";
  if (!doc.CheckUniqueKeys(tool)) return "a tool has a key twice";
  const json::NodeId node = doc.Find(tool, "name");
  if (!IsType(doc, node, json::Type::kString)) return "a tool has no name";
  std::string scratch;
  const std::string_view name = doc.Unescape(node, scratch);
  if (name.empty()) return "a tool has an empty name";
  if (HasControl(name)) return "a tool's name holds control characters";

  ListedTool listed;
  listed.name = ExposedName(name_space, name);
  json::Splicer splicer(doc, tool);
  if (!name_space.empty()) splicer.Replace(node, json::EscapeString(listed.name));
  listed.raw = splicer.Apply();
  json::FlattenLines(listed.raw);
  page.tools.push_back(std::move(listed));
  return {};
}

}  // namespace

std::string ExposedName(std::string_view name_space, std::string_view tool) {
  return name_space.empty() ? std::string(tool) : fmt::format("{}__{}", name_space, tool);
}

Result<ToolPage> ReadToolPage(json::Document& doc, json::NodeId result,
                              std::string_view name_space) {
  const json::NodeId tools = doc.Find(result, "tools");
  if (!IsType(doc, tools, json::Type::kArray)) return Fail("the result holds no list of tools");
  ToolPage page;
  for (const json::NodeId tool : doc.Elements(tools)) {
    const std::string_view fault = AddTool(doc, tool, name_space, page);
    if (!fault.empty() && page.dropped++ == 0) page.why = fault;
  }
  const json::NodeId cursor = doc.Find(result, "nextCursor");
  if (IsType(doc, cursor, json::Type::kString)) page.raw_cursor = doc.Raw(cursor);
  return page;
}

}  // namespace mcplexer::mcp
