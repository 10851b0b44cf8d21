// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/ambiguity.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/territory.h"
#include "compiler/automata/witness.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using model::Effect;
using model::Policy;
using model::Rule;

// A rule that decides before the pair where it matches and its condition holds.
struct Blocker {
  RuleId rule;
  bool unconditional;
  const Dfa* names;  // in the field under examination
  const Dfa* paths;  // from the root of the home under examination
};

// What one look at a pair has come to.
enum class Settled { kNone, kFound, kUnknown };

class PairExaminer {
 public:
  PairExaminer(const Space& space, const Territory& territory,
               const reference::Interpreter& interpreter, const AmbiguityLimits& limits)
      : space_(space),
        policy_(space.policy()),
        territory_(territory),
        interpreter_(interpreter),
        limits_(limits),
        rules_of_(policy_.workspaces.size()) {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      if (!space.box(RuleId(r)).empty) {
        rules_of_[policy_.rules[r].workspace.index()].push_back(RuleId(r));
      }
    }
  }

  std::optional<Ambiguity> Examine(RuleId first, RuleId second) {
    first_ = first;
    second_ = second;
    parts_left_ = limits_.max_parts;
    Settled worst = Settled::kNone;
    for (WorkspaceId home : territory_.Within(Get(first).workspace)) {
      switch (ExamineHome(home)) {
        case Settled::kFound:
          return Ambiguity{first, second, std::move(witness_)};
        case Settled::kUnknown:
          worst = Settled::kUnknown;
          break;
        case Settled::kNone:
          break;
      }
    }
    if (worst == Settled::kUnknown) return Ambiguity{first, second, std::nullopt};
    return std::nullopt;
  }

 private:
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  // The directories of `home` that both rules match.
  Settled ExamineHome(WorkspaceId home) {
    const WorkspaceId outer = Get(first_).workspace;
    const Dfa& a = territory_.Rebased(outer, space_.box(first_).paths, home);
    const Dfa& b = territory_.Rebased(outer, space_.box(second_).paths, home);
    const auto both = automata::Intersection(a, b);
    if (!both) return Settled::kUnknown;
    const auto region = automata::Intersection(*both, territory_.Own(home));
    if (!region) return Settled::kUnknown;
    if (region->IsEmpty()) return Settled::kNone;

    Settled worst = Settled::kNone;
    const auto& left = space_.name_sets()[space_.box(first_).names].parts;
    const auto& right = space_.name_sets()[space_.box(second_).names].parts;
    for (auto i = left.begin(), j = right.begin(); i != left.end() && j != right.end();) {
      if (i->first != j->first) {
        i->first < j->first ? ++i : ++j;
        continue;
      }
      const Settled settled = ExamineField(home, *region, i->first, i->second, j->second);
      if (settled == Settled::kFound) return settled;
      if (settled == Settled::kUnknown) worst = settled;
      ++i, ++j;
    }
    return worst;
  }

  Settled ExamineField(WorkspaceId home, const Dfa& paths, FieldId field, LanguageId a,
                       LanguageId b) {
    const Field& names = space_.name_fields()[field].field;
    if (!names.Overlaps(a, b)) return Settled::kNone;
    const auto region = automata::Intersection(names.language(a), names.language(b));
    if (!region) return Settled::kUnknown;
    if (region->IsEmpty()) return Settled::kNone;

    const std::vector<Blocker> blockers = BlockersIn(home, field, paths, *region);
    std::vector<automata::Nfa> name_nfas, path_nfas;
    for (const Blocker& blocker : blockers) {
      name_nfas.push_back(automata::ToNfa(*blocker.names));
      path_nfas.push_back(automata::ToNfa(*blocker.paths));
    }
    const auto name_parts = Divide(name_nfas, *region);
    const auto path_parts = Divide(path_nfas, paths);
    if (!name_parts || !path_parts) return Settled::kUnknown;
    return ExamineParts(home, field, blockers, *name_parts, *path_parts);
  }

  static tl::expected<automata::SetAutomaton, automata::LimitError> Divide(
      const std::vector<automata::Nfa>& nfas, const Dfa& region) {
    std::vector<const automata::Nfa*> sets;
    for (const automata::Nfa& nfa : nfas) sets.push_back(&nfa);
    return automata::BuildSetAutomaton(sets, &region);
  }

  // Rules that come before the pair in `home` for some call of the region.
  std::vector<Blocker> BlockersIn(WorkspaceId home, FieldId field, const Dfa& paths,
                                  const Dfa& names) {
    std::vector<Blocker> blockers;
    for (WorkspaceId workspace : policy_.Chain(home)) {
      for (RuleId id : rules_of_[workspace.index()]) {
        if (!ComesBefore(id)) continue;
        const Box& box = space_.box(id);
        const Dfa* language = LanguageIn(box.names, field);
        if (language == nullptr) continue;
        const Dfa& rebased = territory_.Rebased(workspace, box.paths, home);
        const auto apart = [](const tl::expected<bool, automata::LimitError>& overlap) {
          return overlap && !*overlap;
        };
        if (apart(automata::Intersects(*language, names)) ||
            apart(automata::Intersects(rebased, paths))) {
          continue;
        }
        blockers.push_back({id, !Get(id).when.valid(), language, &rebased});
      }
    }
    return blockers;
  }

  const Dfa* LanguageIn(NameSetId set, FieldId field) const {
    for (const auto& [f, language] : space_.name_sets()[set].parts) {
      if (f == field) return &space_.name_fields()[field].field.language(language);
    }
    return nullptr;
  }

  // Whether `id`, a rule of the home's chain, decides before the pair where it matches and holds.
  bool ComesBefore(RuleId id) const {
    if (id == first_ || id == second_) return false;
    const Rule& rule = Get(id);
    const Rule& pair = Get(first_);
    if (rule.effect == Effect::kDeny) return true;
    if (rule.workspace != pair.workspace) {
      // Nearer than the pair's own workspace if it is nested in it, farther otherwise.
      const auto& within = territory_.Within(pair.workspace);
      return std::ranges::find(within, rule.workspace) != within.end();
    }
    if (rule.priority != pair.priority) return rule.priority < pair.priority;
    if (space_.IsStrictSubset(id, first_) || space_.IsStrictSubset(id, second_)) return true;
    return rule.when.valid() && !pair.when.valid() && !space_.IsStrictSubset(first_, id) &&
           !space_.IsStrictSubset(second_, id);
  }

  Settled ExamineParts(WorkspaceId home, FieldId field, const std::vector<Blocker>& blockers,
                       const automata::SetAutomaton& names, const automata::SetAutomaton& paths) {
    Settled worst = Settled::kNone;
    for (PrincipalId principal : CommonPrincipals()) {
      for (uint32_t n = 0; n < names.num_classes(); ++n) {
        if (!names.witnesses[n]) continue;
        for (uint32_t p = 0; p < paths.num_classes(); ++p) {
          if (!paths.witnesses[p]) continue;
          if (parts_left_ == 0) return Settled::kUnknown;
          --parts_left_;
          std::vector<Goal> goals;
          if (!GoalsOf(blockers, names.SetsOf(n), paths.SetsOf(p), principal, goals)) continue;
          const Settled settled =
              Solve(home, field, *names.witnesses[n], *paths.witnesses[p], principal, goals);
          if (settled == Settled::kFound) return settled;
          if (settled == Settled::kUnknown) worst = settled;
        }
      }
    }
    return worst;
  }

  std::vector<PrincipalId> CommonPrincipals() const {
    const auto& a = space_.principal_sets()[space_.box(first_).principals];
    const auto& b = space_.principal_sets()[space_.box(second_).principals];
    std::vector<PrincipalId> common;
    std::ranges::set_intersection(a, b, std::back_inserter(common));
    return common;
  }

  // False when an unconditional rule decides this part. `in_names` and `in_paths` are the blockers
  // that hold the part's name and path.
  bool GoalsOf(const std::vector<Blocker>& blockers, std::span<const uint32_t> in_names,
               std::span<const uint32_t> in_paths, PrincipalId principal,
               std::vector<Goal>& goals) const {
    for (RuleId id : {first_, second_}) {
      if (Get(id).when.valid()) goals.push_back({Get(id).when, Wanted::kTrue});
    }
    for (uint32_t b : in_names) {
      if (!std::ranges::binary_search(in_paths, b)) continue;
      const Blocker& blocker = blockers[b];
      const auto& principals = space_.principal_sets()[space_.box(blocker.rule).principals];
      if (!std::ranges::binary_search(principals, principal)) continue;
      if (blocker.unconditional) return false;
      const Rule& rule = Get(blocker.rule);
      goals.push_back(
          {rule.when, rule.effect == Effect::kDeny ? Wanted::kFalse : Wanted::kNotTrue});
    }
    return true;
  }

  Settled Solve(WorkspaceId home, FieldId field, const std::string& name, const std::string& path,
                PrincipalId principal, const std::vector<Goal>& goals) {
    const NameField& name_field = space_.name_fields()[field];
    reference::Call call;
    call.kind = name_field.kind;
    call.server = name_field.server;
    call.name = name_field.kind == model::CallKind::kResource
                    ? name
                    : NamePrefix(policy_.servers[name_field.server.index()]) + name;
    call.directory = territory_.DirectoryOf(home, path);
    call.principal = principal;
    const Solution solution =
        analysis::Solve(policy_, goals, interpreter_.ContextOf(call, home), limits_.solver);
    if (solution.kind == Solution::Kind::kImpossible) return Settled::kNone;
    if (solution.kind == Solution::Kind::kUnknown) return Settled::kUnknown;
    call.arguments = solution.arguments;
    call.client = solution.client;
    call.model = solution.model;
    const reference::Outcome outcome = interpreter_.Decide(call);
    MCPLEXER_CHECK(outcome.reason == reference::Outcome::Reason::kAmbiguous);
    MCPLEXER_CHECK(std::ranges::find(outcome.rules, first_) != outcome.rules.end());
    MCPLEXER_CHECK(std::ranges::find(outcome.rules, second_) != outcome.rules.end());
    witness_ = std::move(call);
    return Settled::kFound;
  }

  const Space& space_;
  const Policy& policy_;
  const Territory& territory_;
  const reference::Interpreter& interpreter_;
  const AmbiguityLimits& limits_;
  std::vector<std::vector<RuleId>> rules_of_;
  RuleId first_;
  RuleId second_;
  uint32_t parts_left_ = 0;
  std::optional<reference::Call> witness_;
};

}  // namespace

std::vector<Ambiguity> FindAmbiguities(const Space& space, const Order& order,
                                       const AmbiguityLimits& limits) {
  const Policy& policy = space.policy();
  const Territory territory(space);
  const reference::Interpreter interpreter(policy, territory.home_directory());
  PairExaminer examiner(space, territory, interpreter, limits);

  // Level rules by workspace, priority and whether they have a condition; then by their names, so
  // that names are compared once a pair of sets and not once a pair of rules.
  using Level = std::tuple<WorkspaceId, int32_t, bool>;
  std::map<Level, std::map<NameSetId, std::vector<RuleId>>> levels;
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (rule.effect == Effect::kDeny || space.box(RuleId(r)).empty) continue;
    levels[{rule.workspace, rule.priority, rule.when.valid()}][space.box(RuleId(r)).names]
        .push_back(RuleId(r));
  }

  std::vector<Ambiguity> found;
  const auto examine = [&](RuleId a, RuleId b) {
    if (SameOutcome(policy, policy.rules[a.index()], policy.rules[b.index()])) return;
    if (!space.Overlaps(a, b)) return;
    const auto wider_than = [&](RuleId narrow, RuleId wide) {
      return std::ranges::find(order.wider[narrow.index()], wide) !=
             order.wider[narrow.index()].end();
    };
    if (wider_than(a, b) || wider_than(b, a)) return;
    if (auto ambiguity = examiner.Examine(std::min(a, b), std::max(a, b))) {
      found.push_back(*std::move(ambiguity));
    }
  };
  for (const auto& [level, by_names] : levels) {
    for (auto i = by_names.begin(); i != by_names.end(); ++i) {
      for (size_t a = 0; a < i->second.size(); ++a) {
        for (size_t b = a + 1; b < i->second.size(); ++b) examine(i->second[a], i->second[b]);
      }
      for (auto j = std::next(i); j != by_names.end(); ++j) {
        if (!space.NamesOverlap(i->first, j->first)) continue;
        for (RuleId a : i->second) {
          for (RuleId b : j->second) examine(a, b);
        }
      }
    }
  }
  std::ranges::sort(found, {}, [](const Ambiguity& a) { return std::pair(a.first, a.second); });
  return found;
}

void CheckAmbiguity(const Space& space, const Order& order, source::Diagnostics& diagnostics) {
  const Policy& policy = space.policy();
  const std::string home = HomeDirectory(policy);
  for (const Ambiguity& ambiguity : FindAmbiguities(space, order)) {
    const Rule& a = policy.rules[ambiguity.first.index()];
    const Rule& b = policy.rules[ambiguity.second.index()];
    if (!ambiguity.witness) {
      diagnostics
          .Report(source::Code::kUndecidedAmbiguity, a.head_span,
                  fmt::format("`{}` and `{}` may both match, and it could not be settled whether "
                              "their conditions exclude each other",
                              a.id, b.id))
          .Mark(OutcomeText(policy, a))
          .Also(b.head_span, OutcomeText(policy, b))
          .Help("give one a lower `priority`, or make one narrower");
      continue;
    }
    diagnostics
        .Report(
            source::Code::kAmbiguousRoute, a.head_span,
            fmt::format("`{}` and `{}` both match, {}", a.id, b.id, DifferenceText(policy, a, b)))
        .Mark(OutcomeText(policy, a))
        .Also(b.head_span, OutcomeText(policy, b))
        .Example(DescribeCall(policy, *ambiguity.witness, home) + " -> ambiguous")
        .Help("give one a lower `priority`, or make one narrower");
  }
}

}  // namespace mcplexer::analysis
