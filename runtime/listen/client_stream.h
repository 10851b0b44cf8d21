// SPDX-License-Identifier: Apache-2.0
// The bytes of one HTTP client's connection, with TLS or without. OpenSSL stays in
// client_stream.cc.

#ifndef MCPLEXER_RUNTIME_LISTEN_CLIENT_STREAM_H_
#define MCPLEXER_RUNTIME_LISTEN_CLIENT_STREAM_H_

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "runtime/base/result.h"

namespace mcplexer::listen {

// One thread. Callbacks run from the event loop; one of each kind is under way at most. They have
// to keep the stream alive, and run after Close, too, with an error.
class ClientStream {
 public:
  using Done = std::function<void(const boost::system::error_code&, size_t)>;

  virtual ~ClientStream() = default;
  // First: TLS is agreed upon. Without a limit of time.
  virtual void Open(std::function<void(const boost::system::error_code&)> done) = 0;
  // Some bytes, as many as there are.
  virtual void Read(boost::asio::mutable_buffer buffer, Done done) = 0;
  virtual void Write(boost::asio::const_buffer buffer, Done done) = 0;
  // With TLS's farewell, without which a client must take what it has read for cut off. Nothing
  // may be under way but a Read.
  virtual void Finish() = 0;
  virtual void Close() = 0;
};

// What a server shows to its clients, and the key to it. Shared by its connections.
class TlsIdentity {
 public:
  // Of files in PEM: the certificate with those that lead to its authority, and its key, which
  // nobody but the file's owner may read. The error names the file, and holds nothing of it.
  static Result<std::shared_ptr<TlsIdentity>> Load(const std::string& certificate_file,
                                                   const std::string& key_file);
  virtual ~TlsIdentity() = default;
  // TLS 1.2 or later.
  virtual std::shared_ptr<ClientStream> Accept(boost::asio::ip::tcp::socket socket) = 0;
};

std::shared_ptr<ClientStream> PlainStream(boost::asio::ip::tcp::socket socket);

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_CLIENT_STREAM_H_
