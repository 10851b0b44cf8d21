// SPDX-License-Identifier: Apache-2.0
// The seam between a protocol and what carries it: frames in, frames out, closed. A frame is the
// bytes of one JSON text (a message or a batch) without whatever parts it from the next one.
//
// Everything here belongs to the data plane's one thread.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_TRANSPORT_H_
#define MCPLEXER_RUNTIME_TRANSPORT_TRANSPORT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace mcplexer::transport {

struct Limits {
  // The longest frame that is read. Tool results with an embedded file or image reach some
  // megabytes; the JSON parser's own bound is the same. What is longer is skipped, never stored.
  size_t frame_bytes = size_t{64} << 20;
  // More than this waiting to be written means that the peer does not read: whoever feeds this
  // transport is told to stop. Large enough that an ordinary burst of results never gets there.
  size_t queue_bytes = size_t{4} << 20;
};

// Who reads a transport. No call may destroy the transport, and none is made from within Send.
class Receiver {
 public:
  // `frame` is valid during the call only.
  virtual void OnFrame(std::string_view frame) = 0;
  // A frame longer than Limits::frame_bytes was skipped.
  virtual void OnOversizedFrame() = 0;
  // The peer has closed its end, or reading or writing failed. Called once, and last of OnFrame,
  // OnOversizedFrame and OnClosed; what was sent before may still be on its way.
  virtual void OnClosed() = 0;
  // Limits::queue_bytes was passed (true), or half of the queue has been written since (false).
  virtual void OnCongestion(bool congested) = 0;

 protected:
  ~Receiver() = default;
};

class Transport {
 public:
  virtual ~Transport() = default;

  // Begins to read. `receiver` must outlive the transport.
  virtual void Start(Receiver& receiver) = 0;
  // Writes at once what the peer takes at once, queues the rest without a bound of its own.
  // `frame` holds no line feed. After a failure or Close, does nothing.
  virtual void Send(std::string frame) = 0;
  // The same for what belongs to a request that the peer has sent and that is open: its id, as the
  // bytes that were delivered. What carries all in one order has no use for it.
  virtual void SendAbout(std::string frame, std::string_view /*raw_id*/) { Send(std::move(frame)); }
  virtual size_t QueuedBytes() const = 0;
  // While off, no frame is delivered and, but for what is buffered already, nothing is read.
  virtual void SetReading(bool on) = 0;
  // Writes what is queued, then closes the writing end.
  virtual void CloseWriting() = 0;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_TRANSPORT_H_
