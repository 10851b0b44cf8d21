// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/pair_search.h"

namespace mcplexer::analysis {

PairSearch::PairSearch(const std::array<const model::Policy*, 2>& sides, const Space& space,
                       const Joint& joint, const Order& order, const SearchLimits& limits,
                       uint32_t max_questions)
    : sides_(sides),
      space_(space),
      joint_(joint),
      policy_(space.policy()),
      search_(space, order, limits),
      interpreters_{reference::Interpreter(*sides[kOld], search_.territory().home_directory()),
                    reference::Interpreter(*sides[kNew], search_.territory().home_directory())},
      questions_left_(max_questions) {}

void PairSearch::Enter(const Pairing& pairing) {
  pairing_ = &pairing;
  same_sight_ = SameSight();
}

bool PairSearch::SameSight() const {
  const auto& [a, b] = pairing_->homes;
  if (!a.valid() || !b.valid()) return false;
  if (policy_.workspaces[a.index()].tags != policy_.workspaces[b.index()].tags) return false;
  if (search_.territory().root(a) != search_.territory().root(b)) return false;
  for (size_t p = 0; p < policy_.principals.size(); ++p) {
    if (GroupsOf(kOld, PrincipalId(p)) != GroupsOf(kNew, PrincipalId(p))) return false;
  }
  for (size_t s = 0; s < policy_.servers.size(); ++s) {
    const ServerId before = joint_.servers[kOld][s];
    const ServerId after = joint_.servers[kNew][s];
    if (!before.valid() || !after.valid()) continue;
    const model::Server& was = sides_[kOld]->servers[before.index()];
    const model::Server& is = sides_[kNew]->servers[after.index()];
    if (was.cwd != is.cwd || was.transport != is.transport) return false;
  }
  return true;
}

std::optional<std::vector<std::string>> PairSearch::GroupsOf(size_t side, PrincipalId joint) const {
  const PrincipalId own = joint_.principals[side][joint.index()];
  if (!own.valid()) return std::nullopt;
  std::vector<std::string> groups;
  for (GroupId id : sides_[side]->principals[own.index()].groups) {
    groups.push_back(sides_[side]->groups[id.index()]);
  }
  return groups;
}

std::optional<std::vector<Goal>> PairSearch::GoalsOf(size_t side, RuleId id, bool passes,
                                                     const Area& area) const {
  std::vector<Goal> goals;
  if (!id.valid()) {
    const ServerId server = space_.name_fields()[area.names.front().first].server;
    const WorkspaceId home = pairing_->homes[side];
    const bool allow = home.valid() && policy_.workspaces[home.index()].default_allow &&
                       joint_.servers[side][server.index()].valid();
    return allow == passes ? std::optional(goals) : std::nullopt;
  }
  const model::Rule& rule = policy_.rules[id.index()];
  const bool deny = rule.effect == model::Effect::kDeny;
  const uint8_t sight = same_sight_ ? uint8_t{0} : static_cast<uint8_t>(side);
  if (rule.when.valid()) {
    goals.push_back({rule.when, deny ? Wanted::kNotFalse : Wanted::kTrue, sight});
  }
  if (deny && passes) return std::nullopt;
  if (!deny && !passes && !rule.require.valid()) return std::nullopt;
  if (rule.require.valid()) {
    goals.push_back({rule.require, passes ? Wanted::kTrue : Wanted::kNotTrue, sight});
  }
  return goals;
}

Answer PairSearch::Ask(const RulePair& pair, const Passes& passes, const Area& area) {
  const auto& [before, after] = pair;
  Query query;
  query.area = &area;
  for (size_t side = 0; side < 2; ++side) {
    const RuleId id = side == kOld ? before : after;
    const auto goals = GoalsOf(side, id, passes[side], area);
    if (!goals) return {};
    query.goals.insert(query.goals.end(), goals->begin(), goals->end());
    if (id.valid()) query.matching.push_back(id);
  }
  if (questions_left_ == 0) {
    Answer answer;
    answer.kind = Answer::Kind::kUnknown;
    return answer;
  }
  --questions_left_;
  query.base = &pairing_->base;
  query.spoils = [&](RuleId other) {
    const RuleId decides = SideOf(other) == kOld ? before : after;
    return !decides.valid() || search_.Precedes(other, decides);
  };
  query.side = [this](RuleId id) {
    return same_sight_ ? uint8_t{0} : static_cast<uint8_t>(SideOf(id));
  };
  query.contexts = [this](const reference::Call& call) { return Contexts(call); };
  return search_.Find(query);
}

std::vector<reference::Context> PairSearch::Contexts(const reference::Call& call) const {
  std::vector<reference::Context> contexts(2);
  for (size_t side = 0; side < 2; ++side) {
    const WorkspaceId home = pairing_->homes[side];
    if (!home.valid()) continue;
    contexts[side] = interpreters_[side].ContextOf(OnSide(side, call), joint_.Own(home));
  }
  return contexts;
}

reference::Call PairSearch::OnSide(size_t side, reference::Call call) const {
  const PrincipalId principal = joint_.principals[side][call.principal.index()];
  call.principal = principal.valid() ? principal : PrincipalId(0u);
  call.server = joint_.servers[side][call.server.index()];
  return call;
}

reference::Outcome PairSearch::Decide(size_t side, const reference::Call& call) const {
  if (call.kind == model::CallKind::kResource && !call.server.valid()) return {};
  return interpreters_[side].Decide(call);
}

}  // namespace mcplexer::analysis
