// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/request_state.h"

#include <sodium.h>

#include <charconv>

#include "runtime/base/check.h"

namespace mcplexer::mcp {
namespace {

constexpr std::string_view kSealed = "mcplexer.";
constexpr size_t kSealHex = size_t{crypto_generichash_BYTES} * 2;

// HEX.MILLISECONDS.STATE behind the prefix.
std::string SealOf(const std::array<unsigned char, 32>& key, std::string_view purpose,
                   std::string_view rest) {
  crypto_generichash_state hash;
  crypto_generichash_init(&hash, key.data(), key.size(), crypto_generichash_BYTES);
  const auto add = [&](std::string_view part) {
    const std::string size = std::to_string(part.size()) + ":";
    crypto_generichash_update(&hash, reinterpret_cast<const unsigned char*>(size.data()),
                              size.size());
    crypto_generichash_update(&hash, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  };
  add(purpose);
  add(rest);
  std::array<unsigned char, crypto_generichash_BYTES> seal{};
  crypto_generichash_final(&hash, seal.data(), seal.size());
  std::string hex(kSealHex + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), seal.data(), seal.size());
  hex.pop_back();
  return hex;
}

int64_t Milliseconds(transport::TimePoint at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

}  // namespace

RequestStates::RequestStates(transport::Timers& timers) : timers_(timers) {
  MCPLEXER_CHECK(sodium_init() >= 0);
  randombytes_buf(key_.data(), key_.size());
}

bool RequestStates::IsSealed(std::string_view state) { return state.starts_with(kSealed); }

std::string RequestStates::Seal(std::string_view purpose, std::string_view state) const {
  std::string rest = std::to_string(Milliseconds(timers_.Now() + kGood)) + ".";
  rest += state;
  return std::string(kSealed) + SealOf(key_, purpose, rest) + "." + rest;
}

std::optional<std::string> RequestStates::Open(std::string_view purpose,
                                               std::string_view sealed) const {
  if (!IsSealed(sealed)) return std::nullopt;
  sealed.remove_prefix(kSealed.size());
  if (sealed.size() <= kSealHex || sealed[kSealHex] != '.') return std::nullopt;
  const std::string_view given = sealed.substr(0, kSealHex);
  const std::string_view rest = sealed.substr(kSealHex + 1);
  const std::string seal = SealOf(key_, purpose, rest);
  if (sodium_memcmp(seal.data(), given.data(), kSealHex) != 0) return std::nullopt;
  int64_t until = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), until);
  if (error != std::errc() || end == rest.data() + rest.size() || *end != '.' ||
      Milliseconds(timers_.Now()) >= until) {
    return std::nullopt;
  }
  return std::string(rest.substr(static_cast<size_t>(end - rest.data()) + 1));
}

}  // namespace mcplexer::mcp
