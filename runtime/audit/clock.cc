// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/clock.h"

#include <fmt/format.h>

#include <ctime>
#include <iterator>

namespace mcplexer::audit {
namespace {

constexpr uint64_t kNanosecondsPerSecond = 1'000'000'000;

uint64_t Read(clockid_t clock) {
  struct timespec now = {};
  clock_gettime(clock, &now);
  return static_cast<uint64_t>(now.tv_sec) * kNanosecondsPerSecond +
         static_cast<uint64_t>(now.tv_nsec);
}

class SystemClock : public Clock {
 public:
  uint64_t UtcNanoseconds() const override { return Read(CLOCK_REALTIME); }
  uint64_t MonotonicNanoseconds() const override { return Read(CLOCK_BOOTTIME); }
};

}  // namespace

const Clock& Clock::System() {
  static const SystemClock clock;
  return clock;
}

void AppendTime(uint64_t utc_nanoseconds, std::string& out) {
  const auto seconds = static_cast<time_t>(utc_nanoseconds / kNanosecondsPerSecond);
  struct tm t = {};
  gmtime_r(&seconds, &t);
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z",
                 t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
                 utc_nanoseconds % kNanosecondsPerSecond);
}

}  // namespace mcplexer::audit
