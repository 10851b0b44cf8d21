// SPDX-License-Identifier: Apache-2.0
// W0306: a policy that makes no difference: of the calls to its servers it allows every one, or
// none. Neither is what anybody writes a policy for, and both come of a slip: a `default = allow`
// that was meant for a day, a requirement that no call can meet.
//
// Both are proofs over all calls. A policy without servers or workspaces is part of another one,
// and where nothing is allowed because an allow is in vain, that is said of the allow (W0301,
// W0302).
#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/automata/universe.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;

class Vacuity {
 public:
  explicit Vacuity(const LintContext& context) : context_(context), policy_(context.policy()) {
    const auto& fields = context.space().name_fields();
    for (FieldId f = 0; f < fields.size(); ++f) {
      everything_.names.emplace_back(f, fields[f].kind == model::CallKind::kResource
                                            ? automata::UriUniverse()
                                            : automata::NameUniverse());
    }
    for (size_t p = 0; p < policy_.principals.size(); ++p) everything_.principals.emplace_back(p);
  }

  bool HasRuleInVain() const {
    return !NoneOfRules([&](RuleId id, const Rule& rule) {
      return rule.effect != Effect::kDeny && !MayDecide(id);
    });
  }

  // Proven; what is not certain is taken to make a difference.
  bool AllowsNothing() const {
    return NoneOfRules([&](RuleId id, const Rule& rule) {
             return rule.effect != Effect::kDeny && MayDecide(id) && MayBe(id, Wanted::kTrue);
           }) &&
           NoDefault(/*allows=*/true);
  }
  bool AllowsEverything() const {
    return NoneOfRules([&](RuleId id, const Rule& rule) {
             const bool matches = context_.reach()[id.index()].kind != Reach::Kind::kUnmatched;
             if (rule.effect == Effect::kDeny) return matches;
             if (!MayDecide(id)) return false;
             return rule.effect == Effect::kApprove ||
                    (rule.require.valid() && MayBe(id, Wanted::kNotTrue));
           }) &&
           NoDefault(/*allows=*/false);
  }

  std::optional<reference::Call> AnyCall() const {
    Query query;
    query.area = &everything_;
    const Answer answer = context_.search.Find(query);
    if (answer.kind != Answer::Kind::kFound) return std::nullopt;
    return answer.call;
  }

 private:
  bool NoneOfRules(const std::function<bool(RuleId, const Rule&)>& matters) const {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      if (matters(RuleId(r), policy_.rules[r])) return false;
    }
    return true;
  }

  bool MayDecide(RuleId id) const {
    const Reach::Kind kind = context_.reach()[id.index()].kind;
    return kind == Reach::Kind::kDecides || kind == Reach::Kind::kUnneeded;
  }

  // Whether a call that the rule decides may have its requirement so.
  bool MayBe(RuleId id, Wanted requirement) const {
    const Rule& rule = policy_.rules[id.index()];
    Query query;
    query.matching = {id};
    if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
    if (rule.require.valid()) query.goals.push_back({rule.require, requirement});
    query.spoils = [&](RuleId other) { return context_.search.Precedes(other, id); };
    return context_.search.Find(query).kind != Answer::Kind::kNone;
  }

  // Whether no call comes to a default that allows, or none to one that denies.
  bool NoDefault(bool allows) const {
    Query query;
    query.area = &everything_;
    query.spoils = [](RuleId) { return true; };
    for (size_t w = 0; w < policy_.workspaces.size(); ++w) {
      if (policy_.workspaces[w].default_allow == allows) query.homes.emplace_back(w);
    }
    return query.homes.empty() || context_.search.Find(query).kind == Answer::Kind::kNone;
  }

  const LintContext& context_;
  const model::Policy& policy_;
  Area everything_;
};

}  // namespace

void CheckVacuousPolicy(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  if (policy.workspaces.empty() || policy.servers.empty()) return;
  const Vacuity vacuity(context);
  const bool nothing = vacuity.AllowsNothing();
  if (nothing ? vacuity.HasRuleInVain() : !vacuity.AllowsEverything()) return;
  auto& diagnostic = diagnostics.Report(
      source::Code::kVacuousPolicy, policy.workspaces.front().span,
      nothing ? "nothing is ever allowed: every call to every server is denied"
              : "nothing is ever denied: every call to every server is allowed, unasked");
  if (const auto call = vacuity.AnyCall()) {
    diagnostic.Example(DescribeDecision(context.search, *call));
  }
  diagnostic.Help(nothing ? "say with `allow` and `approve` what may be called"
                          : "leave `default = allow` out and say what may be called, or say with "
                            "`deny` and `approve` what may not");
}

}  // namespace mcplexer::analysis
