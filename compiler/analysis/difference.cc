// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/analysis/joint.h"
#include "compiler/analysis/outcome.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using model::Effect;
using model::Policy;
using model::Rule;
using reference::Outcome;

constexpr size_t kOld = 0;
constexpr size_t kNew = 1;

// Everything about a rule that can matter to a decision, with names for ids.
std::string KeyOf(const Policy& policy, const std::string& root, const Rule& rule) {
  std::string key = fmt::format("{}\n{} {} {} {}", root, static_cast<int>(rule.effect),
                                static_cast<int>(rule.kind), rule.server.value, rule.priority);
  const auto add = [&key](char tag, const auto& texts) {
    std::set<std::string> sorted(texts.begin(), texts.end());
    for (const std::string& text : sorted) key += fmt::format("\n{}{}", tag, text);
  };
  const auto patterns = [](const std::vector<model::NamePattern>& from) {
    std::vector<std::string> texts;
    for (const auto& pattern : from) texts.push_back((pattern.regex ? "re" : "gl") + pattern.text);
    return texts;
  };
  add('+', patterns(rule.names));
  add('-', patterns(rule.except));
  std::vector<std::string> paths;
  for (const auto& path : rule.paths) paths.push_back(path.text);
  add('/', paths);
  std::vector<std::string> who;
  for (PrincipalId id : rule.principals) who.push_back(std::to_string(id.value));
  add('@', who);
  const auto condition = [&](ConditionId id) {
    return id.valid() ? policy.conditions[id.index()].text : std::string();
  };
  key += fmt::format("\n?{}\n!{}\n${}", condition(rule.when), condition(rule.require),
                     rule.scope.valid() ? policy.scopes[rule.scope.index()].name : "");
  if (rule.effect == Effect::kApprove) {
    key += fmt::format("\n{} {}", rule.approval.timeout_ms, rule.approval.quorum);
    for (GroupId id : rule.approval.approvers) key += " " + policy.groups[id.index()];
  }
  return key;
}

// Directories in which one home workspace of each side, or none, decides.
struct Pairing {
  std::array<WorkspaceId, 2> homes;  // joint ids; not valid: none
  Base base;
};

class Comparer {
 public:
  Comparer(const Policy& before, const Policy& after, const Space& space, const Joint& joint,
           const SearchLimits& limits)
      : sides_{&before, &after},
        space_(space),
        joint_(joint),
        policy_(space.policy()),
        order_(ComputeOrder(space)),
        search_(space, order_, limits),
        interpreters_{reference::Interpreter(before, search_.territory().home_directory()),
                      reference::Interpreter(after, search_.territory().home_directory())} {
    for (size_t p = 0; p < policy_.principals.size(); ++p) everybody_.emplace_back(p);
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const size_t side = SideOf(RuleId(r));
      keys_.push_back(
          KeyOf(policy_, search_.territory().root(policy_.rules[r].workspace), policy_.rules[r]));
      known_keys_[side].insert(keys_.back());
    }
  }

  Comparison Run() {
    for (const Pairing& pairing : Pairings()) ComparePairing(pairing);
    return std::move(result_);
  }

 private:
  size_t SideOf(RuleId id) const { return static_cast<size_t>(joint_.SideOf(id)); }
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  std::vector<Pairing> Pairings() const {
    const Territory& territory = search_.territory();
    std::vector<Pairing> pairings;
    std::array<std::vector<WorkspaceId>, 2> all;
    for (size_t w = 0; w < policy_.workspaces.size(); ++w) {
      all[static_cast<size_t>(joint_.SideOf(WorkspaceId(w)))].emplace_back(w);
    }
    const auto add = [&](WorkspaceId a, WorkspaceId b, WorkspaceId at, Dfa paths) {
      if (paths.IsEmpty()) return;
      Pairing pairing{{a, b}, {at, std::move(paths), {}}};
      for (WorkspaceId home : {a, b}) {
        const auto chain = policy_.Chain(home);
        pairing.base.workspaces.insert(pairing.base.workspaces.end(), chain.begin(), chain.end());
      }
      pairings.push_back(std::move(pairing));
    };
    for (WorkspaceId a : all[kOld]) {
      for (WorkspaceId b : all[kNew]) {
        const bool inside = territory.Contains(a, b);
        if (!inside && !territory.Contains(b, a)) continue;
        const WorkspaceId outer = inside ? a : b;
        const WorkspaceId inner = inside ? b : a;
        auto paths = automata::Intersection(territory.Own(inner),
                                            territory.From(outer, territory.Own(outer), inner));
        if (paths) add(a, b, inner, *std::move(paths));
      }
    }
    for (size_t side = 0; side < 2; ++side) {
      for (WorkspaceId home : all[side]) {
        Dfa paths = territory.Own(home);
        for (WorkspaceId other : all[1 - side]) {
          if (territory.Contains(other, home)) paths = Dfa();
          if (!territory.Contains(home, other) || paths.IsEmpty()) continue;
          auto rest = automata::Difference(paths, territory.Within(home, other));
          if (rest) paths = *std::move(rest);
        }
        const WorkspaceId none;
        add(side == kOld ? home : none, side == kOld ? none : home, home, std::move(paths));
      }
    }
    return pairings;
  }

  void ComparePairing(const Pairing& pairing) {
    pairing_ = &pairing;
    same_sight_ = SameSight();
    std::array<std::vector<RuleId>, 2> rules;
    for (WorkspaceId workspace : pairing.base.workspaces) {
      for (size_t r = 0; r < policy_.rules.size(); ++r) {
        if (policy_.rules[r].workspace != workspace || space_.box(RuleId(r)).empty) continue;
        rules[SideOf(RuleId(r))].emplace_back(r);
      }
    }
    const bool same_chain = SameChain();
    const auto changed = [&](RuleId id) {
      return !same_chain || !known_keys_[1 - SideOf(id)].contains(keys_[id.index()]);
    };
    for (RuleId before : rules[kOld]) {
      if (!changed(before)) continue;
      for (RuleId after : rules[kNew]) Try(before, after);
      Try(before, RuleId());
    }
    for (RuleId after : rules[kNew]) {
      if (!changed(after)) continue;
      for (RuleId before : rules[kOld]) {
        if (!changed(before)) Try(before, after);
      }
      Try(RuleId(), after);
    }
    Try(RuleId(), RuleId());
  }

  // Whether the workspaces of both sides are the same ones, as far as precedence and conditions can
  // tell.
  bool SameChain() const {
    std::array<std::vector<std::string>, 2> roots;
    for (WorkspaceId workspace : pairing_->base.workspaces) {
      roots[static_cast<size_t>(joint_.SideOf(workspace))].push_back(
          search_.territory().root(workspace));
    }
    return roots[kOld] == roots[kNew] && same_sight_;
  }

  // Whether a condition sees the same of a call on both sides.
  bool SameSight() const {
    const auto& [a, b] = pairing_->homes;
    if (!a.valid() || !b.valid()) return false;
    const model::Workspace& x = policy_.workspaces[a.index()];
    const model::Workspace& y = policy_.workspaces[b.index()];
    if (x.tags != y.tags) return false;
    if (search_.territory().root(a) != search_.territory().root(b)) return false;
    for (size_t p = 0; p < policy_.principals.size(); ++p) {
      if (GroupsOf(kOld, PrincipalId(p)) != GroupsOf(kNew, PrincipalId(p))) return false;
    }
    for (size_t s = 0; s < policy_.servers.size(); ++s) {
      const ServerId before = joint_.servers[kOld][s];
      const ServerId after = joint_.servers[kNew][s];
      if (!before.valid() || !after.valid()) continue;
      const model::Server& u = sides_[kOld]->servers[before.index()];
      const model::Server& v = sides_[kNew]->servers[after.index()];
      if (u.cwd != v.cwd || u.transport != v.transport) return false;
    }
    return true;
  }

  std::vector<std::string> GroupsOf(size_t side, PrincipalId joint) const {
    const PrincipalId own = joint_.principals[side][joint.index()];
    if (!own.valid()) return {"\n"};  // a stranger: never the same as somebody
    std::vector<std::string> groups;
    for (GroupId id : sides_[side]->principals[own.index()].groups) {
      groups.push_back(sides_[side]->groups[id.index()]);
    }
    return groups;
  }

  // Whether a side's default lets calls through to servers that it has.
  bool DefaultAllows(size_t side) const {
    const WorkspaceId home = pairing_->homes[side];
    return home.valid() && policy_.workspaces[home.index()].default_allow;
  }

  void Try(RuleId before, RuleId after) {
    if (!before.valid() && !after.valid()) return TryDefaults();
    if (before.valid() && after.valid()) {
      const Box& a = space_.box(before);
      const Box& b = space_.box(after);
      if (space_.PrincipalsOverlap(a.principals, b.principals) &&
          space_.NamesOverlap(a.names, b.names)) {
        Ask(before, after, false, nullptr);
      }
      return;
    }
    // Where a side does not have the server, it denies whatever its default.
    const size_t side = before.valid() ? kNew : kOld;
    for (const bool known : {true, false}) {
      const Area area = FieldsKnown(side, known);
      if (!area.names.empty()) Ask(before, after, known && DefaultAllows(side), &area);
    }
  }

  void TryDefaults() {
    for (const bool in_old : {true, false}) {
      for (const bool in_new : {true, false}) {
        const bool old_allows = in_old && DefaultAllows(kOld);
        const bool new_allows = in_new && DefaultAllows(kNew);
        if (old_allows == new_allows) continue;
        Area area = FieldsKnown(kOld, in_old);
        std::erase_if(area.names, [&](const auto& part) {
          const ServerId server = space_.name_fields()[part.first].server;
          return joint_.servers[kNew][server.index()].valid() != in_new;
        });
        if (!area.names.empty()) Search(RuleId(), RuleId(), {}, &area);
      }
    }
  }

  Area FieldsKnown(size_t side, bool known) const {
    Area area;
    area.principals = everybody_;
    for (FieldId f = 0; f < space_.name_fields().size(); ++f) {
      const NameField& field = space_.name_fields()[f];
      if (joint_.servers[side][field.server.index()].valid() != known) continue;
      area.names.emplace_back(f, field.kind == model::CallKind::kResource
                                     ? automata::UriUniverse()
                                     : automata::NameUniverse());
    }
    return area;
  }

  void Ask(RuleId before, RuleId after, bool default_allow, const Area* area) {
    const RuleId rule = before.valid() ? before : after;
    const Rule* other = before.valid() && after.valid() ? &Get(after) : nullptr;
    for (const auto& way : WaysToDiffer(policy_, Get(rule), other, default_allow)) {
      if (Search(before, after, way, area)) return;
    }
  }

  // Whether a difference was found.
  bool Search(RuleId before, RuleId after, const std::vector<Goal>& way, const Area* area) {
    Query query;
    query.area = area;
    query.goals = way;
    for (RuleId id : {before, after}) {
      if (!id.valid()) continue;
      query.matching.push_back(id);
      if (Get(id).when.valid()) {
        query.goals.push_back(
            {Get(id).when, Get(id).effect == Effect::kDeny ? Wanted::kNotFalse : Wanted::kTrue});
      }
    }
    const auto side_of = [this](ConditionId id) {
      return id.index() < sides_[kOld]->conditions.size() || same_sight_ ? uint8_t{0} : uint8_t{1};
    };
    for (Goal& goal : query.goals) goal.side = side_of(goal.condition);
    query.base = &pairing_->base;
    query.spoils = [&](RuleId other) {
      const RuleId decides = SideOf(other) == kOld ? before : after;
      return !decides.valid() || search_.Precedes(other, decides);
    };
    query.side = [&](RuleId id) { return side_of(Get(id).when); };
    query.contexts = [&](const reference::Call& call) { return Contexts(call); };
    const Answer answer = search_.Find(query);
    if (answer.kind == Answer::Kind::kUnknown) result_.complete = false;
    if (answer.kind != Answer::Kind::kFound) return false;
    Note(before, after, answer.call);
    return true;
  }

  std::vector<reference::Context> Contexts(const reference::Call& call) const {
    std::vector<reference::Context> contexts(2);
    for (size_t side = 0; side < 2; ++side) {
      const WorkspaceId home = pairing_->homes[side];
      if (!home.valid()) continue;
      contexts[side] = interpreters_[side].ContextOf(OnSide(side, call), joint_.Own(home));
    }
    return contexts;
  }

  reference::Call OnSide(size_t side, reference::Call call) const {
    const PrincipalId principal = joint_.principals[side][call.principal.index()];
    call.principal = principal.valid() ? principal : PrincipalId(0u);
    call.server = joint_.servers[side][call.server.index()];
    return call;
  }

  // What a side does with the call. A server that it does not have gets none.
  Outcome Decide(size_t side, const reference::Call& call) const {
    if (!call.server.valid()) return {};
    return interpreters_[side].Decide(call);
  }

  void Note(RuleId before, RuleId after, const reference::Call& call) {
    Difference difference{
        Difference::Kind::kNewlyAllowed, before.valid() ? joint_.Own(before) : before,
        after.valid() ? joint_.Own(after) : after, OnSide(kOld, call), OnSide(kNew, call)};
    const Outcome was = Decide(kOld, difference.old_call);
    const Outcome is = Decide(kNew, difference.new_call);
    const std::optional<Difference::Kind> kind = KindOf(was, is);
    MCPLEXER_CHECK(kind.has_value());
    difference.kind = *kind;
    const bool known = std::ranges::any_of(result_.differences, [&](const Difference& other) {
      return other.kind == difference.kind && other.before == difference.before &&
             other.after == difference.after;
    });
    if (!known) result_.differences.push_back(std::move(difference));
  }

  std::optional<Difference::Kind> KindOf(const Outcome& was, const Outcome& is) const {
    using Verdict = Outcome::Verdict;
    using Kind = Difference::Kind;
    if (was.verdict == Verdict::kDeny) {
      if (is.verdict == Verdict::kDeny) return std::nullopt;
      return Kind::kNewlyAllowed;
    }
    if (is.verdict == Verdict::kDeny) return Kind::kNewlyDenied;
    if (was.verdict != is.verdict) {
      return is.verdict == Verdict::kAllow ? Kind::kApprovalDropped : Kind::kApprovalAdded;
    }
    const auto scope = [&](size_t side, const Outcome& outcome) {
      return outcome.scope.valid() ? sides_[side]->scopes[outcome.scope.index()].name : "";
    };
    if (scope(kOld, was) != scope(kNew, is)) return Kind::kCredentialsChanged;
    if (was.verdict == Verdict::kAllow) return std::nullopt;
    const auto terms = [&](size_t side, const Outcome& outcome) {
      const model::Approval& approval = sides_[side]->rules[outcome.rules.front().index()].approval;
      std::vector<std::string> groups;
      for (GroupId id : approval.approvers) groups.push_back(sides_[side]->groups[id.index()]);
      return std::tuple(approval.timeout_ms, approval.quorum, groups);
    };
    if (terms(kOld, was) == terms(kNew, is)) return std::nullopt;
    return Kind::kApprovalChanged;
  }

  std::array<const Policy*, 2> sides_;
  const Space& space_;
  const Joint& joint_;
  const Policy& policy_;
  const Order order_;
  const CallSearch search_;
  std::array<reference::Interpreter, 2> interpreters_;
  std::vector<PrincipalId> everybody_;
  std::vector<std::string> keys_;  // by joint rule
  std::array<std::set<std::string>, 2> known_keys_;
  const Pairing* pairing_ = nullptr;
  bool same_sight_ = false;
  Comparison result_;
};

// What a scope injects, with secrets as they are found.
std::string TextOf(const Policy& policy, const model::Scope& scope) {
  std::string text = fmt::format("{}", static_cast<int>(scope.type));
  const auto secret = [&](SecretId id) {
    if (!id.valid()) return;
    const model::Secret& from = policy.secrets[id.index()];
    text += fmt::format("\n${}", static_cast<int>(from.source));
    for (const std::string& argument : from.arguments) text += "\n" + argument;
  };
  for (const model::Injection& injection : scope.injections) {
    text += "\n=" + injection.key;
    for (const model::TemplatePart& part : injection.parts) {
      text += "\n" + part.literal;
      secret(part.secret);
    }
  }
  for (const auto& [key, value] : scope.attributes) text += fmt::format("\n{} {}", key, value);
  if (scope.provider.valid()) {
    const model::Provider& provider = policy.providers[scope.provider.index()];
    text += "\n" + provider.name;
    for (const auto& [key, value] : provider.attributes) {
      text += fmt::format("\n{} {}", key, value);
    }
  }
  return text;
}

void CompareDefinitions(const Policy& before, const Policy& after, Comparison& result) {
  for (const model::Server& was : before.servers) {
    const auto is = std::ranges::find(after.servers, was.name_space, &model::Server::name_space);
    if (is == after.servers.end()) continue;
    if (std::tie(was.name, was.transport, was.command, was.env, was.cwd, was.url) !=
        std::tie(is->name, is->transport, is->command, is->env, is->cwd, is->url)) {
      result.redefinitions.push_back({Redefinition::Kind::kServer, was.name});
    }
  }
  for (const model::Scope& was : before.scopes) {
    const auto is = std::ranges::find(after.scopes, was.name, &model::Scope::name);
    if (is == after.scopes.end()) continue;
    if (TextOf(before, was) != TextOf(after, *is)) {
      result.redefinitions.push_back({Redefinition::Kind::kScope, was.name});
    }
  }
}

}  // namespace

Comparison::Verdict Comparison::verdict() const {
  using Kind = Difference::Kind;
  bool wider = false, narrower = false;
  for (const Difference& difference : differences) {
    switch (difference.kind) {
      case Kind::kNewlyAllowed:
      case Kind::kApprovalDropped:
        wider = true;
        break;
      case Kind::kNewlyDenied:
      case Kind::kApprovalAdded:
        narrower = true;
        break;
      case Kind::kApprovalChanged:
      case Kind::kCredentialsChanged:
        wider = narrower = true;
        break;
    }
  }
  if (!redefinitions.empty()) wider = narrower = true;
  if (wider && narrower) return Verdict::kIncomparable;
  if (wider) return Verdict::kWider;
  return narrower ? Verdict::kNarrower : Verdict::kEquivalent;
}

Comparison Compare(const Policy& before, const Policy& after, const SearchLimits& limits) {
  const Joint joint = Join(before, after);
  Parties parties;
  parties.of = [&](RuleId id) { return static_cast<size_t>(joint.SideOf(id)); };
  for (const auto& servers : joint.servers) {
    parties.servers.emplace_back();
    for (ServerId id : servers) parties.servers.back().push_back(id.valid());
  }
  source::Diagnostics diagnostics;
  Comparison result;
  const auto space = Space::Build(joint.policy, automata::Limits(), diagnostics, &parties);
  if (space) {
    result = Comparer(before, after, *space, joint, limits).Run();
  } else {
    result.complete = false;  // together they cost more states than each by itself
  }
  CompareDefinitions(before, after, result);
  return result;
}

}  // namespace mcplexer::analysis
