// SPDX-License-Identifier: Apache-2.0
// Ed25519 is libsodium's, which refuses non-canonical and small-order inputs.

#include "runtime/plan/signature.h"

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/plan/digest.h"

namespace mcplexer::plan {
namespace {

// Of the SHA-256 of a key; short enough to be read to somebody over the telephone.
constexpr size_t kKeyIdBytes = 8;

bool IsUnsigned(const Header& header) {
  return header.signer == PublicKey{} && header.signature == SignatureBytes{};
}

}  // namespace

bool SignatureHolds(std::span<const std::byte> message, const SignatureBytes& signature,
                    const PublicKey& key) {
  MCPLEXER_CHECK(sodium_init() >= 0);
  return crypto_sign_ed25519_verify_detached(signature.data(),
                                             reinterpret_cast<const unsigned char*>(message.data()),
                                             message.size(), key.data()) == 0;
}

SignatureState CheckSignature(const Header& header) {
  if (IsUnsigned(header)) return SignatureState::kUnsigned;
  static_assert(offsetof(Header, signer) == kSignedHeaderBytes);
  const auto message = std::as_bytes(std::span(&header, 1)).first(kSignedHeaderBytes);
  return SignatureHolds(message, header.signature, header.signer) ? SignatureState::kValid
                                                                  : SignatureState::kInvalid;
}

std::string KeyId(const PublicKey& key) {
  const Digest digest = Sha256(std::as_bytes(std::span(key)));
  return Hex(std::span(digest).first(kKeyIdBytes));
}

std::optional<std::string> SignerId(const Header& header) {
  if (IsUnsigned(header)) return std::nullopt;
  return KeyId(header.signer);
}

Trust Trust::Only(std::vector<PublicKey> keys) {
  MCPLEXER_CHECK(!keys.empty());
  Trust trust;
  trust.keys_ = std::move(keys);
  return trust;
}

Status Trust::Check(const Header& header) const {
  if (!keys_) return {};
  if (IsUnsigned(header)) return Fail("plan: not signed, and only a trusted signer's are loaded");
  if (std::find(keys_->begin(), keys_->end(), header.signer) == keys_->end()) {
    return Fail(fmt::format("plan: signed by key {}, which is not trusted", KeyId(header.signer)));
  }
  return {};
}

}  // namespace mcplexer::plan
