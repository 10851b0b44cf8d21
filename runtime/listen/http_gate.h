// SPDX-License-Identifier: Apache-2.0
// What is looked at of an HTTP request before anything is done with it: where it wants to go, from
// which web page it comes, and what it says of its body. A web page that a browser shows can send
// requests to this machine, and by a host name of its own that leads here (DNS rebinding) even read
// the answers; so both Host and Origin have to be ours.

#ifndef MCPLEXER_RUNTIME_LISTEN_HTTP_GATE_H_
#define MCPLEXER_RUNTIME_LISTEN_HTTP_GATE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/transport/http_parser.h"

namespace mcplexer::listen {

class TlsIdentity;

// The address that is listened on.
struct HttpAddress {
  std::string host;  // a loopback address, without brackets
  uint16_t port = 0;
  std::shared_ptr<TlsIdentity> tls = nullptr;  // null: without
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Only this machine's own addresses: over HTTP
// nobody can be recognised yet. The port may be 0: any.
Result<HttpAddress> ParseHttpAddress(std::string_view text);

// Why a request is refused.
struct HttpRefusal {
  uint32_t status = 0;
  int code = 0;  // of the JSON-RPC error that is the body, 0: none
  std::string_view message;
  std::string_view fields;  // with their CR LF
};

class HttpGate {
 public:
  explicit HttpGate(const HttpAddress& address);

  // Empty when the request may go on to the workspace that it names.
  std::optional<HttpRefusal> Check(const transport::HttpHead& head) const;

 private:
  std::set<std::string, std::less<>> hosts_;
  std::set<std::string, std::less<>> origins_;
};

// The session era has that version, or none is named.
bool IsKnownVersion(const transport::HttpHead& head);

// NAME of `/w/NAME/mcp`, empty for any other target.
std::string_view WorkspaceIn(std::string_view target);

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_HTTP_GATE_H_
