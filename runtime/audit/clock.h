// SPDX-License-Identifier: Apache-2.0
// The two clocks that a record carries: the wall clock to find it by, and one that never steps to
// measure by.

#ifndef MCPLEXER_RUNTIME_AUDIT_CLOCK_H_
#define MCPLEXER_RUNTIME_AUDIT_CLOCK_H_

#include <cstdint>
#include <string>

namespace mcplexer::audit {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual uint64_t UtcNanoseconds() const = 0;        // since 1970
  virtual uint64_t MonotonicNanoseconds() const = 0;  // since some fixed moment
  static const Clock& System();
};

// RFC 3339 in UTC with nine digits of fraction: 2026-01-31T23:59:59.000000001Z.
void AppendTime(uint64_t utc_nanoseconds, std::string& out);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_CLOCK_H_
