// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/reachability.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;

// Covering sets up to this size are made as small as possible; each step asks the question again.
constexpr size_t kMostMinimised = 12;

class Examiner {
 public:
  explicit Examiner(const CallSearch& search)
      : search_(search),
        rules_(search.policy().rules),
        absent_(rules_.size(), false),
        by_workspace_(search.policy().workspaces.size()) {
    for (size_t r = 0; r < rules_.size(); ++r) {
      by_workspace_[rules_[r].workspace.index()].push_back(RuleId(r));
    }
  }

  // Last first: of two that make each other unneeded, the later one is what is reported.
  std::vector<Reach> Run() {
    std::vector<Reach> reaches(rules_.size());
    for (size_t r = rules_.size(); r-- > 0;) {
      reaches[r] = Examine(RuleId(r));
      reaches[r].needless = IsNeedless(RuleId(r), reaches[r].kind);
      absent_[r] = reaches[r].needless;
    }
    return reaches;
  }

 private:
  using Kind = Reach::Kind;

  const Rule& Get(RuleId id) const { return rules_[id.index()]; }
  bool IsDeny(RuleId id) const { return Get(id).effect == Effect::kDeny; }

  Reach Examine(RuleId rule) {
    Reach reach;
    const Answer match = Match(rule);
    if (match.kind == Answer::Kind::kNone) {
      reach.kind = Kind::kUnmatched;
      return reach;
    }
    const auto before = [this, rule](RuleId other) {
      if (IsDeny(rule)) return other != rule && IsDeny(other);
      return search_.Precedes(other, rule);
    };
    Query query = Matching(rule);
    query.spoils = before;
    Answer decides = search_.Find(query);
    if (decides.kind == Answer::Kind::kNone) {
      reach.kind = Kind::kCovered;
      if (match.kind == Answer::Kind::kFound) reach.witness = match.call;
      reach.covering = Minimise(query, decides.in_the_way, before);
      return reach;
    }
    if (decides.kind == Answer::Kind::kFound) reach.witness = std::move(decides.call);
    if (!IsDeny(rule)) ExamineNeed(rule, reach);
    return reach;
  }

  // A rule can also matter where it does not decide: an unconditional one keeps the wider
  // conditional ones from deciding (see Order::beaten_by). Without it such a one is level with what
  // decides now, since what precedes it decides as before.
  bool IsNeedless(RuleId rule, Kind kind) const {
    if (kind == Kind::kDecides) return false;
    if (kind == Kind::kUnmatched || IsDeny(rule)) return true;
    for (RuleId wider : search_.order().wider[rule.index()]) {
      if (!Get(wider).when.valid() || absent_[wider.index()]) continue;
      if (search_.Find(Without(rule, {wider}, Of::kAll)).kind == Answer::Kind::kNone) continue;
      for (RuleId decides : by_workspace_[Get(rule).workspace.index()]) {
        if (decides == wider || absent_[decides.index()] || IsDeny(decides)) continue;
        if (!search_.Precedes(decides, rule)) continue;
        if (DisagreeWithout(rule, wider, decides, Of::kAll)) return false;
      }
    }
    return true;
  }

  // Which of a rule's calls.
  enum class Of : uint8_t { kAll, kDecided };

  // Calls of the rule that these would decide, were it not there.
  Query Without(RuleId rule, const std::vector<RuleId>& deciding, Of of) const {
    Query query = Matching(rule);
    std::vector<RuleId> before = deciding;
    if (of == Of::kDecided) before.push_back(rule);
    query.spoils = [this, rule, before](RuleId other) {
      return other != rule &&
             std::ranges::any_of(before, [&](RuleId id) { return search_.Precedes(other, id); });
    };
    for (RuleId id : deciding) {
      query.matching.push_back(id);
      if (Get(id).when.valid()) query.goals.push_back({Get(id).when, Wanted::kTrue});
    }
    query.absent = [this, rule](RuleId id) { return id == rule || absent_[id.index()]; };
    return query;
  }

  // Whether the two would be ambiguous, were the rule not there; true when it cannot be told.
  bool DisagreeWithout(RuleId rule, RuleId a, RuleId b, Of of) const {
    if (SameOutcome(search_.policy(), Get(a), Get(b))) return false;
    if (Get(a).workspace != Get(b).workspace) return false;
    if (search_.Precedes(a, b) || search_.Precedes(b, a)) return false;
    return MayMeet(search_.space(), a, b) &&
           search_.Find(Without(rule, {a, b}, of)).kind != Answer::Kind::kNone;
  }

  // The rule's calls, whoever decides them.
  Query Matching(RuleId rule) const {
    Query query;
    query.matching = {rule};
    if (Get(rule).when.valid()) {
      query.goals.push_back({Get(rule).when, IsDeny(rule) ? Wanted::kNotFalse : Wanted::kTrue});
    }
    query.absent = [this](RuleId id) { return absent_[id.index()]; };
    return query;
  }

  Answer Match(RuleId rule) const {
    if (search_.space().box(rule).empty) return {};
    return search_.Find(Matching(rule));
  }

  // An allow or approve rule that decides calls: would they be decided otherwise without it?
  void ExamineNeed(RuleId rule, Reach& reach) {
    std::vector<RuleId> instead;
    for (WorkspaceId home : search_.territory().Within(Get(rule).workspace)) {
      const bool allow = search_.policy().workspaces[home.index()].default_allow;
      for (const auto& way : WaysToDiffer(search_.policy(), Get(rule), nullptr, allow)) {
        Query query = Without(rule, {}, Of::kAll);
        query.goals.insert(query.goals.end(), way.begin(), way.end());
        query.spoils = [rule](RuleId other) { return other != rule; };
        query.homes = {home};
        const Answer answer = search_.Find(query);
        if (answer.kind != Answer::Kind::kNone) return;
        instead.insert(instead.end(), answer.in_the_way.begin(), answer.in_the_way.end());
      }
    }
    std::vector<RuleId> next;  // what could decide in its place
    for (WorkspaceId workspace : Around(Get(rule).workspace)) {
      std::ranges::copy_if(by_workspace_[workspace.index()], std::back_inserter(next),
                           [&](RuleId id) { return Follows(rule, id); });
    }
    for (RuleId id : next) {
      if (WouldDecideOtherwise(rule, id)) return;
    }
    // Two of them that each come to the same as the rule may still be said differently, as
    // requirements that are met wherever the rule decides. Mostly all are said like the rule.
    for (RuleId id : next) {
      if (SameOutcome(search_.policy(), Get(rule), Get(id))) continue;
      for (RuleId other : next) {
        if (DisagreeWithout(rule, id, other, Of::kDecided)) return;
      }
    }
    std::erase_if(instead, [&](RuleId id) { return IsDeny(id) || search_.Precedes(id, rule); });
    std::ranges::sort(instead);
    const auto [first, last] = std::ranges::unique(instead);
    instead.erase(first, last);
    reach.kind = Kind::kUnneeded;
    reach.covering = std::move(instead);
  }

  // The workspaces whose rules can match a call that one of `workspace` matches.
  std::vector<WorkspaceId> Around(WorkspaceId workspace) const {
    std::vector<WorkspaceId> around = search_.territory().Within(workspace);
    for (WorkspaceId outer : search_.policy().Chain(workspace)) {
      if (outer != workspace) around.push_back(outer);
    }
    return around;
  }

  // Whether a call that the rule decides could come to `next`, were the rule not there.
  bool Follows(RuleId rule, RuleId next) const {
    return next != rule && !absent_[next.index()] && !IsDeny(next) &&
           MayMeet(search_.space(), rule, next) && !search_.Precedes(next, rule);
  }

  // Whether `next` would decide a call otherwise that `rule` decides, were `rule` not there; true
  // when it cannot be told.
  bool WouldDecideOtherwise(RuleId rule, RuleId next) const {
    for (const auto& way : WaysToDiffer(search_.policy(), Get(rule), &Get(next), false)) {
      Query query = Without(rule, {next}, Of::kDecided);
      query.goals.insert(query.goals.end(), way.begin(), way.end());
      if (search_.Find(query).kind != Answer::Kind::kNone) return true;
    }
    return false;
  }

  std::vector<RuleId> Minimise(const Query& query, std::vector<RuleId> covering,
                               const std::function<bool(RuleId)>& before) const {
    if (covering.size() > kMostMinimised) return covering;
    for (size_t i = covering.size(); i-- > 0;) {
      std::vector<RuleId> fewer = covering;
      fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
      Query smaller = query;
      smaller.spoils = [&](RuleId other) {
        return std::ranges::binary_search(fewer, other) && before(other);
      };
      if (search_.Find(smaller).kind == Answer::Kind::kNone) covering = std::move(fewer);
    }
    return covering;
  }

  const CallSearch& search_;
  const std::vector<Rule>& rules_;
  std::vector<bool> absent_;
  std::vector<std::vector<RuleId>> by_workspace_;
};

}  // namespace

std::vector<Reach> ComputeReachability(const CallSearch& search) { return Examiner(search).Run(); }

}  // namespace mcplexer::analysis
