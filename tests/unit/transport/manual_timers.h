// SPDX-License-Identifier: Apache-2.0
// The twin of AsioTimers: time passes when a test says so.

#ifndef MCPLEXER_TESTS_UNIT_TRANSPORT_MANUAL_TIMERS_H_
#define MCPLEXER_TESTS_UNIT_TRANSPORT_MANUAL_TIMERS_H_

#include "runtime/transport/timers.h"

namespace mcplexer::transport {

class ManualTimers final : public Timers {
 public:
  TimePoint Now() const override { return now_; }
  // Steps from deadline to deadline, so that callbacks see the time they asked for.
  void Advance(Duration by) {
    const TimePoint target = now_ + by;
    while (Earliest() <= target) {
      now_ = Earliest() > now_ ? Earliest() : now_;
      RunDue(now_);
    }
    now_ = target;
  }
  int arms() const { return arms_; }
  bool idle() const { return Earliest() == TimePoint::max(); }

 private:
  void Arm(TimePoint) override { ++arms_; }

  TimePoint now_{std::chrono::hours(1)};
  int arms_ = 0;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_TESTS_UNIT_TRANSPORT_MANUAL_TIMERS_H_
