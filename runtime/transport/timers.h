// SPDX-License-Identifier: Apache-2.0
// Time as the data plane sees it: a steady clock and callbacks at points of it, behind an interface
// so that tests turn the hands themselves. One thread.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_TIMERS_H_
#define MCPLEXER_RUNTIME_TRANSPORT_TIMERS_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace mcplexer::transport {

using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

// The callbacks that are due some day, in order. Each call has a timeout and hardly any fires, so
// adding and removing must not cost a system call: Arm is called only when the earliest deadline
// moves forward, and a wake-up that finds nothing due is harmless.
class Timers {
 public:
  using Key = std::pair<TimePoint, uint64_t>;

  virtual ~Timers() = default;
  virtual TimePoint Now() const = 0;

  Key Add(TimePoint at, std::function<void()> callback);
  void Remove(const Key& key) { due_.erase(key); }

 protected:
  // Wake up (and call RunDue) at `at` or earlier.
  virtual void Arm(TimePoint at) = 0;

  // Runs what is due by `now` and arms for what is left.
  void RunDue(TimePoint now);
  // The time point max when nothing is due.
  TimePoint Earliest() const;

 private:
  std::map<Key, std::function<void()>> due_;
  uint64_t next_ = 0;
  TimePoint armed_ = TimePoint::max();
};

// One callback that may be set, set anew and dropped; dropped with its owner.
class Timer {
 public:
  explicit Timer(Timers& timers) : timers_(&timers) {}
  ~Timer() { Cancel(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Replaces what was set before. The callback may set the timer again or destroy it.
  void SetAt(TimePoint at, std::function<void()> callback);
  void SetAfter(Duration delay, std::function<void()> callback) {
    SetAt(timers_->Now() + delay, std::move(callback));
  }
  void Cancel();
  bool set() const { return set_; }

 private:
  Timers* timers_;
  Timers::Key key_{};
  bool set_ = false;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_TIMERS_H_
