// SPDX-License-Identifier: Apache-2.0
// SHA-256 is OpenSSL's, which uses the processor's instructions for it: the digest is most of the
// time that loading takes, and libsodium's portable code is several times slower.

#include "runtime/plan/digest.h"

// The functions of its older interface: the newer one reads configuration files and looks for
// providers before the first byte is hashed, which took 2 MiB of the gateway's resident memory.
#define OPENSSL_API_COMPAT 10101
#include <openssl/sha.h>

#include <initializer_list>

#include "runtime/base/check.h"

namespace mcplexer::plan {
namespace {

Digest HashParts(std::initializer_list<std::span<const std::byte>> parts) {
  SHA256_CTX context;
  MCPLEXER_CHECK(SHA256_Init(&context) == 1);
  for (const std::span<const std::byte> part : parts) {
    MCPLEXER_CHECK(SHA256_Update(&context, part.data(), part.size()) == 1);
  }
  Digest digest{};
  static_assert(sizeof digest == SHA256_DIGEST_LENGTH);
  MCPLEXER_CHECK(SHA256_Final(digest.data(), &context) == 1);
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
