// SPDX-License-Identifier: Apache-2.0
// Whether two compilations decide every call alike.

#ifndef MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_
#define MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_

#include <cstddef>
#include <vector>

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

enum class Sameness : uint8_t { kSame, kDifferent, kUnknown };

// Same: every call is decided alike, with the same credentials and terms, and all that is declared
// besides rules is equal, so that a gateway cannot tell the two apart except by what it cites and
// how it logs that. Different, too, where one has no plan.
Sameness SameDecisions(const Compilation& before, const Compilation& after);

// Whether two valid plans are equal but for the places of rules. False says nothing.
bool SamePlans(const std::vector<std::byte>& before, const std::vector<std::byte>& after);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_
