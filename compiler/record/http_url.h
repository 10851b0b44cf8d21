// SPDX-License-Identifier: Apache-2.0
// The URL of an MCP server, cut into what a connection and a request need.

#ifndef MCPLEXER_COMPILER_RECORD_HTTP_URL_H_
#define MCPLEXER_COMPILER_RECORD_HTTP_URL_H_

#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace mcplexer::record {

struct HttpUrl {
  std::string origin;  // "https://mcp.example.com:8443"
  std::string target;  // "/mcp?x=1", at least "/"
  bool encrypted = false;
  bool local = false;  // this machine: what is sent unencrypted crosses no network
};

// Fails for what the compiler refuses in a policy.
Result<HttpUrl> ParseHttpUrl(std::string_view url);

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_HTTP_URL_H_
