// SPDX-License-Identifier: Apache-2.0
// The client's end of the gateway: frames to messages and answers to frames. What cannot be read is
// answered as JSON-RPC says and never ends the connection; a client that does not read its answers
// is not read from either, and neither are the servers that would fill its queue.

#ifndef MCPLEXER_RUNTIME_MCP_CLIENT_CONNECTION_H_
#define MCPLEXER_RUNTIME_MCP_CLIENT_CONNECTION_H_

#include <memory>
#include <string>
#include <string_view>

#include "runtime/json/document.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/era.h"
#include "runtime/transport/transport.h"

namespace mcplexer::mcp {

class ConnectionObserver {
 public:
  // The client has closed its end. It may still read answers.
  virtual void OnClientClosed() = 0;
  virtual void OnClientCongested(bool congested) = 0;

 protected:
  ~ConnectionObserver() = default;
};

// One thread. The transport must outlive it, as must what is given to Start.
class ClientConnection final : public Client, private transport::Receiver {
 public:
  explicit ClientConnection(transport::Transport& transport) : transport_(transport) {}

  void Start(Era& era, ConnectionObserver& observer);

  void Answer(const ReplyTo& reply, std::string frame) override;
  void Forget(const ReplyTo& reply) override;
  void Notify(std::string frame) override { transport_.Send(std::move(frame)); }
  void Tell(std::string frame, const ReplyTo* about) override {
    transport_.SendAbout(std::move(frame), about != nullptr ? about->raw_id : std::string_view());
  }

 private:
  void OnFrame(std::string_view frame) override;
  void OnOversizedFrame() override;
  void OnClosed() override { observer_->OnClientClosed(); }
  void OnCongestion(bool congested) override;

  // Parses the frame, if need be without regard to repeated keys. False when it was refused.
  bool Parse(std::string_view frame, bool* ambiguous);
  void ReadBatch(bool ambiguous);
  void Dispatch(json::NodeId message, bool ambiguous, std::shared_ptr<Batch> batch);
  void Refuse(const ReplyTo& reply, int code, std::string_view message);
  void SendBatchIfComplete(const Batch& batch);

  transport::Transport& transport_;
  Era* era_ = nullptr;
  ConnectionObserver* observer_ = nullptr;
  json::Document doc_;
  std::string method_scratch_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CLIENT_CONNECTION_H_
