// SPDX-License-Identifier: Apache-2.0
// SHA-256 is OpenSSL's, which uses the processor's instructions for it: the digest is most of the
// time that loading takes, and libsodium's portable code is several times slower. Ed25519 is
// libsodium's, which refuses non-canonical and small-order inputs, so that no signature has a
// second form.

#include "runtime/plan/digest.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
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

template <size_t N>
bool AllZero(const std::array<uint8_t, N>& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t b) { return b == 0; });
}

}  // namespace

Digest ContentDigest(std::span<const std::byte> file) {
  MCPLEXER_CHECK(file.size() >= sizeof(Header));
  static_assert(offsetof(Header, content_digest) == 32 && offsetof(Header, source_digest) == 64);
  static_assert(offsetof(Header, signer) == kSignedHeaderBytes);
  return HashParts({file.subspan(0, 32), file.subspan(64, 64), file.subspan(sizeof(Header))});
}

Digest Sha256(std::span<const std::byte> bytes) { return HashParts({bytes}); }

SignatureState CheckSignature(const Header& header) {
  if (AllZero(header.signer) && AllZero(header.signature)) return SignatureState::kUnsigned;
  MCPLEXER_CHECK(sodium_init() >= 0);
  const auto* message = reinterpret_cast<const unsigned char*>(&header);
  const bool valid =
      crypto_sign_ed25519_verify_detached(header.signature.data(), message, kSignedHeaderBytes,
                                          header.signer.data()) == 0;
  return valid ? SignatureState::kValid : SignatureState::kInvalid;
}

}  // namespace mcplexer::plan
