// SPDX-License-Identifier: Apache-2.0
// Who vouches for a plan: the Ed25519 signature in its header, and whose signatures count.

#ifndef MCPLEXER_RUNTIME_PLAN_SIGNATURE_H_
#define MCPLEXER_RUNTIME_PLAN_SIGNATURE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/format.h"

namespace mcplexer::plan {

// Header bytes [kSignedHeaderBytes, 256) are not part of what is signed.
inline constexpr size_t kSignedHeaderBytes = 128;

using PublicKey = std::array<uint8_t, 32>;  // as RFC 8032 encodes it
using SignatureBytes = std::array<uint8_t, 64>;

// Ed25519 (RFC 8032, without a context) in its strict form: the second half of the signature is
// below the group's order, and neither the key nor the first half is a point of small order or in
// any but its canonical encoding. So nobody can make a second signature out of one, and no key
// vouches for everything.
bool SignatureHolds(std::span<const std::byte> message, const SignatureBytes& signature,
                    const PublicKey& key);

enum class SignatureState { kUnsigned, kValid, kInvalid };

// kUnsigned: signer and signature are all zero. kValid: the signature is the signer's, whoever that
// is; whether the signer is trusted is for Trust to say.
SignatureState CheckSignature(const Header& header);

// How people name a key: 16 hexadecimal digits, the beginning of its SHA-256. Never compared to
// decide anything, because who tries long enough finds another key with the same.
std::string KeyId(const PublicKey& key);

// The KeyId of the header's signer; nothing when the plan is not signed.
std::optional<std::string> SignerId(const Header& header);

// Whose plans are loaded.
class Trust {
 public:
  // Everybody's, and those that nobody has signed.
  Trust() = default;
  // Only what one of these keys has signed. There is at least one key.
  static Trust Only(std::vector<PublicKey> keys);

  // Fails with the reason when the plan is not to be loaded. The signature, if there is one, has
  // been found valid before.
  Status Check(const Header& header) const;

 private:
  std::optional<std::vector<PublicKey>> keys_;
};

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_SIGNATURE_H_
