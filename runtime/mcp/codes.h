// SPDX-License-Identifier: Apache-2.0
// The error codes of the gateway's own answers, beside those of JSON-RPC (json/envelope.h).

#ifndef MCPLEXER_RUNTIME_MCP_CODES_H_
#define MCPLEXER_RUNTIME_MCP_CODES_H_

namespace mcplexer::mcp {

// As the SDKs use them.
inline constexpr int kConnectionClosedCode = -32000;
inline constexpr int kRequestTimeoutCode = -32001;
// MCP server/resources, error handling.
inline constexpr int kResourceNotFoundCode = -32002;
// MCP 2026-07-28, basic/index, error codes.
inline constexpr int kHeaderMismatchCode = -32020;
inline constexpr int kMissingCapabilityCode = -32021;
inline constexpr int kUnsupportedVersionCode = -32022;
// The policy does not let the request through. Applications choose their codes outside of the range
// that JSON-RPC reserves.
inline constexpr int kDeniedCode = -31000;

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CODES_H_
