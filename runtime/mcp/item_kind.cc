// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/item_kind.h"

#include <array>
#include <cstddef>

namespace mcplexer::mcp {

const ItemKindInfo& Info(ItemKind kind) {
  using downstream::Offers;
  using plan::CallKind;
  static constexpr std::array<ItemKindInfo, 4> kInfos = {{
      {"tools", "tools/list", "tools", "name", CallKind::kTool, true, nullptr},
      {"prompts", "prompts/list", "prompts", "name", CallKind::kPrompt, true, &Offers::prompts},
      {"resources", "resources/list", "resources", "uri", CallKind::kResource, false,
       &Offers::resources},
      {"resource templates", "resources/templates/list", "resourceTemplates", "uriTemplate",
       CallKind::kResource, false, &Offers::resources},
  }};
  return kInfos.at(static_cast<size_t>(kind));
}

}  // namespace mcplexer::mcp
