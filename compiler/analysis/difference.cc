// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/analysis/difference_kinds.h"
#include "compiler/analysis/joint.h"
#include "compiler/analysis/pair_search.h"
#include "compiler/analysis/pairing.h"
#include "compiler/analysis/twins.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using model::Effect;
using model::Policy;
using model::Rule;
using reference::Outcome;

// More would help nobody.
constexpr size_t kMostUnsettled = 20;

class Comparer {
 public:
  Comparer(const Policy& before, const Policy& after, const Space& space, const Joint& joint,
           const CompareOptions& options)
      : sides_{&before, &after},
        options_(options),
        space_(space),
        joint_(joint),
        policy_(space.policy()),
        order_(ComputeOrder(space)),
        pairs_(sides_, space, joint, order_, options.search, options.max_questions),
        twins_(sides_, joint, order_, pairs_.territory()) {
    for (size_t p = 0; p < policy_.principals.size(); ++p) everybody_.emplace_back(p);
    result_.home = pairs_.territory().home_directory();
    result_.redefinitions = FindRedefinitions(before, after);
    result_.trust = FindTrustChanges(before, after, result_.home);
    for (const model::Server& server : policy_.servers) {
      redefined_.push_back(std::ranges::count(result_.redefinitions, server.name_space,
                                              &Redefinition::name_space) > 0);
    }
    everything_ = AreaOf([](ServerId) { return true; });
    moved_ = AreaOf([this](ServerId id) { return redefined_[id.index()]; });
  }

  Comparison Run() {
    const auto pairings = FindPairings(joint_, pairs_.territory());
    if (!pairings) {
      Unsettled("what is decided where the roots of workspaces meet");
      return std::move(result_);
    }
    NoteBareNames();
    for (const Pairing& pairing : *pairings) {
      Enter(pairing);
      ComparePairing();
    }
    FindTools(*pairings);
    std::ranges::sort(result_.differences, {}, [](const Difference& one) {
      return std::tuple(one.kind, one.before, one.after);
    });
    return std::move(result_);
  }

 private:
  size_t SideOf(RuleId id) const { return static_cast<size_t>(joint_.SideOf(id)); }
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  void Unsettled(std::string what) {
    if (result_.unsettled.size() < kMostUnsettled) result_.unsettled.push_back(std::move(what));
  }

  // A server whose names have no prefix can offer what reads as a name of another one.
  void NoteBareNames() {
    const auto bare = [](const Policy* policy) {
      return std::ranges::count(policy->servers, "", &model::Server::name_space) > 0;
    };
    mixed_ = bare(sides_[kOld]) != bare(sides_[kNew]);
    if (mixed_) Unsettled("what becomes of names that only one of the policies gives a namespace");
  }

  void Enter(const Pairing& pairing) {
    pairing_ = &pairing;
    pairs_.Enter(pairing);
    same_chain_ = SameChain();
    for (auto& rules : rules_) rules.clear();
    for (WorkspaceId workspace : pairing.base.workspaces) {
      for (size_t r = 0; r < policy_.rules.size(); ++r) {
        if (policy_.rules[r].workspace != workspace || space_.box(RuleId(r)).empty) continue;
        rules_[SideOf(RuleId(r))].emplace_back(r);
      }
    }
  }

  // Whether the rule can be part of a difference that no other rule explains.
  bool Counts(RuleId id) const {
    if (!same_chain_ || !twins_.RanksAlike(id)) return true;
    return !pairs_.same_sight() && (Get(id).when.valid() || Get(id).require.valid());
  }

  // Whether it matches calls to servers of which that is true.
  template <typename Predicate>
  bool Touches(RuleId id, Predicate predicate) const {
    return std::ranges::any_of(
        space_.name_sets()[space_.box(id).names].parts,
        [&](const auto& part) { return predicate(space_.name_fields()[part.first].server); });
  }

  void ComparePairing() {
    for (RuleId before : rules_[kOld]) {
      const bool counts = Counts(before);
      const bool moved = Touches(before, [&](ServerId id) { return redefined_[id.index()]; });
      for (RuleId after : rules_[kNew]) {
        if (!MayMeet({before, after})) continue;
        if (counts || Counts(after)) {
          Try({before, after}, everything_);
        } else if (moved) {
          Try({before, after}, moved_);
        }
      }
      TryDefault(before, kNew, counts);
    }
    for (RuleId after : rules_[kNew]) TryDefault(after, kOld, Counts(after));
    for (const bool in_old : {true, false}) {
      for (const bool in_new : {true, false}) {
        if (in_old || in_new) Try({}, Where(in_old, in_new));
      }
    }
  }

  // A rule against the default of the other side. Where that does not have the server it denies
  // whatever its default, and even a rule with a twin is alone.
  void TryDefault(RuleId rule, size_t other, bool counts) {
    const RulePair pair = other == kNew ? RulePair{rule, {}} : RulePair{{}, rule};
    if (counts) Try(pair, Where(true, true));
    const auto missing = [&](ServerId id) { return !joint_.servers[other][id.index()].valid(); };
    if (Touches(rule, missing)) Try(pair, Where(other == kNew, other == kOld));
  }

  // Whether the workspaces of both sides are the same ones, as far as precedence can tell.
  bool SameChain() const {
    std::array<std::vector<std::string>, 2> roots;
    for (WorkspaceId workspace : pairing_->base.workspaces) {
      roots[static_cast<size_t>(joint_.SideOf(workspace))].push_back(
          pairs_.territory().root(workspace));
    }
    return roots[kOld] == roots[kNew];
  }

  template <typename Predicate>
  Area AreaOf(Predicate predicate) const {
    Area area;
    area.principals = everybody_;
    for (FieldId f = 0; f < space_.name_fields().size(); ++f) {
      const NameField& field = space_.name_fields()[f];
      if (!predicate(field.server)) continue;
      area.names.emplace_back(f, field.kind == model::CallKind::kResource
                                     ? automata::UriUniverse()
                                     : automata::NameUniverse());
    }
    return area;
  }
  // Calls to servers that these sides have, and the others do not.
  Area Where(bool in_old, bool in_new) const {
    return AreaOf([&](ServerId id) {
      return joint_.servers[kOld][id.index()].valid() == in_old &&
             joint_.servers[kNew][id.index()].valid() == in_new;
    });
  }

  bool MayMeet(const RulePair& pair) const {
    const Box& a = space_.box(pair.before);
    const Box& b = space_.box(pair.after);
    return space_.PrincipalsOverlap(a.principals, b.principals) &&
           space_.NamesOverlap(a.names, b.names);
  }

  bool IsNovel(const RulePair& pair) const {
    return (pair.before.valid() && !twins_.Has(pair.before)) ||
           (pair.after.valid() && !twins_.Has(pair.after));
  }

  Terms TermsOn(size_t side, RuleId id) const {
    return TermsOf(*sides_[side], id.valid() ? joint_.Own(id) : id);
  }

  void Try(const RulePair& pair, const Area& area) {
    if (area.names.empty()) return;
    const bool deciders = options_.deciders && IsNovel(pair);
    TryOne(pair, {true, false}, area);
    TryOne(pair, {false, true}, area);
    if (deciders) TryOne(pair, {false, false}, area);
    const auto is_redefined = [&](const auto& part) {
      return redefined_[space_.name_fields()[part.first].server.index()];
    };
    Area rest = area;
    if (std::erase_if(rest.names, is_redefined) > 0) {
      Area moved = area;
      std::erase_if(moved.names, [&](const auto& part) { return !is_redefined(part); });
      TryOne(pair, {true, true}, moved);
    }
    if (deciders || TermsOn(kOld, pair.before) != TermsOn(kNew, pair.after)) {
      TryOne(pair, {true, true}, rest);
    }
  }

  void TryOne(const RulePair& pair, const Passes& passes, const Area& area) {
    if (area.names.empty()) return;
    // What such calls come to depends on the pair and the server alone, so one of them is enough.
    const bool moved = redefined_[space_.name_fields()[area.names.front().first].server.index()];
    const auto key = std::tuple(pair, passes, moved);
    if (found_.contains(key)) return;
    const Answer answer = pairs_.Ask(pair, passes, area);
    if (answer.kind == Answer::Kind::kFound) {
      found_.insert(key);
      Note(pair, answer.call);
    }
    if (answer.kind == Answer::Kind::kUnknown) {
      Unsettled(fmt::format("what becomes of calls that {} decides before and {} after",
                            NameOf(pair.before), NameOf(pair.after)));
    }
  }

  std::string NameOf(RuleId id) const {
    return id.valid() ? fmt::format("`{}`", Get(id).id) : "a default";
  }

  void Note(const RulePair& pair, const reference::Call& call) {
    Difference difference;
    difference.before = pair.before.valid() ? joint_.Own(pair.before) : pair.before;
    difference.after = pair.after.valid() ? joint_.Own(pair.after) : pair.after;
    difference.old_call = pairs_.OnSide(kOld, call);
    difference.new_call = pairs_.OnSide(kNew, call);
    difference.was = pairs_.Decide(kOld, difference.old_call);
    difference.is = pairs_.Decide(kNew, difference.new_call);
    const std::vector<Difference::Kind> kinds = Confirmed(pair, difference, call.server);
    MCPLEXER_CHECK(mixed_ || !kinds.empty());  // mixed up namespaces are unsettled already
    for (const Difference::Kind kind : kinds) {
      if (!seen_.emplace(kind, pair).second) continue;
      difference.kind = kind;
      result_.differences.push_back(difference);
    }
  }

  // The kinds that the reference interpreter's outcomes show; none if the pair does not decide.
  std::vector<Difference::Kind> Confirmed(const RulePair& pair, const Difference& difference,
                                          ServerId server) const {
    const auto decides = [](RuleId id, const Outcome& outcome) {
      return id.valid() ? std::ranges::count(outcome.rules, id) > 0 : outcome.rules.empty();
    };
    std::vector<Difference::Kind> kinds;
    const bool confirmed =
        decides(difference.before, difference.was) && decides(difference.after, difference.is);
    if (confirmed) {
      kinds = KindsOf({sides_[kOld], &difference.was}, {sides_[kNew], &difference.is},
                      redefined_[server.index()]);
      if (kinds.empty() && options_.deciders && IsNovel(pair)) {
        kinds.push_back(Difference::Kind::kDecider);
      }
    }
    return kinds;
  }

  // For each difference the tools for which there is such a call, too.
  void FindTools(const std::vector<Pairing>& pairings) {
    if (options_.tools.empty()) return;
    std::vector<std::set<std::string>> tools(result_.differences.size());
    for (const Pairing& pairing : pairings) {
      Enter(pairing);
      for (size_t d = 0; d < tools.size(); ++d) {
        for (const std::string& tool : options_.tools) {
          if (!tools[d].contains(tool) && Concerns(result_.differences[d], tool)) {
            tools[d].insert(tool);
          }
        }
      }
    }
    for (size_t d = 0; d < tools.size(); ++d) {
      result_.differences[d].tools.assign(tools[d].begin(), tools[d].end());
    }
  }

  bool Concerns(const Difference& difference, const std::string& tool) {
    RulePair pair{difference.before, difference.after};
    if (pair.after.valid()) pair.after = RuleId(pair.after.index() + joint_.old_rules);
    for (RuleId id : {pair.before, pair.after}) {
      if (!id.valid()) continue;
      const auto& chain = pairing_->base.workspaces;
      if (std::ranges::find(chain, Get(id).workspace) == chain.end()) return false;
    }
    const bool passed = difference.was.verdict != Outcome::Verdict::kDeny;
    const bool passes = difference.is.verdict != Outcome::Verdict::kDeny;
    if (Concerns(difference, pair, {passed, passes}, tool)) return true;
    // The one kind of which a pair has calls that come through and calls that do not.
    return difference.kind == Difference::Kind::kDecider &&
           Concerns(difference, pair, {!passed, !passes}, tool);
  }

  bool Concerns(const Difference& difference, const RulePair& pair, const Passes& passes,
                const std::string& tool) {
    for (FieldId f = 0; f < space_.name_fields().size(); ++f) {
      const NameField& field = space_.name_fields()[f];
      const std::string prefix = NamePrefix(policy_.servers[field.server.index()]);
      if (field.kind != model::CallKind::kTool || !tool.starts_with(prefix)) continue;
      const auto name = automata::ToDfa(automata::LiteralNfa(tool.substr(prefix.size())));
      if (!name) continue;
      Area area;
      area.principals = everybody_;
      area.names.emplace_back(f, *name);
      const Answer answer = pairs_.Ask(pair, passes, area);
      if (answer.kind == Answer::Kind::kUnknown) return true;  // so that none is left out
      if (answer.kind != Answer::Kind::kFound) continue;
      Difference one = difference;
      one.was = pairs_.Decide(kOld, pairs_.OnSide(kOld, answer.call));
      one.is = pairs_.Decide(kNew, pairs_.OnSide(kNew, answer.call));
      if (std::ranges::count(Confirmed(pair, one, field.server), difference.kind) > 0) return true;
    }
    return false;
  }

  std::array<const Policy*, 2> sides_;
  const CompareOptions& options_;
  const Space& space_;
  const Joint& joint_;
  const Policy& policy_;
  const Order order_;
  PairSearch pairs_;
  const Twins twins_;
  std::vector<PrincipalId> everybody_;
  std::vector<bool> redefined_;  // by joint server
  Area everything_;
  Area moved_;  // calls to servers that are redefined
  bool mixed_ = false;
  const Pairing* pairing_ = nullptr;
  bool same_chain_ = false;
  std::array<std::vector<RuleId>, 2> rules_;
  std::set<std::tuple<RulePair, Passes, bool>> found_;
  std::set<std::pair<Difference::Kind, RulePair>> seen_;
  Comparison result_;
};

}  // namespace

Comparison Compare(const Policy& before, const Policy& after, const CompareOptions& options) {
  const Joint joint = Join(before, after);
  Parties parties;
  parties.of = [&](RuleId id) { return static_cast<size_t>(joint.SideOf(id)); };
  for (const auto& servers : joint.servers) {
    parties.servers.emplace_back();
    for (ServerId id : servers) parties.servers.back().push_back(id.valid());
  }
  source::Diagnostics diagnostics;
  const auto space = Space::Build(joint.policy, automata::Limits(), diagnostics, &parties);
  if (space) return Comparer(before, after, *space, joint, options).Run();
  Comparison result;
  result.redefinitions = FindRedefinitions(before, after);
  result.trust = FindTrustChanges(before, after, before.home);
  result.unsettled.emplace_back("what differs: the patterns of both together cost too many states");
  return result;
}

}  // namespace mcplexer::analysis
