// SPDX-License-Identifier: Apache-2.0
// What a client can be asked for (MCP basic/lifecycle, capability negotiation).

#ifndef MCPLEXER_RUNTIME_MCP_CLIENT_CAPABILITIES_H_
#define MCPLEXER_RUNTIME_MCP_CLIENT_CAPABILITIES_H_

#include <string>

#include "runtime/json/document.h"

namespace mcplexer::mcp {

struct ClientCapabilities {
  std::string raw = "{}";  // for servers: the client's own bytes, as one line
  bool roots = false;
  bool sampling = false;
  bool sampling_tools = false;
  bool elicitation_form = false;
  bool elicitation_url = false;
  bool tasks = false;
};

// `params` of initialize, in a document that was searched for keys that are there twice. What is no
// object is no capability.
ClientCapabilities ReadClientCapabilities(const json::Document& doc, json::NodeId params);
// `all` is the object itself, or not valid.
ClientCapabilities ReadCapabilitiesObject(const json::Document& doc, json::NodeId all);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CLIENT_CAPABILITIES_H_
