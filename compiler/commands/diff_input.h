// SPDX-License-Identifier: Apache-2.0
// One of the two policies that `diff` compares: sources on disk, sources of a git revision, or a
// compiled plan.

#ifndef MCPLEXER_COMPILER_COMMANDS_DIFF_INPUT_H_
#define MCPLEXER_COMPILER_COMMANDS_DIFF_INPUT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/inventory/inventory.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

struct DiffInput {
  std::string shown;  // as it was given
  // Absent for a plan. Free of neither errors nor unreadable input.
  std::unique_ptr<Compilation> compilation;
  std::vector<std::byte> plan;  // of both; empty after errors
};

// `spec`: a path, or `git:REVISION[:PATH]`, where PATH is a file or directory of the repository and
// by default the one that corresponds to the current directory. Fails when the revision or the plan
// cannot be read; what is wrong with sources is in the compilation.
Result<DiffInput> ReadDiffInput(const std::string& spec, const std::string& home);

// A plan file is one by its first bytes; anything else is sources.
bool IsPlan(const std::string& path);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_DIFF_INPUT_H_
