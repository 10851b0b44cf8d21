// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/client_info.h"

#include <string_view>

#include "runtime/json/splice.h"

namespace mcplexer::mcp {
namespace {

std::string TextMember(const json::Document& doc, json::NodeId object, std::string_view key) {
  const json::NodeId node = doc.Find(object, key);
  if (!node.valid() || doc.TypeOf(node) != json::Type::kString) return {};
  std::string scratch;
  return std::string(doc.Unescape(node, scratch));
}

}  // namespace

ClientInfo ReadClientInfoObject(const json::Document& doc, json::NodeId object) {
  ClientInfo info;
  info.raw = doc.Raw(object);
  json::FlattenLines(info.raw);
  info.name = TextMember(doc, object, "name");
  info.version = TextMember(doc, object, "version");
  return info;
}

}  // namespace mcplexer::mcp
