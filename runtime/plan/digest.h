// SPDX-License-Identifier: Apache-2.0
// The two fingerprints in a plan's header: what content it is, and who vouches for it.

#ifndef MCPLEXER_RUNTIME_PLAN_DIGEST_H_
#define MCPLEXER_RUNTIME_PLAN_DIGEST_H_

#include <cstddef>
#include <span>

#include "runtime/plan/format.h"

namespace mcplexer::plan {

// Header bytes [kSignedHeaderBytes, 256) are not part of what is signed.
inline constexpr size_t kSignedHeaderBytes = 128;

// SHA-256 of a whole plan as format.h defines content_digest. `file` holds at least a header.
Digest ContentDigest(std::span<const std::byte> file);

// SHA-256 of some bytes.
Digest Sha256(std::span<const std::byte> bytes);

enum class SignatureState { kUnsigned, kValid, kInvalid };

// kUnsigned: signer and signature are all zero. kValid: the signature is the signer's, whoever that
// is; whether the signer is trusted is for the caller to decide.
SignatureState CheckSignature(const Header& header);

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_DIGEST_H_
