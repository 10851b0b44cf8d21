// SPDX-License-Identifier: Apache-2.0
// Two policies as one structure, so that one space of calls holds the rules of both: rules and
// workspaces side by side (the old ones first), and one server for each namespace, one principal,
// scope and group for each name. It is for questions about both at once; no call is decided by it.

#ifndef MCPLEXER_COMPILER_ANALYSIS_JOINT_H_
#define MCPLEXER_COMPILER_ANALYSIS_JOINT_H_

#include <array>
#include <vector>

#include "compiler/model/policy.h"

namespace mcplexer::analysis {

enum class Side : uint8_t { kOld, kNew };

struct Joint {
  model::Policy policy;
  size_t old_rules = 0;
  size_t old_workspaces = 0;
  // By side, what an id of the joint is there; not valid where the side lacks it.
  std::array<std::vector<ServerId>, 2> servers;
  std::array<std::vector<PrincipalId>, 2> principals;

  Side SideOf(RuleId rule) const { return rule.index() < old_rules ? Side::kOld : Side::kNew; }
  Side SideOf(WorkspaceId workspace) const {
    return workspace.index() < old_workspaces ? Side::kOld : Side::kNew;
  }
  // The rule or workspace in its own policy.
  RuleId Own(RuleId rule) const {
    return SideOf(rule) == Side::kOld ? rule : RuleId(rule.index() - old_rules);
  }
  WorkspaceId Own(WorkspaceId workspace) const {
    return SideOf(workspace) == Side::kOld ? workspace
                                           : WorkspaceId(workspace.index() - old_workspaces);
  }
};

// Both take `~` for the same directory.
Joint Join(const model::Policy& before, const model::Policy& after);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_JOINT_H_
