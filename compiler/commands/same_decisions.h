// SPDX-License-Identifier: Apache-2.0
// Whether two compilations decide every call alike.

#ifndef MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_
#define MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

// True only when it is proven: both have plans, and these are equal but for the places of rules and
// the paths of files. Then a gateway cannot tell them apart except by what it cites. False says
// nothing.
bool SameDecisions(const Compilation& before, const Compilation& after);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_SAME_DECISIONS_H_
