// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/clock.h"

#include <ctime>
#include <utility>

namespace mcplexer::audit {
namespace {

constexpr uint64_t kNanosecondsPerSecond = 1'000'000'000;

uint64_t Read(clockid_t clock) {
  struct timespec now = {};
  clock_gettime(clock, &now);
  return static_cast<uint64_t>(now.tv_sec) * kNanosecondsPerSecond +
         static_cast<uint64_t>(now.tv_nsec);
}

// A time is in every record, and the general formatter would take longer than the checksums.
void AppendDigits(uint64_t number, size_t digits, std::string& out) {
  out.append(digits, '0');
  for (size_t i = out.size(); number != 0 && digits != 0; --digits, number /= 10) {
    out[--i] = static_cast<char>('0' + number % 10);
  }
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
  AppendDigits(static_cast<uint64_t>(t.tm_year) + 1900, 4, out);
  const std::pair<char, int> parts[] = {
      {'-', t.tm_mon + 1}, {'-', t.tm_mday}, {'T', t.tm_hour}, {':', t.tm_min}, {':', t.tm_sec}};
  for (const auto& [separator, number] : parts) {
    out += separator;
    AppendDigits(static_cast<uint64_t>(number), 2, out);
  }
  out += '.';
  AppendDigits(utc_nanoseconds % kNanosecondsPerSecond, 9, out);
  out += 'Z';
}

}  // namespace mcplexer::audit
