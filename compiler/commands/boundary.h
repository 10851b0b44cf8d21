// SPDX-License-Identifier: Apache-2.0
// `check --boundary`: a policy may only narrow what another one allows.

#ifndef MCPLEXER_COMPILER_COMMANDS_BOUNDARY_H_
#define MCPLEXER_COMPILER_COMMANDS_BOUNDARY_H_

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

// Reports W0407 for each rule and default of `policy` that lets through what `boundary` does not,
// or in another way: without an approval, with other credentials, to another server; for each
// principal that is another one, approver and reach over HTTP that `boundary` does not have; and
// for what cannot be settled. Both have plans. No comment accepts such a finding: the boundary is
// not the author's.
void CheckBoundary(const Compilation& boundary, Compilation& policy);

// Whether CheckBoundary has found something.
bool CrossesBoundary(const Compilation& policy);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_BOUNDARY_H_
