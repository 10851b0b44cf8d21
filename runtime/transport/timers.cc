// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/timers.h"

namespace mcplexer::transport {

Timers::Key Timers::Add(TimePoint at, std::function<void()> callback) {
  const Key key{at, next_++};
  due_.emplace(key, std::move(callback));
  if (at < armed_) {
    armed_ = at;
    Arm(at);
  }
  return key;
}

void Timers::RunDue(TimePoint now) {
  armed_ = TimePoint::max();
  while (!due_.empty() && due_.begin()->first.first <= now) {
    // Out of the map before it runs: it may add and remove others.
    auto node = due_.extract(due_.begin());
    node.mapped()();
  }
  if (!due_.empty() && Earliest() < armed_) {
    armed_ = Earliest();
    Arm(armed_);
  }
}

TimePoint Timers::Earliest() const {
  return due_.empty() ? TimePoint::max() : due_.begin()->first.first;
}

void Timer::SetAt(TimePoint at, std::function<void()> callback) {
  Cancel();
  set_ = true;
  key_ = timers_->Add(at, [this, run = std::move(callback)] {
    set_ = false;
    run();
  });
}

void Timer::Cancel() {
  if (!set_) return;
  set_ = false;
  timers_->Remove(key_);
}

}  // namespace mcplexer::transport
