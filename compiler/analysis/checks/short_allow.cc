// SPDX-License-Identifier: Apache-2.0
// W0504 for `allow .. in "src/*"`, W0505 for `in "src"`: where a deny of the same workspace speaks
// of directories below, of no other calls than the rule does, and nothing else allows any of these.
// A deny that is no exception to anything may be a fence for tomorrow; one that is an exception to
// just what the rule would be with `**` shows what its author takes the rule for.
//
// That an allow ends at a directory is no finding without such a deny: it may be meant, and a call
// that is denied is noticed.
#include "compiler/analysis/checks/short_allow.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/checks/misread_path.h"
#include "compiler/analysis/checks/path_end.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/automata/witness.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;
using reference::Outcome;

class ShortAllows {
 public:
  explicit ShortAllows(const CallSearch& search) : search_(search), rules_(search.policy().rules) {}

  std::vector<ShortAllow> Run() {
    for (size_t r = 0; r < rules_.size(); ++r) {
      if (rules_[r].effect == Effect::kDeny || search_.space().box(RuleId(r)).empty) continue;
      for (size_t p = 0; p < rules_[r].paths.size(); ++p) {
        if (!StopsAtDirectory(rules_[r].paths[p].text)) continue;
        if (auto found = Find(RuleId(r), p)) found_.push_back(*std::move(found));
      }
    }
    return std::move(found_);
  }

 private:
  const Rule& Get(RuleId id) const { return rules_[id.index()]; }
  const automata::Dfa& Paths(RuleId id) const {
    return search_.space().paths(Get(id).workspace).language(search_.space().box(id).paths);
  }

  std::optional<ShortAllow> Find(RuleId id, size_t path) const {
    const std::string whole = WithAllBelow(Get(id).paths[path].text);
    const auto below = LanguageOf({false, whole, {}}, Subject::kPath);
    if (!below) return std::nullopt;
    for (size_t s = 0; s < rules_.size(); ++s) {
      const RuleId deny(s);
      if (!IsExceptionTo(id, *below, deny) || IsNeeded(deny)) continue;
      const Answer answer = Denied(id, deny);
      if (answer.kind != Answer::Kind::kFound || !Confirm(id, path, deny, answer.call)) continue;
      return ShortAllow{id, &Get(id).paths[path], deny, answer.call};
    }
    return std::nullopt;
  }

  // Whether all that the deny matches is `below` the rule's path, and would be matched if the rule
  // were; and nothing of it is.
  bool IsExceptionTo(RuleId id, const automata::Dfa& below, RuleId deny) const {
    if (Get(deny).effect != Effect::kDeny || Get(deny).workspace != Get(id).workspace) return false;
    const Space& space = search_.space();
    const Box& inner = space.box(deny);
    const Box& outer = space.box(id);
    if (inner.empty || !space.NamesSubset(inner.names, outer.names) ||
        !space.PrincipalsSubset(inner.principals, outer.principals)) {
      return false;
    }
    const auto inside = automata::IsSubset(Paths(deny), below);
    if (!inside || !*inside) return false;
    const auto both = automata::Intersection(Paths(deny), Paths(id));
    return both && both->IsEmpty();
  }

  // Whether without the deny some call that it is there for might be let through.
  bool IsNeeded(RuleId deny) const {
    Query query;
    query.absent = [deny](RuleId other) { return other == deny; };
    for (size_t t = 0; t < rules_.size(); ++t) {
      const RuleId way(t);
      if (Get(way).effect == Effect::kDeny || !MayMeet(search_.space(), deny, way)) continue;
      query.matching = {deny, way};
      query.goals = Goals({Get(deny).when, Get(way).when, Get(way).require});
      query.spoils = [&](RuleId other) { return search_.Precedes(other, way); };
      if (search_.Find(query).kind != Answer::Kind::kNone) return true;
    }
    query.matching = {deny};
    query.goals = Goals({Get(deny).when});
    query.spoils = [](RuleId) { return true; };
    const auto& workspaces = search_.policy().workspaces;
    for (size_t w = 0; w < workspaces.size(); ++w) {
      if (workspaces[w].default_allow) query.homes.emplace_back(w);
    }
    return !query.homes.empty() && search_.Find(query).kind != Answer::Kind::kNone;
  }

  // A call that this deny alone denies and whose arguments would do for the rule.
  Answer Denied(RuleId id, RuleId deny) const {
    Query query;
    query.matching = {deny};
    query.goals = Goals({Get(deny).when, Get(id).when, Get(id).require});
    query.spoils = [&](RuleId other) {
      return other != deny && Get(other).effect == Effect::kDeny;
    };
    return search_.Find(query);
  }

  static std::vector<Goal> Goals(std::initializer_list<ConditionId> conditions) {
    std::vector<Goal> goals;
    for (const ConditionId condition : conditions) {
      if (condition.valid()) goals.push_back({condition, Wanted::kTrue});
    }
    return goals;
  }

  bool Confirm(RuleId id, size_t path, RuleId deny, const reference::Call& call) const {
    const Outcome is = search_.interpreter().Decide(call);
    if (is.rules != std::vector{deny}) return false;
    model::Policy policy = search_.policy();
    Rule& rule = policy.rules[id.index()];
    rule.paths[path].text = WithAllBelow(rule.paths[path].text);
    policy.rules.erase(policy.rules.begin() + static_cast<ptrdiff_t>(deny.index()));
    const RuleId moved(deny < id ? id.index() - 1 : id.index());
    const std::string& home = search_.territory().home_directory();
    const Outcome would_be = reference::Interpreter(policy, home).Decide(call);
    return would_be.verdict != Outcome::Verdict::kDeny &&
           std::ranges::count(would_be.rules, moved) == 1;
  }

  const CallSearch& search_;
  const std::vector<Rule>& rules_;
  std::vector<ShortAllow> found_;
};

}  // namespace

std::vector<ShortAllow> FindShortAllows(const CallSearch& search) {
  return ShortAllows(search).Run();
}

void CheckShortAllows(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (const ShortAllow& found : FindShortAllows(context.search)) {
    if (IsStandardLibrary(context.sources, found.path->span.file)) continue;
    if (LooksLikeFiles(found.path->text)) continue;  // said already, and better
    const Rule& rule = policy.rules[found.rule.index()];
    const Rule& deny = policy.rules[found.exception.index()];
    const std::string& path = found.path->text;
    auto& diagnostic =
        ReportRule(diagnostics, CodeOfEnd(path), rule, found.path->span,
                   fmt::format("`{}` {} in `{}` only, and `{}` is an exception to it further down",
                               rule.id, rule.effect == Effect::kAllow ? "allows" : "asks",
                               source::Printable(path), deny.id))
            .Mark(std::string(EndText(path)))
            .Also(deny.head_span, "denies what nothing allows")
            .Example(DescribeDecision(context.search, found.call) + ", and without that by default")
            .Help(fmt::format("write `{}` for all directories below as well",
                              source::Printable(WithAllBelow(path))));
    OfferAllBelow(context.sources, *found.path, diagnostic);
  }
}

}  // namespace mcplexer::analysis
