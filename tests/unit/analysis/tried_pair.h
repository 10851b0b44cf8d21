// SPDX-License-Identifier: Apache-2.0
// What a comparison of two policies has to say, by what the reference interpreter says of each call
// on both: the table of `diff` in docs/cli.md, row by row.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_PAIR_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_PAIR_H_

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/difference.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {

// One of the two policies.
class TriedPolicy {
 public:
  explicit TriedPolicy(const std::string& text) {
    Analysed analysed = Analyse(text);
    ambiguous_ = !FindAmbiguities(*analysed.search).empty();
    lowered_ = std::move(analysed.lowered);
    interpreter_ = std::make_unique<reference::Interpreter>(policy(), "/home");
    for (size_t r = 0; r < policy().rules.size(); ++r) texts_.insert(TextOf(RuleId(r)));
  }

  bool ambiguous() const { return ambiguous_; }
  const model::Policy& policy() const { return lowered_->policy; }
  // A rule is known by its text and where it stands.
  const std::set<std::string>& texts() const { return texts_; }

  // Somebody whom the policy does not know is anonymous, and what is asked of a server that it does
  // not know is denied.
  reference::Outcome Decide(reference::Call call, const std::string& principal) const {
    if (call.server.valid() && call.server.index() >= policy().servers.size()) return {};
    call.principal = PrincipalId(0u);
    for (size_t p = 0; p < policy().principals.size(); ++p) {
      if (policy().principals[p].name == principal) call.principal = PrincipalId(p);
    }
    return interpreter_->Decide(call);
  }
  std::set<std::string> Injected(const reference::Outcome& outcome) const {
    std::set<std::string> keys;
    if (!outcome.scope.valid()) return keys;
    for (const auto& injection : policy().scopes[outcome.scope.index()].injections) {
      keys.insert(injection.key);
    }
    return keys;
  }
  std::set<std::string> Deciding(const reference::Outcome& outcome) const {
    std::set<std::string> texts;
    for (RuleId id : outcome.rules) texts.insert(TextOf(id));
    return texts;
  }
  const std::string& CommandOf(const reference::Outcome& outcome) const {
    return policy().servers[outcome.server.index()].command.front();
  }
  uint32_t TimeoutOf(const reference::Outcome& outcome) const {
    return policy().rules[outcome.rules.front().index()].approval.timeout_ms;
  }

 private:
  std::string TextOf(RuleId id) const {
    const model::Rule& rule = policy().rules[id.index()];
    const model::Workspace& workspace = policy().workspaces[rule.workspace.index()];
    return workspace.root.rest + ": " + std::string(lowered_->sources.text(rule.span));
  }

  bool ambiguous_ = false;
  std::unique_ptr<model::Lowered> lowered_;
  std::unique_ptr<reference::Interpreter> interpreter_;
  std::set<std::string> texts_;
};

// The kinds of difference of one call.
inline std::set<Difference::Kind> KindsByTrying(const TriedPolicy& before,
                                                const reference::Outcome& was,
                                                const TriedPolicy& after,
                                                const reference::Outcome& is) {
  using Kind = Difference::Kind;
  using reference::Outcome;
  const bool passed = was.verdict != Outcome::Verdict::kDeny;
  const bool passes = is.verdict != Outcome::Verdict::kDeny;
  std::set<Kind> kinds;
  if (passed != passes) kinds.insert(passes ? Kind::kNewlyAllowed : Kind::kNewlyDenied);
  if (passed && passes) {
    if (was.verdict != is.verdict) {
      kinds.insert(is.verdict == Outcome::Verdict::kAllow ? Kind::kApprovalRemoved
                                                          : Kind::kApprovalAdded);
    } else if (was.verdict == Outcome::Verdict::kApprove &&
               before.TimeoutOf(was) != after.TimeoutOf(is)) {
      kinds.insert(Kind::kApprovalChanged);
    }
    const std::set<std::string> got = before.Injected(was);
    const std::set<std::string> gets = after.Injected(is);
    if (got != gets) {
      kinds.insert(std::ranges::includes(gets, got)   ? Kind::kCredentialsWidened
                   : std::ranges::includes(got, gets) ? Kind::kCredentialsNarrowed
                                                      : Kind::kCredentialsChanged);
    }
    if (before.CommandOf(was) != after.CommandOf(is)) kinds.insert(Kind::kRouteChanged);
  }
  if (kinds.empty() && !(std::ranges::includes(after.texts(), before.Deciding(was)) &&
                         std::ranges::includes(before.texts(), after.Deciding(is)))) {
    kinds.insert(Kind::kDecider);
  }
  return kinds;
}

// What the kinds of all calls together come to.
inline Comparison::Verdict VerdictOf(const std::set<Difference::Kind>& kinds) {
  using Kind = Difference::Kind;
  using Verdict = Comparison::Verdict;
  const auto any = [&](std::initializer_list<Kind> of) {
    return std::ranges::any_of(of, [&](Kind kind) { return kinds.contains(kind); });
  };
  const bool neither =
      any({Kind::kCredentialsChanged, Kind::kRouteChanged, Kind::kApprovalChanged});
  const bool wider =
      neither || any({Kind::kNewlyAllowed, Kind::kApprovalRemoved, Kind::kCredentialsWidened});
  const bool narrower =
      neither || any({Kind::kNewlyDenied, Kind::kApprovalAdded, Kind::kCredentialsNarrowed});
  if (wider && narrower) return Verdict::kIncomparable;
  return wider ? Verdict::kWider : narrower ? Verdict::kNarrower : Verdict::kEquivalent;
}

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_TRIED_PAIR_H_
