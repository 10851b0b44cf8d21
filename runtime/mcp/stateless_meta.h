// SPDX-License-Identifier: Apache-2.0
// What a request of the stateless era says of itself and its client (MCP 2026-07-28, basic/index).

#ifndef MCPLEXER_RUNTIME_MCP_STATELESS_META_H_
#define MCPLEXER_RUNTIME_MCP_STATELESS_META_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/json/document.h"
#include "runtime/mcp/era.h"

namespace mcplexer::mcp {

// Nodes are of the message's document and live as long.
struct StatelessMeta {
  std::string version;
  json::NodeId client_info;   // an object, or not valid: the client gave none
  json::NodeId capabilities;  // an object
  std::optional<size_t> log_level;
  std::string_view log_level_name;  // of which this is the rank; a view of the document's text
  // Why the request is refused with kInvalidParamsCode, a static text; else empty.
  std::string_view fault;
};

// Whether the message is one of this era: it says which version it is of, or what its client can
// do, or asks what only this era knows.
bool IsStateless(const Message& request);

StatelessMeta ReadStatelessMeta(const Message& request);

// The message as one of the session era: without what `_meta` says of this hop. One line.
std::string WithoutStatelessMeta(const Message& request);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_STATELESS_META_H_
