// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/asio_timers.h"

namespace mcplexer::transport {

void AsioTimers::Arm(TimePoint at) {
  timer_.expires_at(at);
  timer_.async_wait(
      [this, alive = std::weak_ptr<int>(alive_)](const boost::system::error_code& error) {
        if (!error && !alive.expired()) RunDue(Now());
      });
}

}  // namespace mcplexer::transport
