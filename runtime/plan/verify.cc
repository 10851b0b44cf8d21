// SPDX-License-Identifier: Apache-2.0
#include "runtime/plan/verify.h"

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan {

Result<Tables> Verify(std::span<const std::byte> file, const Trust& trust) {
  Result<Tables> tables = verify::VerifyContainer(file, trust);
  if (!tables) return tables;
  for (const auto part : {verify::VerifyCatalogue, verify::VerifyWorkspaces, verify::VerifyAutomata,
                          verify::VerifyConditions, verify::VerifyRules}) {
    if (const Status status = part(*tables); !status) return tl::unexpected(status.error());
  }
  return tables;
}

}  // namespace mcplexer::plan
