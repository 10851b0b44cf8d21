// SPDX-License-Identifier: Apache-2.0
// The whole compiler as one function: from paths to a plan's bytes, or to diagnostics.

#ifndef MCPLEXER_COMPILER_COMMANDS_COMPILATION_H_
#define MCPLEXER_COMPILER_COMMANDS_COMPILATION_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/inventory/inventory.h"
#include "compiler/model/file_system.h"
#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"
#include "compiler/source/suppression.h"
#include "compiler/syntax/ast.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

enum class InventoryUse : uint8_t {
  kAuto,  // the lock file that is named, else the one beside the sources, if there is one
  kNone,
};

struct CompileOptions {
  std::vector<std::string> paths;  // files or directories
  // What `~` stands for while nesting is computed; empty: a plan that any home can load.
  std::string home;
  std::string inventory = {};  // a lock file
  InventoryUse inventory_use = InventoryUse::kAuto;
  // An older lock file, for what is new since; empty: none.
  std::string inventory_base = {};
};

// Everything that one compilation leaves behind. Not copyable: parts refer to each other.
struct Compilation {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  std::vector<syntax::File> files;  // the syntax trees
  std::vector<source::Suppression> suppressions;
  std::optional<inventory::Inventory> inventory;
  std::optional<inventory::Inventory> inventory_base;
  model::Policy policy;
  // Absent after errors of syntax, names or size.
  std::unique_ptr<analysis::Space> space;
  std::optional<analysis::Order> order;
  std::unique_ptr<analysis::CallSearch> search;
  // The plan; empty after errors.
  std::vector<std::byte> plan;
  // Paths that could not be read or that hold no policy; such a compilation has no plan.
  std::vector<std::string> input_errors;

  size_t file_count() const { return sources.size(); }
  size_t rule_count() const { return policy.rules.size(); }
};

// What `check` and `compile` do. Findings that a comment accepts are marked as suppressed.
std::unique_ptr<Compilation> Compile(const CompileOptions& options,
                                     model::FileSystem& file_system = model::Disk());

// The part behind parsing: `files` are trees of files in `compilation.sources`, and its inventories
// have been read.
void CompileTrees(std::vector<syntax::File> files, const std::string& home,
                  Compilation& compilation);

// What `lint` does besides: the checks of analysis/lint.h, those included that report nothing
// unless they are `enabled`, and W0901. Nothing, when the compilation has errors.
void Lint(Compilation& compilation, const std::set<source::Code>& enabled);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_COMPILATION_H_
