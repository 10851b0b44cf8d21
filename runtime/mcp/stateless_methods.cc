// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/stateless_methods.h"

#include <string>

#include "runtime/json/envelope.h"

namespace mcplexer::mcp {

std::optional<ItemKind> FindListMethod(std::string_view method) {
  for (const ItemKind kind :
       {ItemKind::kTool, ItemKind::kPrompt, ItemKind::kResource, ItemKind::kTemplate}) {
    if (Info(kind).method == method) return kind;
  }
  return std::nullopt;
}

bool IsStatelessMethod(std::string_view method) {
  for (const std::string_view one : {"server/discover", "subscriptions/listen", "tools/call",
                                     "prompts/get", "resources/read", "completion/complete"}) {
    if (method == one) return true;
  }
  return FindListMethod(method).has_value();
}

bool IsResult(std::string_view frame) {
  json::Document doc;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  std::string scratch;
  return doc.Parse(frame, limits) &&
         json::ReadEnvelope(doc, doc.Root(), scratch).kind == json::MessageKind::kResult;
}

}  // namespace mcplexer::mcp
