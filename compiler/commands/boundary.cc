// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/boundary.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/difference.h"
#include "compiler/commands/diff_report.h"

namespace mcplexer::commands {
namespace {

using analysis::Difference;
using Kind = Difference::Kind;

// What the policy does that it may not; empty: it may.
std::string_view Crossing(Kind kind) {
  switch (kind) {
    case Kind::kNewlyAllowed:
      return "lets calls through that the boundary denies";
    case Kind::kApprovalRemoved:
      return "allows calls that need approval within the boundary";
    case Kind::kCredentialsWidened:
      return "gives calls more credentials than the boundary does";
    case Kind::kCredentialsChanged:
      return "gives calls other credentials than the boundary does";
    case Kind::kRouteChanged:
      return "sends calls to another server than the boundary does";
    case Kind::kApprovalChanged:
      return "asks for approval on other terms than the boundary does";
    case Kind::kNewlyDenied:
    case Kind::kApprovalAdded:
    case Kind::kCredentialsNarrowed:
    case Kind::kDecider:
      break;
  }
  return "";
}

std::string DecidedBy(const SideOutcome& outcome) {
  if (!outcome.rule.empty()) {
    return fmt::format("there `{}` ({}) decides: {}", outcome.rule, outcome.at, outcome.decision);
  }
  if (outcome.reason == "default") {
    return fmt::format("there the default of workspace `{}` decides: {}", outcome.workspace,
                       outcome.decision);
  }
  if (outcome.reason == "no_workspace") return "there the directory is in no workspace";
  return "there is no such server there";
}

}  // namespace

void CheckBoundary(const Compilation& boundary, Compilation& policy) {
  const analysis::Comparison comparison = analysis::Compare(boundary.policy, policy.policy);
  const DiffReport report = MakeDiffReport({boundary.policy, boundary.sources},
                                           {policy.policy, policy.sources}, comparison);
  // One finding for each rule (or default) and way of crossing, with its first call.
  std::set<std::pair<source::Span, Kind>> seen;
  std::vector<size_t> shown;
  for (size_t d = 0; d < comparison.differences.size(); ++d) {
    const Difference& difference = comparison.differences[d];
    if (Crossing(difference.kind).empty()) continue;
    const source::Span span = difference.after.valid()
                                  ? policy.policy.rules[difference.after.index()].head_span
                                  : policy.policy.workspaces[difference.is.workspace.index()].span;
    if (seen.emplace(span, difference.kind).second) shown.push_back(d);
  }
  for (const size_t d : shown) {
    const Difference& difference = comparison.differences[d];
    const DiffRegion& region = report.regions[d];
    const bool by_rule = difference.after.valid();
    const model::Workspace& workspace = policy.policy.workspaces[difference.is.workspace.index()];
    const std::string who = by_rule ? fmt::format("`{}`", region.after.rule)
                                    : fmt::format("the default of workspace `{}`", workspace.name);
    policy.diagnostics
        .Report(source::Code::kBoundaryCrossed,
                by_rule ? policy.policy.rules[difference.after.index()].head_span : workspace.span,
                fmt::format("{} {}", who, Crossing(region.kind)))
        .Mark(region.after.decision == "allow" ? "allows" : "asks for approval")
        .Example(analysis::DescribeCall(region.call, region.names) + " -> " + region.after.decision)
        .Help(DecidedBy(region.before) + "; narrow the rule, or deny these calls");
  }
  for (const analysis::TrustChange& change : comparison.trust) {
    if (!change.wider()) continue;
    const auto quoted = [](const std::string& name) { return fmt::format("`{}`", name); };
    policy.diagnostics
        .Report(source::Code::kBoundaryCrossed, change.span,
                fmt::format("outside of the boundary: {}", DescribeTrust(change, quoted)))
        .Help("what the boundary says of it has to stand here, too");
  }
  for (const std::string& what : comparison.unsettled) {
    policy.diagnostics.Report(
        source::Code::kBoundaryCrossed, source::Span(),
        fmt::format(
            "it cannot be shown that the policy stays within the boundary: it is unknown {}",
            what));
  }
  policy.diagnostics.Sort();
}

bool CrossesBoundary(const Compilation& policy) {
  return std::ranges::count(policy.diagnostics.all(), source::Code::kBoundaryCrossed,
                            &source::Diagnostic::code) > 0;
}

}  // namespace mcplexer::commands
