// SPDX-License-Identifier: Apache-2.0
// A connection to an HTTP server: TCP, with TLS for https. Bytes in and out; http_parser.h makes
// messages of them.
//
// TLS is 1.2 or later, the certificate verified against the machine's authorities and the host's
// name, which is also sent (SNI). There is no switch to turn that off. No proxy is asked: what the
// environment says of proxies is not read, so credentials go where the policy sends them.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_HTTP_SOCKET_H_
#define MCPLEXER_RUNTIME_TRANSPORT_HTTP_SOCKET_H_

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/transport/http_url.h"

namespace mcplexer::transport {

// One thread. Callbacks run from the event loop, at most one of each kind is under way. After Close
// none runs; the object may be let go of then, also from within a callback.
class HttpSocket {
 public:
  using Done = std::function<void(Status)>;
  // The bytes are valid during the call. None: the peer has closed its end.
  using OnBytes = std::function<void(Result<std::string_view>)>;

  virtual ~HttpSocket() = default;
  // To the first address of the host that answers. Without a limit of time.
  virtual void Connect(Done done) = 0;
  virtual void Read(OnBytes on_bytes) = 0;
  // `bytes` are overwritten before their memory is given back: they may hold credentials.
  virtual void Write(std::string bytes, Done done) = 0;
  virtual void Close() = 0;
};

// What connections share: the authorities that certificates are verified with.
class HttpSockets {
 public:
  // `ca_file` (PEM) replaces the machine's authorities; for tests.
  static Result<std::unique_ptr<HttpSockets>> Create(boost::asio::io_context& io,
                                                     const std::string& ca_file = {});
  virtual ~HttpSockets() = default;
  // Not connected yet.
  virtual std::shared_ptr<HttpSocket> Make(const HttpUrl& url) = 0;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_HTTP_SOCKET_H_
