// SPDX-License-Identifier: Apache-2.0
// S0602: a call that needs an approval in a directory, and needs none from one further out: the
// same name, arguments, principal, server and credentials. What can be done from the inner
// directory can be done from the outer one as well, so the approval protects only against those who
// start where it was expected. `in` is about where the client works, not about what a call is
// about.
//
// Other directories and principals are not compared: that two projects, or two people, are trusted
// differently is what workspaces and `for` are there to say.
//
// A pair of calls is looked for from either end: a call that the approve decides, and one further
// out that the allow decides, each with arguments that both accept; then the other call is built
// from it. Every finding is a pair that the reference interpreter confirms; that none is found
// proves nothing.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;
using reference::Outcome;

struct Pair {
  reference::Call asked;
  reference::Call unasked;
  Outcome unasked_outcome;
};

class Finder {
 public:
  explicit Finder(const CallSearch& search) : search_(search), policy_(search.policy()) {}

  std::optional<Pair> Find(RuleId asks) const {
    const Rule& rule = policy_.rules[asks.index()];
    const auto chain = policy_.Chain(rule.workspace);
    for (size_t a = 0; a < policy_.rules.size(); ++a) {
      const Rule& allow = policy_.rules[a];
      if (allow.effect != Effect::kAllow || allow.scope != rule.scope ||
          !MayMeet(search_.space(), asks, RuleId(a)) ||
          std::ranges::find(chain, allow.workspace) == chain.end()) {
        continue;
      }
      if (auto pair = FromInside(asks, RuleId(a))) return pair;
      if (auto pair = FromOutside(asks, RuleId(a))) return pair;
    }
    const bool by_default =
        !rule.scope.valid() && std::ranges::any_of(chain, [&](WorkspaceId around) {
          return policy_.workspaces[around.index()].default_allow;
        });
    return by_default ? FromInside(asks, RuleId()) : std::nullopt;
  }

 private:
  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  std::vector<Goal> GoalsOf(RuleId asks, RuleId allows) const {
    std::vector<Goal> goals;
    for (const RuleId id : {asks, allows}) {
      if (!id.valid()) continue;
      for (const ConditionId condition : {Get(id).when, Get(id).require}) {
        if (condition.valid()) goals.push_back({condition, Wanted::kTrue});
      }
    }
    return goals;
  }

  Answer Decided(RuleId by, const Area& area, const std::vector<Goal>& goals) const {
    Query query;
    query.matching = {by};
    query.area = &area;
    query.goals = goals;
    query.spoils = [this, by](RuleId other) { return search_.Precedes(other, by); };
    return search_.Find(query);
  }

  // `allows` is not valid where a default allows.
  std::optional<Pair> FromInside(RuleId asks, RuleId allows) const {
    const Area area = AreaOf(search_.space(), allows.valid() ? allows : asks);
    const Answer answer = Decided(asks, area, GoalsOf(asks, allows));
    if (answer.kind != Answer::Kind::kFound) return std::nullopt;
    return Outwards(asks, answer.call);
  }

  // The same call from each directory around. What is found out there is rare, so it is looked for
  // first: each decision of the interpreter looks at every rule.
  std::optional<Pair> Outwards(RuleId asks, const reference::Call& call) const {
    Pair pair{call, call, {}};
    std::string& directory = pair.unasked.directory;
    while (directory.size() > 1) {
      directory.resize(std::max<size_t>(directory.rfind('/'), 1));
      pair.unasked_outcome = search_.interpreter().Decide(pair.unasked);
      if (pair.unasked_outcome.verdict == Outcome::Verdict::kAllow &&
          pair.unasked_outcome.scope == Get(asks).scope) {
        return IsAsked(asks, call) ? std::optional(std::move(pair)) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  bool IsAsked(RuleId asks, const reference::Call& call) const {
    const Outcome outcome = search_.interpreter().Decide(call);
    return outcome.verdict == Outcome::Verdict::kApprove &&
           std::ranges::count(outcome.rules, asks) != 0;
  }

  std::optional<Pair> FromOutside(RuleId asks, RuleId allows) const {
    Area area = AreaOf(search_.space(), asks);
    const std::vector<Goal> goals = GoalsOf(asks, allows);
    const Answer outside = Decided(allows, area, goals);
    if (outside.kind != Answer::Kind::kFound) return std::nullopt;
    const std::string& directory = outside.call.directory;
    const auto below = search_.territory().DirectoriesOf({{Escaped(directory) + "/*/**", {}}});
    if (!below) return std::nullopt;
    area.directories = *below;
    area.principals = {outside.call.principal};
    const Answer inside = Decided(asks, area, goals);
    if (inside.kind != Answer::Kind::kFound) return std::nullopt;
    return Outwards(asks, inside.call);
  }

  static std::string Escaped(const std::string& directory) {
    std::string glob;
    for (const char c : directory == "/" ? std::string() : directory) {
      if (std::string_view("*?[]{},\\!").find(c) != std::string_view::npos) glob += '\\';
      glob += c;
    }
    return glob;
  }

  const CallSearch& search_;
  const model::Policy& policy_;
};

}  // namespace

void CheckApprovalBypass(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  const Finder finder(context.search);
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (rule.effect != Effect::kApprove || context.reach()[r].kind != Reach::Kind::kDecides)
      continue;
    const std::optional<Pair> pair = finder.Find(RuleId(r));
    if (!pair) continue;
    auto& diagnostic =
        ReportRule(
            diagnostics, source::Code::kApprovalBypass, rule, rule.head_span,
            fmt::format("the approval by `{}` is not needed from a directory further out", rule.id))
            .Mark("asked here");
    if (pair->unasked_outcome.rules.empty()) {
      diagnostic.Also(policy.workspaces[pair->unasked_outcome.workspace.index()].span,
                      "allows by default");
    } else {
      diagnostic.Also(policy.rules[pair->unasked_outcome.rules.front().index()].head_span,
                      "not asked there");
    }
    const auto describe = [&](const reference::Call& call) {
      return DescribeCall(policy, call, context.home_directory());
    };
    diagnostic.Example(describe(pair->asked) + " -> approve")
        .Example(describe(pair->unasked) + " -> allow")
        .Help(
            "`in` and roots say where the client works, not what a call touches: ask there as "
            "well, "
            "or tell the calls apart by their arguments");
  }
}

}  // namespace mcplexer::analysis
