// SPDX-License-Identifier: Apache-2.0
// A server that is reached over Streamable HTTP (MCP basic/transports), behind the seam that
// child processes stand behind: frames in, frames out, gone. Enough for asking a server what it
// offers: each frame is a POST, one after the other, answered by JSON or by a stream of events;
// the session id is kept, and the session ended. No stream of the server's own is opened (GET),
// nothing is resumed, no redirect is followed: credentials go where the policy sends them.
//
// cpp-httplib blocks, so a thread of its own posts; what it hears it hands to the event loop.

#ifndef MCPLEXER_COMPILER_RECORD_HTTP_PEER_H_
#define MCPLEXER_COMPILER_RECORD_HTTP_PEER_H_

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "compiler/record/http_url.h"
#include "runtime/auth/resolve.h"
#include "runtime/downstream/peer.h"

namespace mcplexer::record {

struct HttpOptions {
  HttpUrl url;
  std::vector<auth::HttpHeader> headers;   // sent with each request
  std::chrono::seconds patience{60};       // for a connection, and between two bytes
  size_t answer_bytes = size_t{64} << 20;  // as the JSON parser's own bound
};

// Certificates of https servers are verified against the machine's authorities.
//
// Used and destroyed on the event loop's thread. Destruction waits for the thread, up to a
// connection's patience; Close before, to have it end sooner.
class HttpPeer final : public downstream::Peer {
 public:
  HttpPeer(boost::asio::io_context& io, HttpOptions options);
  ~HttpPeer() override;

  void Start(downstream::PeerEvents& events) override;
  void Send(std::string frame) override;
  size_t QueuedBytes() const override;
  void SetReading(bool) override {}  // whoever records reads all there is

  // From now on there are no events; what is under way is cut off, and the session ended.
  void Close();

 private:
  class Worker;

  boost::asio::io_context& io_;
  downstream::PeerEvents* events_ = nullptr;
  std::unique_ptr<Worker> worker_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_HTTP_PEER_H_
