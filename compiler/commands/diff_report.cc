// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/diff_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::commands {
namespace {

using analysis::Comparison;
using analysis::Difference;
using reference::Outcome;
using Kind = Difference::Kind;

std::string_view ReasonText(Outcome::Reason reason) {
  switch (reason) {
    case Outcome::Reason::kRule:
      return "rule";
    case Outcome::Reason::kDefault:
      return "default";
    case Outcome::Reason::kNoWorkspace:
      return "no_workspace";
    case Outcome::Reason::kRequirementFailed:
      return "requirement_failed";
    case Outcome::Reason::kUnknownNamespace:
      return "unknown_namespace";
    case Outcome::Reason::kUnknownName:
      return "unknown_name";
    case Outcome::Reason::kAmbiguous:
      break;  // an error of the policy, and such are not compared
  }
  MCPLEXER_CHECK(false);
}

SideOutcome OutcomeOn(const DiffSide& side, RuleId id, const Outcome& outcome) {
  SideOutcome shown;
  shown.decision = outcome.verdict == Outcome::Verdict::kAllow     ? "allow"
                   : outcome.verdict == Outcome::Verdict::kApprove ? "approve"
                                                                   : "deny";
  shown.reason = ReasonText(outcome.reason);
  if (id.valid()) {
    const model::Rule& rule = side.policy.rules[id.index()];
    shown.rule = rule.id;
    const source::Position at = side.sources.position(rule.head_span.file, rule.head_span.begin);
    shown.at = fmt::format("{}:{}", side.sources.path(rule.head_span.file), at.line);
  }
  if (outcome.workspace.valid()) {
    shown.workspace = side.policy.workspaces[outcome.workspace.index()].name;
  }
  if (outcome.verdict == Outcome::Verdict::kDeny) return shown;
  if (outcome.server.valid()) shown.server = side.policy.servers[outcome.server.index()].name;
  if (outcome.scope.valid()) shown.scope = side.policy.scopes[outcome.scope.index()].name;
  return shown;
}

DiffRegion RegionOf(const DiffSide& before, const DiffSide& after, const Difference& difference,
                    const std::string& home) {
  DiffRegion region;
  region.kind = difference.kind;
  region.before = OutcomeOn(before, difference.before, difference.was);
  region.after = OutcomeOn(after, difference.after, difference.is);
  region.call = difference.new_call;
  region.call.directory = analysis::DescribeDirectory(region.call.directory, home);
  // A side may lack the principal (who is the anonymous one there) or a resource's server.
  for (const auto& [policy, call] : {std::pair(&before.policy, &difference.old_call),
                                     std::pair(&after.policy, &difference.new_call)}) {
    const std::string& principal = policy->principals[call->principal.index()].name;
    if (!principal.empty()) region.names.principal = principal;
    if (call->kind == model::CallKind::kResource && call->server.valid()) {
      region.names.server = policy->servers[call->server.index()].name;
    }
  }
  region.tools = difference.tools;
  return region;
}

}  // namespace

std::string_view CallKindName(model::CallKind kind) {
  return kind == model::CallKind::kTool     ? "tool"
         : kind == model::CallKind::kPrompt ? "prompt"
                                            : "resource";
}

DiffReport MakeDiffReport(const DiffSide& before, const DiffSide& after,
                          const Comparison& comparison) {
  DiffReport report;
  const auto verdict = comparison.verdict();
  using Verdict = Comparison::Verdict;
  report.found_wider = verdict == Verdict::kWider || verdict == Verdict::kIncomparable;
  report.found_narrower = verdict == Verdict::kNarrower || verdict == Verdict::kIncomparable;
  report.verdict = verdict == Verdict::kIncomparable ? "incomparable"
                   : !comparison.complete()          ? "unknown"
                   : verdict == Verdict::kWider      ? "wider"
                   : verdict == Verdict::kNarrower   ? "narrower"
                                                     : "equivalent";
  for (const Difference& difference : comparison.differences) {
    report.regions.push_back(RegionOf(before, after, difference, comparison.home));
  }
  report.redefinitions = comparison.redefinitions;
  report.trust = comparison.trust;
  report.unsettled = comparison.unsettled;
  return report;
}

std::string_view TitleOf(Kind kind) {
  switch (kind) {
    case Kind::kNewlyAllowed:
      return "newly allowed";
    case Kind::kApprovalRemoved:
      return "approval removed";
    case Kind::kCredentialsWidened:
      return "credentials widened";
    case Kind::kCredentialsChanged:
      return "credentials changed";
    case Kind::kRouteChanged:
      return "route changed";
    case Kind::kApprovalChanged:
      return "terms of approval changed";
    case Kind::kNewlyDenied:
      return "newly denied";
    case Kind::kApprovalAdded:
      return "approval added";
    case Kind::kCredentialsNarrowed:
      return "credentials narrowed";
    case Kind::kDecider:
      return "only the deciding rule changed";
  }
  return "";
}

std::string_view NameOf(Kind kind) {
  switch (kind) {
    case Kind::kNewlyAllowed:
      return "newly_allowed";
    case Kind::kApprovalRemoved:
      return "approval_removed";
    case Kind::kCredentialsWidened:
      return "credentials_widened";
    case Kind::kCredentialsChanged:
      return "credentials_changed";
    case Kind::kRouteChanged:
      return "route_changed";
    case Kind::kApprovalChanged:
      return "approval_changed";
    case Kind::kNewlyDenied:
      return "newly_denied";
    case Kind::kApprovalAdded:
      return "approval_added";
    case Kind::kCredentialsNarrowed:
      return "credentials_narrowed";
    case Kind::kDecider:
      return "rule_changed";
  }
  return "";
}

std::string DescribeTrust(const analysis::TrustChange& change,
                          const std::function<std::string(const std::string&)>& show) {
  using Trust = analysis::TrustChange::Kind;
  const std::string name = show(change.name);
  std::string groups;
  for (const std::string& group : change.what) {
    groups += (groups.empty() ? "" : ", ") + show(group);
  }
  switch (change.kind) {
    case Trust::kIdentity:
      return fmt::format("principal {} is another one: {}", name, fmt::join(change.what, ", "));
    case Trust::kApprover:
      return fmt::format("principal {} may approve now, being in {}", name, groups);
    case Trust::kNoApprover:
      return fmt::format("principal {} may not approve any more, not being in {}", name, groups);
    case Trust::kHttp:
      return fmt::format("workspace {} can be reached over HTTP now", name);
    case Trust::kNoHttp:
      return fmt::format("workspace {} cannot be reached over HTTP any more", name);
  }
  return "";
}

std::string_view NameOf(analysis::TrustChange::Kind kind) {
  using Trust = analysis::TrustChange::Kind;
  switch (kind) {
    case Trust::kIdentity:
      return "identity_changed";
    case Trust::kApprover:
      return "approver_added";
    case Trust::kNoApprover:
      return "approver_removed";
    case Trust::kHttp:
      return "http_added";
    case Trust::kNoHttp:
      return "http_removed";
  }
  return "";
}

size_t CountTools(const DiffReport& report, Kind kind) {
  std::set<std::string> tools;
  for (const DiffRegion& region : report.regions) {
    if (region.kind == kind) tools.insert(region.tools.begin(), region.tools.end());
  }
  return tools.size();
}

}  // namespace mcplexer::commands
