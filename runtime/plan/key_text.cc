// SPDX-License-Identifier: Apache-2.0
#include "runtime/plan/key_text.h"

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "runtime/base/check.h"

namespace mcplexer::plan {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

const char* NameOf(KeyKind kind) { return kind == KeyKind::kPublic ? "public" : "secret"; }

}  // namespace

std::string_view KeyPrefix(KeyKind kind) {
  return kind == KeyKind::kPublic ? "mcplexer-ed25519-public:" : "mcplexer-ed25519-secret:";
}

std::vector<KeyLine> KeyLines(std::string_view file) {
  std::vector<KeyLine> lines;
  for (size_t number = 1; !file.empty(); ++number) {
    const size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = Trimmed(file.substr(0, end));
    if (!line.empty() && !line.starts_with('#')) lines.push_back({number, line});
    file.remove_prefix(std::min(end + 1, file.size()));
  }
  return lines;
}

Result<std::string_view> DecodeKey(std::string_view line, KeyKind kind,
                                   std::span<uint8_t, kKeyBytes> key) {
  const KeyKind other = kind == KeyKind::kPublic ? KeyKind::kSecret : KeyKind::kPublic;
  if (line.starts_with(KeyPrefix(other))) {
    return Fail(fmt::format("a {} key, where a {} one is needed", NameOf(other), NameOf(kind)));
  }
  if (!line.starts_with(KeyPrefix(kind))) {
    return Fail(fmt::format("no key: does not begin with `{}`", KeyPrefix(kind)));
  }
  line.remove_prefix(KeyPrefix(kind).size());
  line = line.substr(0, line.find_first_of(kBlanks));
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return Fail("no key: there is no second `:`");
  const std::string_view id = line.substr(0, colon);
  const std::string_view base64 = line.substr(colon + 1);
  if (base64.size() != kKeyBase64Size) {
    return Fail(fmt::format("a key of {} characters instead of {}", base64.size(), kKeyBase64Size));
  }
  size_t size = 0;
  if (sodium_base642bin(key.data(), key.size(), base64.data(), base64.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      size != key.size()) {
    return Fail("a key that is not 32 bytes in base64");
  }
  return id;
}

std::string PublicKeyText(const PublicKey& key) {
  std::array<char, kKeyBase64Size + 1> base64{};
  sodium_bin2base64(base64.data(), base64.size(), key.data(), key.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  return fmt::format("{}{}:{}", KeyPrefix(KeyKind::kPublic), KeyId(key), base64.data());
}

Result<PublicKey> ParsePublicKey(std::string_view line) {
  MCPLEXER_CHECK(sodium_init() >= 0);
  PublicKey key{};
  const Result<std::string_view> id = DecodeKey(line, KeyKind::kPublic, key);
  if (!id) return tl::unexpected(id.error());
  if (*id != KeyId(key)) return Fail("a key that was changed: its id is that of another one");
  if (crypto_core_ed25519_is_valid_point(key.data()) == 0) {
    return Fail("32 bytes that are no public key of Ed25519");
  }
  return key;
}

}  // namespace mcplexer::plan
