// SPDX-License-Identifier: Apache-2.0
// Verify: whether some bytes are a plan that can be used without any further check.
//
// It checks, in this order: the header; the section table (so that every byte of the file is
// header, table, an element of a section, or a zero of padding); the content digest; the signature,
// if there is one; whether the signer is trusted; then each record of each section, so that every
// index, range, string, transition, enum and condition tree is sound, and every order that look-ups
// rely on holds.
// docs/plan-format.md lists the rules. Whether the decisions are the ones a policy means is not its
// business.
//
// Time and memory are linear in the size of the file (times its logarithm), also for a file made to
// be hostile: ranges that overlap are checked by prefix counts, and where that is not possible
// overlapping is refused.

#ifndef MCPLEXER_RUNTIME_PLAN_VERIFY_H_
#define MCPLEXER_RUNTIME_PLAN_VERIFY_H_

#include <cstddef>
#include <span>

#include "runtime/base/result.h"
#include "runtime/plan/signature.h"
#include "runtime/plan/tables.h"

namespace mcplexer::plan {

// `file` begins at an address aligned for Header. The tables view its bytes.
Result<Tables> Verify(std::span<const std::byte> file, const Trust& trust);

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_VERIFY_H_
