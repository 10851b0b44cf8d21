// SPDX-License-Identifier: Apache-2.0
// Findings as workflow commands of GitHub Actions: `::error file=..,line=..::message`, which it
// shows beside the lines of a change.

#ifndef MCPLEXER_COMPILER_COMMANDS_WORKFLOW_COMMANDS_H_
#define MCPLEXER_COMPILER_COMMANDS_WORKFLOW_COMMANDS_H_

#include <cstddef>
#include <string>

#include "compiler/commands/compilation.h"

namespace mcplexer::commands {

// What GitHub keeps of one step: annotations of each kind. More are dropped without a word, so the
// rest is counted in a line of its own.
inline constexpr size_t kAnnotationsOfAKind = 10;

// One line for each input that could not be read and each finding that is not suppressed, errors
// first. No text of a policy can end its command or begin another one.
std::string WorkflowCommands(const Compilation& compilation);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_WORKFLOW_COMMANDS_H_
