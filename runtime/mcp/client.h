// SPDX-License-Identifier: Apache-2.0
// What the gateway can say to a client, whatever carries it and whichever era it speaks.

#ifndef MCPLEXER_RUNTIME_MCP_CLIENT_H_
#define MCPLEXER_RUNTIME_MCP_CLIENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace mcplexer::mcp {

// The answers to one batch (only 2025-03-26 has them): sent together when the last one is there.
struct Batch {
  size_t open = 0;      // requests without an answer
  std::string answers;  // so far, joined by commas
};

// Which request is answered. Each is answered or forgotten once.
struct ReplyTo {
  std::string raw_id;            // the bytes of its id; empty where it could not be read
  std::shared_ptr<Batch> batch;  // null: the request came by itself
};

class Client {
 public:
  // `frame` is a response that carries reply.raw_id.
  virtual void Answer(const ReplyTo& reply, std::string frame) = 0;
  // The request is not answered: the client has cancelled it.
  virtual void Forget(const ReplyTo& reply) = 0;
  // `frame` is a notification to the client at large.
  virtual void Notify(std::string frame) = 0;
  // `frame` is a notification or a request that belongs to a request of the client which is open
  // (`about`, null where none is known): a transport that gives each request a stream of its own
  // sends it there.
  virtual void Tell(std::string frame, const ReplyTo* about) = 0;
  // A server wanted to ask something of the client that it did not declare (`capability`: a member
  // of its capabilities), probably for this request. The server has been refused.
  virtual void OnUndeclared(std::string_view /*capability*/, const ReplyTo* /*about*/) {}

 protected:
  ~Client() = default;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CLIENT_H_
