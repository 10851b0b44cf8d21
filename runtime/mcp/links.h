// SPDX-License-Identifier: Apache-2.0
// The resources that a result names: links and embedded ones in the content of a tool's result or a
// prompt's messages, and what a read returned.

#ifndef MCPLEXER_RUNTIME_MCP_LINKS_H_
#define MCPLEXER_RUNTIME_MCP_LINKS_H_

#include <functional>
#include <string_view>

#include "runtime/json/document.h"

namespace mcplexer::mcp {

// Calls `visit` with each URI, unescaped. What is not as it should be is passed over.
void ForEachLink(const json::Document& doc, json::NodeId result,
                 const std::function<void(std::string_view uri)>& visit);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_LINKS_H_
