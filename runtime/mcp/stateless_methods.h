// SPDX-License-Identifier: Apache-2.0
// Which requests the stateless era has.

#ifndef MCPLEXER_RUNTIME_MCP_STATELESS_METHODS_H_
#define MCPLEXER_RUNTIME_MCP_STATELESS_METHODS_H_

#include <optional>
#include <string_view>

#include "runtime/mcp/item_kind.h"

namespace mcplexer::mcp {

// The list that the method asks for.
std::optional<ItemKind> FindListMethod(std::string_view method);

// What is gone (`initialize`, `ping`, `logging/setLevel`, `resources/subscribe`, tasks of
// 2025-11-25) is none of it.
bool IsStatelessMethod(std::string_view method);

// Whether the response is a result.
bool IsResult(std::string_view frame);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_STATELESS_METHODS_H_
