// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/joint.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace mcplexer::analysis {
namespace {

using model::Policy;

// Ids of two lists by the names of what is in them: the old ones, then what is only in the new.
class Merge {
 public:
  // Whether the name is new.
  bool Add(size_t side, const std::string& name) {
    const auto [it, inserted] = ids_.try_emplace(name, static_cast<uint32_t>(ids_.size()));
    to_[side].push_back(it->second);
    return inserted;
  }

  template <typename IdType>
  IdType Map(size_t side, IdType id) const {
    return id.valid() ? IdType(to_[side][id.index()]) : IdType();
  }

  // Joint id -> the side's own.
  template <typename IdType>
  std::vector<IdType> Back(size_t side) const {
    std::vector<IdType> back(ids_.size());
    for (size_t i = 0; i < to_[side].size(); ++i) back[to_[side][i]] = IdType(i);
    return back;
  }

 private:
  std::map<std::string, uint32_t> ids_;
  std::array<std::vector<uint32_t>, 2> to_;
};

class Joiner {
 public:
  Joiner(const Policy& before, const Policy& after) : sides_{&before, &after} {}

  Joint Run() {
    joint_.old_rules = sides_[0]->rules.size();
    joint_.old_workspaces = sides_[0]->workspaces.size();
    joint_.policy.home = sides_[0]->home;
    for (size_t side = 0; side < 2; ++side) AddNames(side);
    for (size_t side = 0; side < 2; ++side) AddRules(side);
    for (size_t side = 0; side < 2; ++side) {
      joint_.servers[side] = servers_.Back<ServerId>(side);
      joint_.principals[side] = principals_.Back<PrincipalId>(side);
    }
    return std::move(joint_);
  }

 private:
  void AddNames(size_t side) {
    const Policy& from = *sides_[side];
    Policy& to = joint_.policy;
    const auto merge = [side](Merge& ids, const auto& items, auto& all, const auto& name_of) {
      for (const auto& item : items) {
        if (ids.Add(side, name_of(item))) all.push_back(item);
      }
    };
    const auto name = [](const auto& item) { return item.name; };
    merge(servers_, from.servers, to.servers,
          [](const model::Server& server) { return server.name_space; });
    merge(scopes_, from.scopes, to.scopes, name);
    merge(groups_, from.groups, to.groups, [](const std::string& group) { return group; });
    merge(principals_, from.principals, to.principals, name);
  }

  void AddRules(size_t side) {
    const Policy& from = *sides_[side];
    Policy& to = joint_.policy;
    const size_t workspaces = to.workspaces.size();
    const size_t conditions = to.conditions.size();
    const auto workspace_id = [&](WorkspaceId id) {
      return id.valid() ? WorkspaceId(id.index() + workspaces) : id;
    };
    const auto condition_id = [&](ConditionId id) {
      return id.valid() ? ConditionId(id.index() + conditions) : id;
    };
    for (model::Workspace workspace : from.workspaces) {
      workspace.parent = workspace_id(workspace.parent);
      to.workspaces.push_back(std::move(workspace));
    }
    to.conditions.insert(to.conditions.end(), from.conditions.begin(), from.conditions.end());
    for (model::Rule rule : from.rules) {
      rule.workspace = workspace_id(rule.workspace);
      rule.server = servers_.Map(side, rule.server);
      rule.scope = scopes_.Map(side, rule.scope);
      rule.when = condition_id(rule.when);
      rule.require = condition_id(rule.require);
      for (PrincipalId& id : rule.principals) id = principals_.Map(side, id);
      for (GroupId& id : rule.approval.approvers) id = groups_.Map(side, id);
      AddStrangers(side, rule);
      std::ranges::sort(rule.principals);
      std::ranges::sort(rule.approval.approvers);
      to.rules.push_back(std::move(rule));
    }
  }

  // Whom a side does not know it takes for the anonymous one.
  void AddStrangers(size_t side, model::Rule& rule) {
    if (std::ranges::find(rule.principals, PrincipalId(0u)) == rule.principals.end()) return;
    const auto own = principals_.Back<PrincipalId>(side);
    for (size_t p = 0; p < own.size(); ++p) {
      if (!own[p].valid()) rule.principals.emplace_back(p);
    }
  }

  std::array<const Policy*, 2> sides_;
  Joint joint_;
  Merge servers_;
  Merge scopes_;
  Merge groups_;
  Merge principals_;
};

}  // namespace

Joint Join(const Policy& before, const Policy& after) { return Joiner(before, after).Run(); }

}  // namespace mcplexer::analysis
