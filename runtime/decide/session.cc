// SPDX-License-Identifier: Apache-2.0
// Decide is split where the cost is. What depends on the name alone (who owns it, which rules
// match, in which order) is worked out once and kept as a leaf; what depends on the arguments is
// asked of the leaf's conditions each time. Most rules have no condition, and then the second look
// at a name is one look-up.

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/decide/evaluator.h"
#include "runtime/decide/explain.h"
#include "runtime/decide/leaf_cache.h"
#include "runtime/decide/matcher.h"
#include "runtime/decide/paths.h"
#include "runtime/decide/ranking.h"
#include "runtime/decide/target.h"

namespace mcplexer::decide {
namespace {

// Outside of all workspaces when the directory is not an absolute path.
std::string NormalDirectory(const std::string& directory, bool* valid) {
  std::string normal;
  *valid = directory.starts_with('/') && NormalizePath("", directory, normal);
  return normal;
}

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

struct Session::Impl {
  Impl(std::shared_ptr<const Engine> engine_in, const EngineTables& tables_in,
       std::string directory_in, PrincipalId principal_in, std::string client, std::string model)
      : engine(std::move(engine_in)),
        shared(tables_in),
        tables(tables_in.tables),
        directory(std::move(directory_in)),
        principal(principal_in),
        normal(NormalDirectory(directory, &is_path)),
        home(is_path ? shared.roots.Find(normal, tables) : plan::kNone),
        matcher(shared, normal, home, principal.value),
        evaluator(shared, {home, normal, principal.value, std::move(client), std::move(model)}) {
    candidates.reserve(std::min<size_t>(tables.meta[0].max_candidates, tables.rules.size()));
  }

  const Leaf& LeafOf(const Call& call);
  void Resolve(const Call& call, const Target& target, Leaf* leaf);
  void ResolveRules(Leaf* leaf);
  // The rule has won: its effect, scope and place.
  void Grant(uint32_t rule, Decision* decision) const;
  void Deny(uint32_t rule, Reason reason, Decision* decision) const;
  Decision Ask(const Leaf& leaf, std::string_view arguments);

  std::shared_ptr<const Engine> engine;
  const EngineTables& shared;
  const plan::Tables& tables;
  std::string directory;
  PrincipalId principal;
  bool is_path = false;
  std::string normal;
  uint32_t home;
  Matcher matcher;
  Evaluator evaluator;
  LeafCache cache;

  // Scratch, valid until the next leaf is worked out.
  std::vector<Candidate> candidates;
  Ranking ranking;
  std::vector<uint32_t> rules;
  Leaf uncached;
};

void Session::Impl::Grant(uint32_t rule, Decision* decision) const {
  const plan::RuleRecord& record = tables.rules[rule];
  decision->verdict = VerdictOf(record.effect);
  decision->reason = Reason::kRule;
  decision->rule = RuleId(rule);
  decision->scope = ScopeId(record.scope);
}

void Session::Impl::Deny(uint32_t rule, Reason reason, Decision* decision) const {
  decision->verdict = Verdict::kDeny;
  decision->reason = reason;
  decision->rule = RuleId(rule);
  decision->scope = ScopeId();
}

// ranking -> what of it is needed to decide, at any arguments.
void Session::Impl::ResolveRules(Leaf* leaf) {
  const bool default_allow = tables.workspaces[home].default_allow != 0;
  leaf->decision.verdict = default_allow ? Verdict::kAllow : Verdict::kDeny;
  leaf->decision.reason = Reason::kDefault;
  const auto is_conditional = [&](const Candidate& c) {
    return tables.rules[c.rule].when != plan::kNone;
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
  const plan::RuleRecord& first = tables.rules[rules.front()];
  if (ranking.denies.empty() && first.when == plan::kNone && first.require == plan::kNone) {
    Grant(rules.front(), &leaf->decision);
    leaf->denies = leaf->grants = {};
    return;
  }
  leaf->conditional = true;
}

void Session::Impl::Resolve(const Call& call, const Target& target, Leaf* leaf) {
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

const Leaf& Session::Impl::LeafOf(const Call& call) {
  if (const Leaf* leaf = cache.Find(call)) return *leaf;
  const Target target = FindTarget(call, tables);
  Resolve(call, target, &uncached);
  // Names that cannot exist are not worth a place.
  if (target.server.valid() && target.valid_name) cache.Insert(call, uncached);
  return uncached;
}

Decision Session::Impl::Ask(const Leaf& leaf, std::string_view arguments) {
  Decision decision = leaf.decision;
  evaluator.SetCall(leaf.decision.server, arguments);
  for (const uint32_t rule : leaf.denies) {
    const Tri when = evaluator.Evaluate(tables.rules[rule].when);
    if (when == Tri::kFalse) continue;
    Deny(rule, Reason::kRule, &decision);
    decision.unevaluated = when == Tri::kUnknown;
    return decision;
  }
  for (const uint32_t rule : leaf.grants) {
    const plan::RuleRecord& record = tables.rules[rule];
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
  impl_ = std::make_unique<Impl>(std::move(engine), tables, std::move(directory), principal,
                                 std::move(client), std::move(model));
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Decision Session::Decide(const Call& call) {
  const Leaf& leaf = impl_->LeafOf(call);
  Decision decision = leaf.conditional ? impl_->Ask(leaf, call.arguments) : leaf.decision;
  decision.tool = call.name.substr(leaf.tool_offset);
  return decision;
}

Decision Session::Explain(const Call& call, std::vector<Considered>* considered) {
  considered->clear();
  // Worked out anew rather than taken from the cache: that keeps only what can decide.
  Impl& impl = *impl_;
  impl.ranking = {};
  Leaf leaf;
  impl.Resolve(call, FindTarget(call, impl.tables), &leaf);
  Decision decision = leaf.conditional ? impl.Ask(leaf, call.arguments) : leaf.decision;
  decision.tool = call.name.substr(leaf.tool_offset);
  impl.evaluator.SetCall(decision.server, call.arguments);
  ExplainRanking(impl.ranking, decision, impl.tables, impl.evaluator, considered);
  return decision;
}

bool Session::CouldAllow(const Call& call) { return impl_->LeafOf(call).could_allow; }

WorkspaceId Session::workspace() const { return WorkspaceId(impl_->home); }

std::string_view Session::subpath() const {
  if (impl_->home == plan::kNone) return {};
  std::string_view subpath = impl_->normal;
  subpath.remove_prefix(impl_->shared.roots.of(impl_->home).size());
  if (!subpath.empty()) subpath.remove_prefix(1);
  return subpath;
}

const std::string& Session::directory() const { return impl_->directory; }
PrincipalId Session::principal() const { return impl_->principal; }

}  // namespace mcplexer::decide
