// SPDX-License-Identifier: Apache-2.0
// Texts of MCP messages as values of HTTP headers (MCP 2026-07-28, basic/transports/
// streamable-http, value encoding): as they are, or `=?base64?...?=` where they could not be.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_MCP_HEADER_H_
#define MCPLEXER_RUNTIME_TRANSPORT_MCP_HEADER_H_

#include <optional>
#include <string>
#include <string_view>

namespace mcplexer::transport {

std::string EncodeMcpHeader(std::string_view text);
// Nothing where it says that it is encoded and is not.
std::optional<std::string> DecodeMcpHeader(std::string_view value);

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_MCP_HEADER_H_
