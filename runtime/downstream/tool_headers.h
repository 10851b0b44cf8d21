// SPDX-License-Identifier: Apache-2.0
// Arguments that a tool wants to see in HTTP headers as well (MCP 2026-07-28, basic/transports/
// streamable-http, custom headers from tool parameters): what its `inputSchema` says by
// `x-mcp-header`.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_TOOL_HEADERS_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_TOOL_HEADERS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/json/document.h"

namespace mcplexer::downstream {

class ToolHeaders {
 public:
  // Remembers what the tool, an item of a list, wants, in place of what it wanted before. Empty, or
  // why the tool must not be used: a static text.
  std::string_view Note(const json::Document& doc, json::NodeId tool);

  // The headers of a call, with their CR LF; `arguments` may be not valid.
  std::string Fields(const std::string& tool, const json::Document& doc,
                     json::NodeId arguments) const;

 private:
  struct Parameter {
    std::vector<std::string> path;
    std::string header;
  };

  std::map<std::string, std::vector<Parameter>> tools_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_TOOL_HEADERS_H_
