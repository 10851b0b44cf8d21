// SPDX-License-Identifier: Apache-2.0
// Decide is split where the cost is. What depends on the name alone (who owns it, which rules
// match, in which order) is worked out once and kept as a leaf; what depends on the arguments is
// asked of the leaf's conditions each time. Most rules have no condition, and then the second look
// at a name is one look-up.

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/decide/explain.h"
#include "runtime/decide/session_state.h"

namespace mcplexer::decide {
namespace {

Verdict VerdictOf(plan::Effect effect) {
  switch (effect) {
    case plan::Effect::kAllow:
      return Verdict::kAllow;
    case plan::Effect::kApprove:
      return Verdict::kApprove;
    default:
      return Verdict::kDeny;
  }
}

}  // namespace

void SessionState::Grant(uint32_t rule, Decision* decision) const {
  const plan::OutcomeRecord& record = tables.outcome(tables.rules[rule]);
  decision->verdict = VerdictOf(record.effect);
  decision->reason = Reason::kRule;
  decision->rule = RuleId(rule);
  decision->scope = ScopeId(record.scope);
}

void SessionState::Deny(uint32_t rule, Reason reason, Decision* decision) {
  decision->verdict = Verdict::kDeny;
  decision->reason = reason;
  decision->rule = RuleId(rule);
  decision->scope = ScopeId();
}

// ranking -> what of it is needed to decide, at any arguments.
void SessionState::ResolveRules(Leaf* leaf) {
  const bool default_allow = tables.workspaces[home].default_allow != 0;
  leaf->decision.verdict = default_allow ? Verdict::kAllow : Verdict::kDeny;
  leaf->decision.reason = Reason::kDefault;
  const auto is_conditional = [&](const Candidate& c) {
    return tables.guard(tables.rules[c.rule]).when != plan::kNone;
  };
  if (!ranking.denies.empty() && !is_conditional(ranking.denies.front())) {
    Deny(ranking.denies.front().rule, Reason::kRule, &leaf->decision);
    return;
  }
  leaf->could_allow = default_allow || !ranking.grants.empty();
  rules.clear();
  for (const Candidate& c : ranking.denies) rules.push_back(c.rule);
  for (const Candidate& c : ranking.grants) {
    rules.push_back(c.rule);
    if (!is_conditional(c)) break;  // nothing behind it is ever asked
  }
  const auto all = std::span<const uint32_t>(rules);
  leaf->denies = all.first(ranking.denies.size());
  leaf->grants = all.subspan(ranking.denies.size());
  if (rules.empty()) return;
  // A guard is there for a condition or a requirement.
  if (ranking.denies.empty() && tables.rules[rules.front()].guard == plan::kNone) {
    Grant(rules.front(), &leaf->decision);
    leaf->denies = leaf->grants = {};
    return;
  }
  leaf->conditional = true;
}

void SessionState::Resolve(const Call& call, const Target& target, Leaf* leaf) {
  *leaf = {};
  leaf->decision.workspace = WorkspaceId(home);
  leaf->decision.server = target.server;
  leaf->tool_offset = target.tool_offset;
  if (home == plan::kNone) {
    leaf->decision.reason = Reason::kNoWorkspace;
  } else if (!target.server.valid()) {
    leaf->decision.reason = Reason::kUnknownNamespace;
  } else if (!target.valid_name) {
    leaf->decision.reason = Reason::kUnknownName;
  } else {
    matcher.Match(target.automata, call.name.substr(target.tool_offset), call.kind, &candidates);
    Rank(candidates, tables, &ranking);
    ResolveRules(leaf);
  }
}

const Leaf& SessionState::LeafOf(const Call& call) {
  const uint64_t hash = LeafCache::Hash(call);
  if (const Leaf* leaf = cache.Find(call, hash)) return *leaf;
  const Target target = FindTarget(call, shared);
  Resolve(call, target, &uncached);
  // Names that cannot exist are not worth a place.
  if (target.server.valid() && target.valid_name) cache.Insert(call, hash, uncached);
  return uncached;
}

Decision SessionState::Ask(const Leaf& leaf, std::string_view arguments) {
  Decision decision = leaf.decision;
  evaluator.SetCall(leaf.decision.server, arguments);
  for (const uint32_t rule : leaf.denies) {
    const Tri when = evaluator.Evaluate(tables.guard(tables.rules[rule]).when);
    if (when == Tri::kFalse) continue;
    Deny(rule, Reason::kRule, &decision);
    decision.unevaluated = when == Tri::kUnknown;
    return decision;
  }
  for (const uint32_t rule : leaf.grants) {
    const plan::GuardRecord& record = tables.guard(tables.rules[rule]);
    const Tri when = record.when == plan::kNone ? Tri::kTrue : evaluator.Evaluate(record.when);
    if (when == Tri::kUnknown) decision.unevaluated = true;
    if (when != Tri::kTrue) continue;
    const Tri required =
        record.require == plan::kNone ? Tri::kTrue : evaluator.Evaluate(record.require);
    if (required == Tri::kUnknown) decision.unevaluated = true;
    if (required == Tri::kTrue) {
      Grant(rule, &decision);
    } else {
      Deny(rule, Reason::kRequirementFailed, &decision);
    }
    return decision;
  }
  return decision;
}

Session::Session(std::shared_ptr<const Engine> engine, std::string directory, PrincipalId principal,
                 std::string client, std::string model) {
  MCPLEXER_CHECK(principal.index() < engine->plan().principals().size());
  const EngineTables& tables = *engine->impl_;
  std::unique_ptr<SessionState> state = tables.idle.Take();
  if (!state) state = std::make_unique<SessionState>(tables);
  state->Begin(std::move(engine), std::move(directory), principal, std::move(client),
               std::move(model));
  state_.reset(state.release());
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

void Session::Recycle::operator()(SessionState* state) const {
  // The pool is the engine's, and this may be the last session of it.
  const std::shared_ptr<const Engine> engine = std::move(state->engine);
  std::unique_ptr<SessionState> owned(state);
  IdleSessions& idle = owned->shared.idle;
  if (owned->End()) idle.Give(std::move(owned));
}

Decision Session::Decide(const Call& call) {
  const Leaf& leaf = state_->LeafOf(call);
  Decision decision = leaf.conditional ? state_->Ask(leaf, call.arguments) : leaf.decision;
  decision.tool = call.name.substr(leaf.tool_offset);
  return decision;
}

Decision Session::Explain(const Call& call, std::vector<Considered>* considered) {
  considered->clear();
  // Worked out anew rather than taken from the cache: that keeps only what can decide.
  SessionState& state = *state_;
  state.ranking = {};
  Leaf leaf;
  state.Resolve(call, FindTarget(call, state.shared), &leaf);
  Decision decision = leaf.conditional ? state.Ask(leaf, call.arguments) : leaf.decision;
  decision.tool = call.name.substr(leaf.tool_offset);
  state.evaluator.SetCall(decision.server, call.arguments);
  ExplainRanking(state.ranking, decision, state.tables, state.evaluator, considered);
  return decision;
}

bool Session::CouldAllow(const Call& call) { return state_->LeafOf(call).could_allow; }

WorkspaceId Session::workspace() const { return WorkspaceId(state_->home); }

std::string_view Session::subpath() const {
  if (state_->home == plan::kNone) return {};
  std::string_view subpath = state_->normal;
  subpath.remove_prefix(state_->shared.roots.of(state_->home).size());
  if (!subpath.empty()) subpath.remove_prefix(1);
  return subpath;
}

const std::string& Session::directory() const { return state_->directory; }
PrincipalId Session::principal() const { return state_->principal; }

}  // namespace mcplexer::decide
