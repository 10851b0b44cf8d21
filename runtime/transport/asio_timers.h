// SPDX-License-Identifier: Apache-2.0
// Timers of a running gateway.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_ASIO_TIMERS_H_
#define MCPLEXER_RUNTIME_TRANSPORT_ASIO_TIMERS_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "runtime/transport/timers.h"

namespace mcplexer::transport {

// Does not keep the io_context running for timers alone once Stop was called.
class AsioTimers final : public Timers {
 public:
  explicit AsioTimers(boost::asio::io_context& io) : timer_(io) {}

  TimePoint Now() const override { return std::chrono::steady_clock::now(); }
  void Stop() { timer_.cancel(); }

 private:
  void Arm(TimePoint at) override;

  boost::asio::steady_timer timer_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_ASIO_TIMERS_H_
