// SPDX-License-Identifier: Apache-2.0
// The URL of an MCP server, cut into what a connection and a request need.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_HTTP_URL_H_
#define MCPLEXER_RUNTIME_TRANSPORT_HTTP_URL_H_

#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace mcplexer::transport {

struct HttpUrl {
  std::string origin;     // "https://mcp.example.com:8443"
  std::string authority;  // "mcp.example.com:8443", what the header Host says
  std::string host;       // "mcp.example.com"; an IPv6 address without its brackets
  std::string port;       // "8443", "443"
  std::string target;     // "/mcp?x=1", at least "/"
  bool encrypted = false;
  bool local = false;  // this machine: what is sent unencrypted crosses no network
};

// Fails for what the compiler refuses in a policy, and for what could not stand in the first lines
// of a request.
Result<HttpUrl> ParseHttpUrl(std::string_view url);

// What a URL reference in an answer from `base` leads to (RFC 3986, section 5.2): a URL, a path, or
// a path relative to the one of `base`. Fails for what cannot be read, and for what leads to
// another origin: whoever wrote it must not have us talk to others.
Result<HttpUrl> ResolveSameOrigin(const HttpUrl& base, std::string_view reference);

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_HTTP_URL_H_
