// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/stream_transport.h"

#include <sys/uio.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::transport {
namespace {

using boost::asio::posix::stream_descriptor;

// Lines handed to the kernel in one call when several wait.
constexpr size_t kLinesAtOnce = 64;

}  // namespace

StreamTransport::StreamTransport(boost::asio::io_context& io, UniqueFd input, UniqueFd output,
                                 const Limits& limits)
    : io_(io), limits_(limits), input_(io), output_(io), lines_(limits.frame_bytes) {
  boost::system::error_code error;
  // A descriptor that cannot be taken stays closed: reading it ends at once, writing does nothing.
  if (input_.assign(input.get(), error); !error) input.Release();
  if (output_.assign(output.get(), error); !error) output.Release();
  // Fails for what never blocks, a file.
  input_.non_blocking(true, error);
  output_.native_non_blocking(true, error);
}

void StreamTransport::Start(Receiver& receiver) {
  MCPLEXER_CHECK(receiver_ == nullptr);
  receiver_ = &receiver;
  Read();
}

void StreamTransport::SetReading(bool on) {
  if (wanted_ == on) return;
  wanted_ = on;
  if (!on) return;
  // Not from here: the caller may be in the middle of a frame.
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired() && Deliver()) Read();
  });
}

void StreamTransport::Read() {
  if (read_pending_ || !wanted_ || ended_ || receiver_ == nullptr) return;
  read_pending_ = true;
  const std::span<char> room = lines_.Prepare();
  input_.async_read_some(boost::asio::buffer(room.data(), room.size()),
                         [this, alive = std::weak_ptr<int>(alive_)](
                             const boost::system::error_code& error, size_t bytes) {
                           if (!alive.expired()) OnRead(error, bytes);
                         });
}

void StreamTransport::OnRead(const boost::system::error_code& error, size_t bytes) {
  read_pending_ = false;
  if (error) {
    ended_ = true;
  } else {
    lines_.Commit(bytes);
  }
  if (Deliver()) Read();
}

bool StreamTransport::Deliver() {
  const std::weak_ptr<int> alive = alive_;
  while (wanted_ && !closed_ && !read_pending_ && congestion_untold_ == 0) {
    const auto line = lines_.Next();
    if (!line) break;
    Report(*line);
    if (alive.expired()) return false;
  }
  // A buffer full of short requests can ask for a thousand times its size. Whoever answers them is
  // told of the congestion before the next one.
  if (congestion_untold_ != 0) return false;
  if (ended_ && wanted_ && !closed_) EndOfInput();
  return !alive.expired() && !closed_;
}

void StreamTransport::Report(const LineSplitter::Line& line) {
  if (line.oversized) {
    receiver_->OnOversizedFrame();
  } else {
    receiver_->OnFrame(line.text);
  }
}

void StreamTransport::EndOfInput() {
  const std::weak_ptr<int> alive = alive_;
  if (const auto rest = lines_.Rest()) Report(*rest);
  if (alive.expired() || closed_) return;
  closed_ = true;
  receiver_->OnClosed();
}

void StreamTransport::Send(std::string frame) {
  if (close_when_written_ || !output_.is_open()) return;
  size_t written = 0;
  if (queue_.empty()) {
    char feed = '\n';
    std::array<iovec, 2> parts{{{frame.data(), frame.size()}, {&feed, 1}}};
    const ssize_t n = ::writev(output_.native_handle(), parts.data(), parts.size());
    if (n >= 0) {
      written = static_cast<size_t>(n);
      if (written == frame.size() + 1) return;
    } else if (errno != EAGAIN && errno != EINTR) {
      FailWriting();
      return;
    }
  }
  frame.push_back('\n');
  Enqueue(std::move(frame), written);
}

void StreamTransport::Enqueue(std::string line, size_t written) {
  queued_bytes_ += line.size() - written;
  if (queue_.empty()) front_written_ = written;
  queue_.push_back(std::move(line));
  AwaitWritable();
  UpdateCongestion();
}

void StreamTransport::AwaitWritable() {
  if (write_pending_) return;
  write_pending_ = true;
  output_.async_wait(stream_descriptor::wait_write, [this, alive = std::weak_ptr<int>(alive_)](
                                                        const boost::system::error_code& error) {
    if (alive.expired()) return;
    write_pending_ = false;
    if (error) {
      FailWriting();
    } else {
      Flush();
    }
  });
}

void StreamTransport::Flush() {
  while (!queue_.empty()) {
    std::array<iovec, kLinesAtOnce> parts{};
    size_t count = 0;
    for (std::string& line : queue_) {
      const size_t skip = count == 0 ? front_written_ : 0;
      parts[count++] = {line.data() + skip, line.size() - skip};
      if (count == kLinesAtOnce) break;
    }
    const ssize_t n = ::writev(output_.native_handle(), parts.data(), static_cast<int>(count));
    if (n < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return FailWriting();
      AwaitWritable();
      break;
    }
    auto left = static_cast<size_t>(n);
    queued_bytes_ -= left;
    left += front_written_;
    while (!queue_.empty() && left >= queue_.front().size()) {
      left -= queue_.front().size();
      queue_.pop_front();
    }
    front_written_ = left;
  }
  if (queue_.empty() && close_when_written_) {
    boost::system::error_code ignored;
    output_.close(ignored);
  }
  UpdateCongestion();
}

void StreamTransport::FailWriting() {
  boost::system::error_code ignored;
  output_.close(ignored);
  queue_.clear();
  queued_bytes_ = 0;
  front_written_ = 0;
  // What the peer still says is of no use: it cannot be answered. From the loop, as Send promises.
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (alive.expired() || closed_ || receiver_ == nullptr) return;
    ended_ = closed_ = true;
    receiver_->OnClosed();
  });
}

void StreamTransport::CloseWriting() {
  if (close_when_written_ || !output_.is_open()) return;
  close_when_written_ = true;
  if (queue_.empty()) {
    boost::system::error_code ignored;
    output_.close(ignored);
  }
}

void StreamTransport::UpdateCongestion() {
  const bool congested =
      congested_ ? queued_bytes_ > limits_.queue_bytes / 2 : queued_bytes_ > limits_.queue_bytes;
  if (congested == congested_) return;
  congested_ = congested;
  ++congestion_untold_;
  boost::asio::post(io_, [this, congested, alive = std::weak_ptr<int>(alive_)] {
    if (alive.expired()) return;
    --congestion_untold_;
    if (receiver_ == nullptr) return;
    receiver_->OnCongestion(congested);
    if (Deliver()) Read();
  });
}

}  // namespace mcplexer::transport
