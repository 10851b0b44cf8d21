// SPDX-License-Identifier: Apache-2.0
// Which servers `lock` asks, and with whose credentials.

#ifndef MCPLEXER_COMPILER_COMMANDS_LOCK_SUBJECTS_H_
#define MCPLEXER_COMPILER_COMMANDS_LOCK_SUBJECTS_H_

#include <string>
#include <vector>

#include "compiler/analysis/space.h"
#include "compiler/record/record.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

// Every server of the policy, or those named in `servers`; each with the scope among `scopes` that
// an allow or approve rule uses for its names. So a scope's credentials go to no server that the
// policy would not send them to. Fails for a name that is not declared, a scope that no server
// gets, and two scopes for one server.
Result<std::vector<record::Subject>> SelectSubjects(const analysis::Space& space,
                                                    const std::vector<std::string>& servers,
                                                    const std::vector<std::string>& scopes);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_LOCK_SUBJECTS_H_
