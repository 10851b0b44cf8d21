// SPDX-License-Identifier: Apache-2.0
// Frames as lines over a pair of descriptors: the MCP stdio transport (basic/transports/stdio), for
// our own standard streams and for those of a child; a Unix socket would be framed alike.
//
// Reads and writes are tried before anything is awaited. A write that the kernel takes at once, the
// common case, costs one system call and no allocation.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_STREAM_TRANSPORT_H_
#define MCPLEXER_RUNTIME_TRANSPORT_STREAM_TRANSPORT_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <deque>
#include <memory>
#include <string>

#include "runtime/transport/line_splitter.h"
#include "runtime/transport/transport.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::transport {

class StreamTransport final : public Transport {
 public:
  // Takes the descriptors (two different ones) and makes them non-blocking.
  StreamTransport(boost::asio::io_context& io, UniqueFd input, UniqueFd output,
                  const Limits& limits = {});

  void Start(Receiver& receiver) override;
  void Send(std::string frame) override;
  size_t QueuedBytes() const override { return queued_bytes_; }
  void SetReading(bool on) override;
  void CloseWriting() override;

 private:
  void Read();
  void OnRead(const boost::system::error_code& error, size_t bytes);
  // Gives complete lines to the receiver while it wants them. False when *this is gone or closed.
  bool Deliver();
  void Report(const LineSplitter::Line& line);
  void EndOfInput();

  void Enqueue(std::string line, size_t written);
  void AwaitWritable();
  void Flush();
  void FailWriting();
  void UpdateCongestion();

  boost::asio::io_context& io_;
  const Limits limits_;
  boost::asio::posix::stream_descriptor input_;
  boost::asio::posix::stream_descriptor output_;
  LineSplitter lines_;
  Receiver* receiver_ = nullptr;

  bool wanted_ = true;  // SetReading
  bool read_pending_ = false;
  bool ended_ = false;   // nothing more will be read
  bool closed_ = false;  // OnClosed was called

  std::deque<std::string> queue_;  // lines with their LF
  size_t front_written_ = 0;       // bytes of queue_.front() that are out
  size_t queued_bytes_ = 0;
  bool congested_ = false;
  uint32_t congestion_untold_ = 0;  // changes that the receiver will hear of from the loop
  bool write_pending_ = false;
  bool close_when_written_ = false;

  // Handlers that are still queued when this is destroyed see that it is gone.
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_STREAM_TRANSPORT_H_
