// SPDX-License-Identifier: Apache-2.0
// What formatting changes, as people and `patch` read it.

#ifndef MCPLEXER_COMPILER_COMMANDS_SPACING_DIFF_H_
#define MCPLEXER_COMPILER_COMMANDS_SPACING_DIFF_H_

#include <string>
#include <string_view>

namespace mcplexer::commands {

// The lines in which two texts differ that are the same but for white space, as a unified diff with
// three lines around each change. Empty when they are equal. Linear in the size of the texts.
std::string SpacingDiff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_SPACING_DIFF_H_
