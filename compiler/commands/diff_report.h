// SPDX-License-Identifier: Apache-2.0
// What `diff` has to say, with names for ids, and the three forms it is printed in.

#ifndef MCPLEXER_COMPILER_COMMANDS_DIFF_REPORT_H_
#define MCPLEXER_COMPILER_COMMANDS_DIFF_REPORT_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/difference.h"
#include "compiler/model/policy.h"
#include "compiler/source/source.h"

namespace mcplexer::commands {

// What a policy does with a call.
struct SideOutcome {
  std::string decision;   // "allow", "approve", "deny"
  std::string reason;     // as in a decision's JSON
  std::string rule;       // empty: none
  std::string at;         // "FILE:LINE" of the rule
  std::string workspace;  // empty: none
  std::string server;
  std::string scope;
};

// Calls that one rule (or default) decided before and one decides after, and that this has become
// of.
struct DiffRegion {
  analysis::Difference::Kind kind;
  SideOutcome before;
  SideOutcome after;
  reference::Call call;  // a witness, in the ids of nobody; its directory begins with `~` at home
  analysis::CallNames names;
  std::vector<std::string> tools;
};

struct DiffReport {
  std::string before;  // as they were given
  std::string after;
  // "equivalent", "narrower", "wider", "incomparable", or "unknown".
  std::string verdict;
  std::vector<DiffRegion> regions;  // by kind
  std::vector<analysis::Redefinition> redefinitions;
  std::vector<analysis::TrustChange> trust;
  std::vector<std::string> unsettled;
  // How many tools the inventory knows of the servers of both; absent: there is none.
  std::optional<size_t> known_tools;
  bool found_wider = false;  // whatever is unsettled
  bool found_narrower = false;
};

struct DiffSide {
  const model::Policy& policy;
  const source::SourceMap& sources;
};

DiffReport MakeDiffReport(const DiffSide& before, const DiffSide& after,
                          const analysis::Comparison& comparison);

// "newly allowed"; and as JSON has it, "newly_allowed".
std::string_view TitleOf(analysis::Difference::Kind kind);
std::string_view NameOf(analysis::Difference::Kind kind);

// "principal `ada` is another one: uid", with names as `show` shows them.
std::string DescribeTrust(const analysis::TrustChange& change,
                          const std::function<std::string(const std::string&)>& show);
// "identity_changed", as JSON has it.
std::string_view NameOf(analysis::TrustChange::Kind kind);

std::string_view CallKindName(model::CallKind kind);

// Tools concerned in a way, each counted once.
size_t CountTools(const DiffReport& report, analysis::Difference::Kind kind);

// Lines for people, the policies' texts escaped.
std::string DiffText(const DiffReport& report);
// schemas/policy-diff.schema.json; one line.
std::string DiffJson(const DiffReport& report);
// For a comment on a pull request. Nothing in the policies can be markup there or call on anybody;
// it stays below what GitHub takes, and says how much it leaves out.
std::string DiffMarkdown(const DiffReport& report);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_DIFF_REPORT_H_
