// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/difference_kinds.h"

#include <tuple>

#include "compiler/analysis/definitions.h"

namespace mcplexer::analysis {

using Kind = Difference::Kind;

Terms TermsOf(const model::Policy& policy, RuleId id) {
  Terms terms;
  if (!id.valid()) return terms;
  const model::Rule& rule = policy.rules[id.index()];
  terms.credentials = CredentialsOf(policy, rule.scope);
  if (rule.effect != model::Effect::kApprove) return terms;
  terms.approve = true;
  terms.timeout_ms = rule.approval.timeout_ms;
  terms.quorum = rule.approval.quorum;
  for (GroupId group : rule.approval.approvers)
    terms.approvers.insert(policy.groups[group.index()]);
  return terms;
}

std::vector<Kind> KindsOf(const Decided& was, const Decided& is, bool redefined) {
  using Verdict = reference::Outcome::Verdict;
  const bool passed = was.outcome->verdict != Verdict::kDeny;
  const bool passes = is.outcome->verdict != Verdict::kDeny;
  if (!passed && !passes) return {};
  if (!passed) return {Kind::kNewlyAllowed};
  if (!passes) return {Kind::kNewlyDenied};
  const auto terms_of = [](const Decided& decided) {
    const auto& rules = decided.outcome->rules;
    return TermsOf(*decided.policy, rules.empty() ? RuleId() : rules.front());
  };
  const Terms old_terms = terms_of(was);
  const Terms new_terms = terms_of(is);
  std::vector<Kind> kinds;
  if (old_terms.approve != new_terms.approve) {
    kinds.push_back(old_terms.approve ? Kind::kApprovalRemoved : Kind::kApprovalAdded);
  } else if (std::tie(old_terms.timeout_ms, old_terms.quorum, old_terms.approvers) !=
             std::tie(new_terms.timeout_ms, new_terms.quorum, new_terms.approvers)) {
    kinds.push_back(Kind::kApprovalChanged);
  }
  switch (CompareCredentials(old_terms.credentials, new_terms.credentials)) {
    case CredentialChange::kNone:
      break;
    case CredentialChange::kWidened:
      kinds.push_back(Kind::kCredentialsWidened);
      break;
    case CredentialChange::kNarrowed:
      kinds.push_back(Kind::kCredentialsNarrowed);
      break;
    case CredentialChange::kOther:
      kinds.push_back(Kind::kCredentialsChanged);
      break;
  }
  if (redefined) kinds.push_back(Kind::kRouteChanged);
  return kinds;
}

Comparison::Verdict Comparison::verdict() const {
  bool wider = false, narrower = false;
  for (const Difference& difference : differences) {
    switch (difference.kind) {
      case Kind::kNewlyAllowed:
      case Kind::kApprovalRemoved:
      case Kind::kCredentialsWidened:
        wider = true;
        break;
      case Kind::kNewlyDenied:
      case Kind::kApprovalAdded:
      case Kind::kCredentialsNarrowed:
        narrower = true;
        break;
      case Kind::kCredentialsChanged:
      case Kind::kRouteChanged:
      case Kind::kApprovalChanged:
        wider = narrower = true;
        break;
      case Kind::kDecider:
        break;
    }
  }
  for (const TrustChange& change : trust) {
    wider |= change.wider();
    narrower |= change.narrower();
  }
  if (wider && narrower) return Verdict::kIncomparable;
  if (wider) return Verdict::kWider;
  return narrower ? Verdict::kNarrower : Verdict::kEquivalent;
}

}  // namespace mcplexer::analysis
