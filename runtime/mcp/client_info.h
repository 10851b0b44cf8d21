// SPDX-License-Identifier: Apache-2.0
// How a client introduced itself.

#ifndef MCPLEXER_RUNTIME_MCP_CLIENT_INFO_H_
#define MCPLEXER_RUNTIME_MCP_CLIENT_INFO_H_

#include <string>

#include "runtime/json/document.h"

namespace mcplexer::mcp {

struct ClientInfo {
  std::string raw;  // the JSON object, for servers; empty when it gave none
  std::string name;
  std::string version;
};

// `object` is an object.
ClientInfo ReadClientInfoObject(const json::Document& doc, json::NodeId object);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CLIENT_INFO_H_
