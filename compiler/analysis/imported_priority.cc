// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/imported_priority.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/territory.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/automata/witness.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using model::Effect;
using model::Policy;
using model::Rule;

enum class Settled : uint8_t { kNone, kFound, kUnknown };

// A deny that the allow has always lost to, in the field and home under examination.
struct OldDeny {
  RuleId rule;
  const Dfa* names;
  const Dfa* paths;
};

class Examiner {
 public:
  Examiner(const Space& space, const ImportedPriorityLimits& limits)
      : space_(space),
        policy_(space.policy()),
        limits_(limits),
        territory_(space),
        interpreter_(policy_, territory_.home_directory()),
        denies_of_(policy_.workspaces.size()) {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      if (rule.effect != Effect::kDeny || space.box(RuleId(r)).empty) continue;
      denies_of_[rule.workspace.index()].push_back(RuleId(r));
      if (rule.imported_deny_priority) imported_.push_back(RuleId(r));
    }
  }

  bool idle() const { return imported_.empty(); }
  const std::string& home_directory() const { return territory_.home_directory(); }

  std::optional<Overruled> Examine(RuleId allow) {
    allow_ = allow;
    parts_left_ = limits_.max_parts;
    std::optional<Overruled> found;
    RuleId unsettled;
    for (RuleId deny : imported_) {
      if (*Get(deny).imported_deny_priority <= Get(allow).priority) continue;
      const std::optional<WorkspaceId> inner = Inner(Get(allow).workspace, Get(deny).workspace);
      if (!inner || !MayOverlap(allow, deny)) continue;
      deny_ = deny;
      const Settled settled = ExaminePair(*inner);
      if (settled == Settled::kUnknown && !unsettled.valid()) unsettled = deny;
      if (settled != Settled::kFound) continue;
      if (found) {
        ++found->more;
      } else {
        found = Overruled{allow, deny, 0, std::move(witness_)};
      }
    }
    if (!found && unsettled.valid()) found = Overruled{allow, unsettled, 0, std::nullopt};
    return found;
  }

 private:
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  // The one of two workspaces that lies in the other; a rule of each can match one call only then.
  std::optional<WorkspaceId> Inner(WorkspaceId a, WorkspaceId b) const {
    if (std::ranges::find(territory_.Within(a), b) != territory_.Within(a).end()) return b;
    if (std::ranges::find(territory_.Within(b), a) != territory_.Within(b).end()) return a;
    return std::nullopt;
  }

  bool MayOverlap(RuleId a, RuleId b) const {
    const Box& left = space_.box(a);
    const Box& right = space_.box(b);
    return space_.PrincipalsOverlap(left.principals, right.principals) &&
           space_.NamesOverlap(left.names, right.names);
  }

  Settled ExaminePair(WorkspaceId inner) {
    Settled worst = Settled::kNone;
    for (WorkspaceId home : territory_.Within(inner)) {
      const Settled settled = ExamineHome(home);
      if (settled == Settled::kFound) return settled;
      if (settled == Settled::kUnknown) worst = settled;
    }
    return worst;
  }

  Settled ExamineHome(WorkspaceId home) {
    const auto paths_of = [&](RuleId rule) -> const Dfa& {
      return territory_.Rebased(Get(rule).workspace, space_.box(rule).paths, home);
    };
    const auto both = automata::Intersection(paths_of(allow_), paths_of(deny_));
    if (!both) return Settled::kUnknown;
    const auto paths = automata::Intersection(*both, territory_.Own(home));
    if (!paths) return Settled::kUnknown;
    if (paths->IsEmpty()) return Settled::kNone;

    Settled worst = Settled::kNone;
    for (const auto& [field, language] : space_.name_sets()[space_.box(allow_).names].parts) {
      const Dfa* other = LanguageIn(space_.box(deny_).names, field);
      if (other == nullptr) continue;
      const Dfa& own = space_.name_fields()[field].field.language(language);
      const auto names = automata::Intersection(own, *other);
      if (names && names->IsEmpty()) continue;
      const Settled settled = names ? ExamineField(home, field, *names, *paths) : Settled::kUnknown;
      if (settled == Settled::kFound) return settled;
      if (settled == Settled::kUnknown) worst = settled;
    }
    return worst;
  }

  Settled ExamineField(WorkspaceId home, FieldId field, const Dfa& names, const Dfa& paths) {
    const std::vector<OldDeny> old = OldDenies(home, field, names, paths);
    const auto name_parts = Divide(old, &OldDeny::names, names);
    const auto path_parts = Divide(old, &OldDeny::paths, paths);
    if (!name_parts || !path_parts) return Settled::kUnknown;
    Settled worst = Settled::kNone;
    for (PrincipalId principal : CommonPrincipals()) {
      for (uint32_t n = 0; n < name_parts->num_classes(); ++n) {
        for (uint32_t p = 0; p < path_parts->num_classes(); ++p) {
          if (!name_parts->witnesses[n] || !path_parts->witnesses[p]) continue;
          if (parts_left_ == 0) return Settled::kUnknown;
          --parts_left_;
          const auto goals = GoalsOf(old, name_parts->SetsOf(n), path_parts->SetsOf(p), principal);
          if (!goals) continue;
          const Settled settled = Confirm(home, field, *name_parts->witnesses[n],
                                          *path_parts->witnesses[p], principal, *goals);
          if (settled == Settled::kFound) return settled;
          if (settled == Settled::kUnknown) worst = settled;
        }
      }
    }
    return worst;
  }

  std::vector<OldDeny> OldDenies(WorkspaceId home, FieldId field, const Dfa& names,
                                 const Dfa& paths) const {
    std::vector<OldDeny> old;
    const auto apart = [](const tl::expected<bool, automata::LimitError>& overlap) {
      return overlap && !*overlap;
    };
    for (WorkspaceId workspace : policy_.Chain(home)) {
      for (RuleId id : denies_of_[workspace.index()]) {
        const Rule& rule = Get(id);
        if (rule.imported_deny_priority && *rule.imported_deny_priority > Get(allow_).priority) {
          continue;
        }
        const Dfa* language = LanguageIn(space_.box(id).names, field);
        if (language == nullptr) continue;
        const Dfa& rebased = territory_.Rebased(workspace, space_.box(id).paths, home);
        if (apart(automata::Intersects(*language, names)) ||
            apart(automata::Intersects(rebased, paths))) {
          continue;
        }
        old.push_back({id, language, &rebased});
      }
    }
    return old;
  }

  static tl::expected<automata::SetAutomaton, automata::LimitError> Divide(
      const std::vector<OldDeny>& old, const Dfa* OldDeny::* part, const Dfa& region) {
    std::vector<automata::Nfa> nfas;
    nfas.reserve(old.size());
    for (const OldDeny& deny : old) nfas.push_back(automata::ToNfa(*(deny.*part)));
    std::vector<const automata::Nfa*> sets;
    for (const automata::Nfa& nfa : nfas) sets.push_back(&nfa);
    return automata::BuildSetAutomaton(sets, &region);
  }

  const Dfa* LanguageIn(NameSetId set, FieldId field) const {
    for (const auto& [f, language] : space_.name_sets()[set].parts) {
      if (f == field) return &space_.name_fields()[field].field.language(language);
    }
    return nullptr;
  }

  std::vector<PrincipalId> CommonPrincipals() const {
    std::vector<PrincipalId> common;
    std::ranges::set_intersection(space_.principal_sets()[space_.box(allow_).principals],
                                  space_.principal_sets()[space_.box(deny_).principals],
                                  std::back_inserter(common));
    return common;
  }

  // Absent where a deny without a condition has always decided.
  std::optional<std::vector<Goal>> GoalsOf(const std::vector<OldDeny>& old,
                                           std::span<const uint32_t> in_names,
                                           std::span<const uint32_t> in_paths,
                                           PrincipalId principal) const {
    std::vector<Goal> goals;
    const Rule& allow = Get(allow_);
    // What the allow itself turns down it never let through.
    if (allow.when.valid()) goals.push_back({allow.when, Wanted::kTrue});
    if (allow.require.valid()) goals.push_back({allow.require, Wanted::kTrue});
    if (Get(deny_).when.valid()) goals.push_back({Get(deny_).when, Wanted::kNotFalse});
    for (uint32_t o : in_names) {
      if (!std::ranges::binary_search(in_paths, o)) continue;
      const auto& principals = space_.principal_sets()[space_.box(old[o].rule).principals];
      if (!std::ranges::binary_search(principals, principal)) continue;
      const Rule& rule = Get(old[o].rule);
      if (!rule.when.valid()) return std::nullopt;
      goals.push_back({rule.when, Wanted::kFalse});
    }
    return goals;
  }

  Settled Confirm(WorkspaceId home, FieldId field, const std::string& name, const std::string& path,
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
        Solve(policy_, goals, interpreter_.ContextOf(call, home), limits_.solver);
    if (solution.kind == Solution::Kind::kImpossible) return Settled::kNone;
    if (solution.kind == Solution::Kind::kUnknown) return Settled::kUnknown;
    call.arguments = solution.arguments;
    call.client = solution.client;
    call.model = solution.model;
    const reference::Outcome outcome = interpreter_.Decide(call);
    MCPLEXER_CHECK(outcome.verdict == reference::Outcome::Verdict::kDeny);
    MCPLEXER_CHECK(std::ranges::find(outcome.rules, deny_) != outcome.rules.end());
    witness_ = std::move(call);
    return Settled::kFound;
  }

  const Space& space_;
  const Policy& policy_;
  const ImportedPriorityLimits& limits_;
  const Territory territory_;
  const reference::Interpreter interpreter_;
  std::vector<std::vector<RuleId>> denies_of_;
  std::vector<RuleId> imported_;
  RuleId allow_;
  RuleId deny_;
  uint32_t parts_left_ = 0;
  std::optional<reference::Call> witness_;
};

std::vector<Overruled> FindWith(Examiner& examiner, const Space& space) {
  std::vector<Overruled> found;
  if (examiner.idle()) return found;
  const auto& rules = space.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].effect == Effect::kDeny || space.box(RuleId(r)).empty) continue;
    if (auto overruled = examiner.Examine(RuleId(r))) found.push_back(*std::move(overruled));
  }
  return found;
}

}  // namespace

std::vector<Overruled> FindOverruled(const Space& space, const ImportedPriorityLimits& limits) {
  Examiner examiner(space, limits);
  return FindWith(examiner, space);
}

void CheckImportedPriorities(const Space& space, source::Diagnostics& diagnostics) {
  const Policy& policy = space.policy();
  const ImportedPriorityLimits limits;
  Examiner examiner(space, limits);
  for (const Overruled& overruled : FindWith(examiner, space)) {
    const Rule& allow = policy.rules[overruled.allow.index()];
    const Rule& deny = policy.rules[overruled.deny.index()];
    const std::string more = overruled.more == 0 ? ""
                             : overruled.more == 1
                                 ? " and one more deny"
                                 : fmt::format(" and {} more denies", overruled.more);
    const std::string_view verb = !overruled.witness    ? "may now deny"
                                  : overruled.more == 0 ? "now denies"
                                                        : "now deny";
    const std::string_view did = allow.effect == Effect::kAllow ? "allow" : "ask approval for";
    auto& diagnostic =
        diagnostics
            .Report(source::Code::kPriorityNoLongerWins, allow.head_span,
                    fmt::format("`{}`{} {} calls that `{}` used to {}", deny.id, more, verb,
                                allow.id, did))
            .Mark(fmt::format("priority {} used to win", allow.priority))
            .Also(deny.head_span, fmt::format("over priority {}; now a deny always wins",
                                              *deny.imported_deny_priority));
    if (overruled.witness) {
      diagnostic.Example(DescribeCall(policy, *overruled.witness, examiner.home_directory()) +
                         " -> deny");
    }
    diagnostic.Help(
        "where the calls should go through, take them out of the deny with `except`; where they "
        "should not, out of this rule");
  }
}

}  // namespace mcplexer::analysis
