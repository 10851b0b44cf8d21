// SPDX-License-Identifier: Apache-2.0
// Measured values and their percentiles.

#ifndef MCPLEXER_TESTS_BENCH_SAMPLES_H_
#define MCPLEXER_TESTS_BENCH_SAMPLES_H_

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mcplexer::bench {

inline double Nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Processor time of this process: what a single thread took, whoever else uses the machine.
inline double ProcessorSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Keeps the optimizer from dropping what is measured.
template <typename T>
void Use(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

class Samples {
 public:
  void Reserve(size_t n) { values_.reserve(n); }
  void Add(double value) { values_.push_back(value); }
  size_t size() const { return values_.size(); }

  // Nearest rank: the least value that `percent` of the values do not exceed. NaN when empty.
  double Percentile(double percent) const {
    if (values_.empty()) return std::nan("");
    const auto n = static_cast<double>(values_.size());
    const auto rank = static_cast<size_t>(std::ceil(percent / 100 * n));
    std::vector<double> sorted = values_;
    const auto at = sorted.begin() + static_cast<ptrdiff_t>(std::max<size_t>(rank, 1) - 1);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  }
  double p50() const { return Percentile(50); }
  double p90() const { return Percentile(90); }
  double p99() const { return Percentile(99); }

 private:
  std::vector<double> values_;
};

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_SAMPLES_H_
