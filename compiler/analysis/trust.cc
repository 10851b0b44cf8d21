// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/trust.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/analysis/definitions.h"

namespace mcplexer::analysis {
namespace {

using model::Policy;
using model::Principal;
using Change = TrustChange::Kind;
using Names = std::set<std::string>;

const Principal* FindPrincipal(const Policy& policy, const std::string& name) {
  const auto found = std::ranges::find(policy.principals, name, &Principal::name);
  return found == policy.principals.end() ? nullptr : &*found;
}

void CompareIdentity(const Policy& before, const Policy& after, std::vector<TrustChange>& found) {
  const auto token_of = [](const Policy& policy, const Principal& principal) {
    return principal.token.valid() ? SecretText(policy, principal.token) : std::string();
  };
  const auto jwt_of = [](const Principal& principal) {
    return std::tie(principal.jwt_issuer, principal.jwt_audience, principal.jwt_subject);
  };
  for (const Principal& is : after.principals) {
    const Principal* was = FindPrincipal(before, is.name);
    if (was == nullptr) continue;
    TrustChange change{Change::kIdentity, is.name, {}, is.span};
    if (was->uid != is.uid) change.what.emplace_back("uid");
    if (token_of(before, *was) != token_of(after, is)) change.what.emplace_back("token");
    if (jwt_of(*was) != jwt_of(is)) change.what.emplace_back("jwt");
    if (!change.what.empty()) found.push_back(std::move(change));
  }
}

// The groups that some `approvers` names. Where only one policy names one, the terms of approval
// differ, which calls show.
Names GroupsThatApprove(const Policy& policy) {
  Names groups;
  for (const model::Rule& rule : policy.rules) {
    if (rule.effect != model::Effect::kApprove) continue;
    for (const GroupId id : rule.approval.approvers) groups.insert(policy.groups[id.index()]);
  }
  return groups;
}

// Principal to those of `groups` that it is in.
std::map<std::string, Names> Members(const Policy& policy, const Names& groups) {
  std::map<std::string, Names> members;
  for (const Principal& principal : policy.principals) {
    for (const GroupId id : principal.groups) {
      const std::string& group = policy.groups[id.index()];
      if (groups.contains(group)) members[principal.name].insert(group);
    }
  }
  return members;
}

void CompareApprovers(const Policy& before, const Policy& after, std::vector<TrustChange>& found) {
  Names groups;
  std::ranges::set_intersection(GroupsThatApprove(before), GroupsThatApprove(after),
                                std::inserter(groups, groups.end()));
  const auto was = Members(before, groups);
  const auto is = Members(after, groups);
  const auto add = [&](Change kind, const auto& more, const auto& less) {
    for (const auto& [name, in] : more) {
      const auto other = less.find(name);
      TrustChange change{kind, name, {}, {}};
      std::ranges::set_difference(in, other == less.end() ? Names() : other->second,
                                  std::back_inserter(change.what));
      if (change.what.empty()) continue;
      if (const Principal* now = FindPrincipal(after, name)) change.span = now->span;
      found.push_back(std::move(change));
    }
  };
  add(Change::kApprover, is, was);
  add(Change::kNoApprover, was, is);
}

std::string RootOf(const model::Workspace& workspace, const std::string& home) {
  return (workspace.root.home ? home : std::string()) + workspace.root.rest;
}

// The workspace that directories right at `root` are in; null: none.
const model::Workspace* Innermost(const Policy& policy, const std::string& root,
                                  const std::string& home) {
  const model::Workspace* innermost = nullptr;
  for (const model::Workspace& workspace : policy.workspaces) {
    const std::string own = RootOf(workspace, home);
    if (root != own && !root.starts_with(own + "/")) continue;
    if (innermost == nullptr || RootOf(*innermost, home).size() < own.size()) {
      innermost = &workspace;
    }
  }
  return innermost;
}

// Workspaces are known by their roots. What stands below one that the other policy does not have
// belongs there to the workspace around it.
void CompareHttp(const Policy& before, const Policy& after, const std::string& home,
                 std::vector<TrustChange>& found) {
  std::map<std::string, const model::Workspace*> roots;
  for (const Policy* policy : {&before, &after}) {
    for (const model::Workspace& workspace : policy->workspaces) {
      roots[RootOf(workspace, home)] = &workspace;
    }
  }
  for (const auto& [root, workspace] : roots) {
    const model::Workspace* was = Innermost(before, root, home);
    const model::Workspace* is = Innermost(after, root, home);
    const bool could = was != nullptr && was->http;
    const bool can = is != nullptr && is->http;
    if (could == can) continue;
    found.push_back({can ? Change::kHttp : Change::kNoHttp,
                     workspace->name,
                     {},
                     is == nullptr ? source::Span() : is->span});
  }
}

}  // namespace

std::vector<TrustChange> FindTrustChanges(const Policy& before, const Policy& after,
                                          const std::string& home) {
  std::vector<TrustChange> found;
  CompareIdentity(before, after, found);
  CompareApprovers(before, after, found);
  CompareHttp(before, after, home, found);
  std::ranges::sort(found, {},
                    [](const TrustChange& change) { return std::tie(change.kind, change.name); });
  return found;
}

}  // namespace mcplexer::analysis
