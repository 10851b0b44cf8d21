// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/log_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "runtime/json/utf8.h"

namespace mcplexer::downstream {

void Mask::Add(auth::SecretString secret) {
  if (secret.empty()) return;
  const auto at = std::find_if(secrets_.begin(), secrets_.end(),
                               [&](const auto& other) { return other.size() < secret.size(); });
  secrets_.insert(at, std::move(secret));
}

std::string Mask::Apply(std::string_view text) const {
  constexpr std::string_view kMasked = "***";
  std::string out(text);
  for (const auth::SecretString& secret : secrets_) {
    for (size_t at = out.find(secret.Reveal()); at != std::string::npos;
         at = out.find(secret.Reveal(), at + kMasked.size())) {
      out.replace(at, secret.size(), kMasked);
    }
  }
  return out;
}

std::string Printable(std::string_view text, size_t max_bytes) {
  const bool cut = text.size() > max_bytes;
  text = text.substr(0, max_bytes);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t valid = json::Utf8PrefixLength(text);
    for (const char c : text.substr(0, valid)) {
      const auto byte = static_cast<uint8_t>(c);
      if (byte < 0x20 || byte == 0x7F) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
      } else {
        out += c;
      }
    }
    text.remove_prefix(valid);
    if (!text.empty()) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<uint8_t>(text.front()));
      text.remove_prefix(1);
    }
  }
  if (cut) out += "...";
  return out;
}

bool RateLimit::Allow(transport::TimePoint now) {
  const std::chrono::duration<double> passed = now - last_;
  last_ = now;
  left_ = std::min(burst_, left_ + passed.count() * per_second_);
  if (left_ < 1) {
    ++dropped_;
    return false;
  }
  left_ -= 1;
  return true;
}

uint64_t RateLimit::TakeDropped() { return std::exchange(dropped_, 0); }

}  // namespace mcplexer::downstream
