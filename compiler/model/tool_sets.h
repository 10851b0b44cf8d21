// SPDX-License-Identifier: Apache-2.0
// `tools NAME = [..]`: named sets of patterns, flattened. A set may use sets, never itself.

#ifndef MCPLEXER_COMPILER_MODEL_TOOL_SETS_H_
#define MCPLEXER_COMPILER_MODEL_TOOL_SETS_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/model/names.h"
#include "compiler/model/pattern_check.h"
#include "compiler/model/policy.h"
#include "compiler/model/reporter.h"

namespace mcplexer::model {

// Not thread-safe while built.
class ToolSets {
 public:
  // Checks and flattens every set in `names`. Reports malformed patterns, undefined sets, sets that
  // hold themselves (E0205) and sets without a pattern (E0102).
  void Build(const NameTable& names, PatternCheck& patterns, Reporter& reporter);

  // The patterns of a declared set: well-formed, each once, in the order of the text.
  const std::vector<NamePattern>& Find(const std::string& name) const { return flat_.at(name); }

 private:
  std::unordered_map<std::string, std::vector<NamePattern>> flat_;
};

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_TOOL_SETS_H_
