// SPDX-License-Identifier: Apache-2.0
// The checks of `mcplexerc lint`: what is worth a second look in a policy that compiles. What makes
// a policy unfit for a plan is an error and belongs to `check`; nothing here is one.
//
// A check is a file of its own and a row in the table of lint.cc: a pure function from a compiled
// policy to diagnostics of the codes that the row lists. A false alarm costs more than a miss: what
// a careful author would leave as it is belongs at note level, off by default, or nowhere.

#ifndef MCPLEXER_COMPILER_ANALYSIS_LINT_H_
#define MCPLEXER_COMPILER_ANALYSIS_LINT_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/analysis/reachability.h"
#include "compiler/inventory/inventory.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

// A policy without errors, as everything that a check may want to know of it.
struct LintContext {
  LintContext(const CallSearch& call_search, const std::vector<syntax::File>& trees,
              const source::SourceMap& source_map, const inventory::Inventory* known = nullptr,
              const inventory::Inventory* known_before = nullptr)
      : search(call_search),
        files(trees),
        sources(source_map),
        inventory(known),
        inventory_base(known_before) {}

  const CallSearch& search;
  const std::vector<syntax::File>& files;
  const source::SourceMap& sources;
  const inventory::Inventory* inventory;       // null: none was recorded
  const inventory::Inventory* inventory_base;  // an older one

  const Space& space() const { return search.space(); }
  const model::Policy& policy() const { return search.policy(); }
  // Of every rule; computed when it is first asked for.
  const std::vector<Reach>& reach() const;
  // What the inventory records; where there is none, no server is known. The same.
  const KnownTools& tools() const;
  const std::string& home_directory() const { return search.territory().home_directory(); }

 private:
  mutable std::optional<std::vector<Reach>> reach_;
  mutable std::optional<KnownTools> tools_;
};

enum class LintDefault : uint8_t { kOn, kOff };  // kOff: reported only when it is asked for

struct LintCode {
  source::Code code;
  LintDefault initially = LintDefault::kOn;
};

struct LintCheck {
  std::vector<LintCode> codes;  // all that it reports
  void (*run)(const LintContext& context, source::Diagnostics& diagnostics);
};

// Every check, in the order in which they run.
const std::vector<LintCheck>& LintChecks();

// The codes that are reported when those in `enabled` are asked for.
std::set<source::Code> ActiveLintCodes(const std::set<source::Code>& enabled);

// Runs the checks that report one of the `active` codes, and keeps what has such a code.
void RunLintChecks(const LintContext& context, const std::set<source::Code>& active,
                   source::Diagnostics& diagnostics);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_LINT_H_
