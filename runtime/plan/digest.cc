// SPDX-License-Identifier: Apache-2.0
// SHA-256 is OpenSSL's, which uses the processor's instructions for it: the digest is most of the
// time that loading takes, and libsodium's portable code is several times slower.

#include "runtime/plan/digest.h"

#include <openssl/evp.h>

#include <initializer_list>
#include <memory>

#include "runtime/base/check.h"

namespace mcplexer::plan {
namespace {

Digest HashParts(std::initializer_list<std::span<const std::byte>> parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  MCPLEXER_CHECK(context != nullptr);
  MCPLEXER_CHECK(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  for (const std::span<const std::byte> part : parts) {
    MCPLEXER_CHECK(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  }
  Digest digest{};
  unsigned size = 0;
  MCPLEXER_CHECK(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1);
  MCPLEXER_CHECK(size == digest.size());
  return digest;
}

}  // namespace

Digest ContentDigest(std::span<const std::byte> file) {
  MCPLEXER_CHECK(file.size() >= sizeof(Header));
  static_assert(offsetof(Header, content_digest) == 32 && offsetof(Header, source_digest) == 64);
  static_assert(offsetof(Header, signer) == 128);
  return HashParts({file.subspan(0, 32), file.subspan(64, 64), file.subspan(sizeof(Header))});
}

Digest Sha256(std::span<const std::byte> bytes) { return HashParts({bytes}); }

std::string Hex(std::span<const uint8_t> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace mcplexer::plan
