// SPDX-License-Identifier: Apache-2.0
// One page of a server's tools/list, with each tool's name exposed as `ns__name`. A tool is passed
// on as the bytes it was but for its name: what a revision of the protocol adds to tools must not
// get lost here.

#ifndef MCPLEXER_RUNTIME_MCP_TOOL_PAGE_H_
#define MCPLEXER_RUNTIME_MCP_TOOL_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/json/document.h"

namespace mcplexer::mcp {

struct ListedTool {
  std::string name;  // exposed
  std::string raw;   // the tool object, one line
};

struct ToolPage {
  std::vector<ListedTool> tools;
  std::string raw_cursor;  // of the next page, a JSON string (`""` is one); empty at the end
  size_t dropped = 0;      // tools that were left out
  std::string_view why;    // the first of them was: a static text
};

// `ns__tool`, or the tool's own name where the namespace is empty.
std::string ExposedName(std::string_view name_space, std::string_view tool);

// `result` is the result of a tools/list response. Fails when it is not a list of tools; a tool
// that is none (not an object, no name, an empty one or one with control characters, a key twice)
// is only left out. `doc` is parsed no further.
Result<ToolPage> ReadToolPage(json::Document& doc, json::NodeId result,
                              std::string_view name_space);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_TOOL_PAGE_H_
