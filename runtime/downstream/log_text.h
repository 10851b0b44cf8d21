// SPDX-License-Identifier: Apache-2.0
// What a downstream wrote, made fit for our log: secrets masked, control characters escaped, and
// not more of it than a log can bear.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_LOG_TEXT_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_LOG_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/auth/secret_string.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

// Replaces each occurrence of a secret by `***`.
class Mask {
 public:
  void Add(auth::SecretString secret);
  std::string Apply(std::string_view text) const;

 private:
  std::vector<auth::SecretString> secrets_;  // longest first: one within another leaves no rest
};

// Control characters, DEL and bytes that are not UTF-8 as \xNN, cut to `max_bytes` of input.
std::string Printable(std::string_view text, size_t max_bytes);

// Lets a burst through and then a steady number a second; what it holds back it counts.
class RateLimit {
 public:
  RateLimit(uint32_t burst, uint32_t per_second)
      : burst_(burst), per_second_(per_second), left_(burst) {}

  bool Allow(transport::TimePoint now);
  // How many were held back since the last call.
  uint64_t TakeDropped();

 private:
  const double burst_;
  const double per_second_;
  double left_;
  transport::TimePoint last_{};
  uint64_t dropped_ = 0;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_LOG_TEXT_H_
