// SPDX-License-Identifier: Apache-2.0
// When a server that failed may be started again.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_BACKOFF_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_BACKOFF_H_

#include <algorithm>
#include <cstdint>

#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

// The first restart is free (a server that fell over once should not cost its user a wait), then
// one second, doubled each time up to a minute. A server that lived long enough before it failed
// begins anew.
class Backoff {
 public:
  static constexpr std::chrono::seconds kFirst{1};
  static constexpr std::chrono::seconds kLongest{60};
  static constexpr std::chrono::seconds kLongLife{30};

  void OnFailure(transport::TimePoint now, transport::Duration lived) {
    if (lived >= kLongLife) failures_ = 0;
    ++failures_;
    if (failures_ == 1) {
      not_before_ = now;
      return;
    }
    const uint32_t doublings = std::min(failures_ - 2, uint32_t{6});
    not_before_ = now + std::min<transport::Duration>(kFirst * (1 << doublings), kLongest);
  }

  transport::TimePoint not_before() const { return not_before_; }

 private:
  uint32_t failures_ = 0;
  transport::TimePoint not_before_ = transport::TimePoint::min();
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_BACKOFF_H_
