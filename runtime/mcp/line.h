// SPDX-License-Identifier: Apache-2.0
// Messages of one side as lines for the other: framings end a message at a line's end, which JSON
// allows between tokens.

#ifndef MCPLEXER_RUNTIME_MCP_LINE_H_
#define MCPLEXER_RUNTIME_MCP_LINE_H_

#include <string>

#include "runtime/json/document.h"
#include "runtime/json/splice.h"

namespace mcplexer::mcp {

inline std::string LineOf(const json::Splicer& splicer) {
  std::string line = splicer.Apply();
  json::FlattenLines(line);
  return line;
}

// The message as it was.
inline std::string LineOf(const json::Document& doc, json::NodeId message) {
  std::string line(doc.Raw(message));
  json::FlattenLines(line);
  return line;
}

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_LINE_H_
