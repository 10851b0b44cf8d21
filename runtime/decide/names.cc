// SPDX-License-Identifier: Apache-2.0
// The words for decisions that logs, tools and tests share.

#include "runtime/decide/decide.h"

namespace mcplexer::decide {

std::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllow:
      return "allow";
    case Verdict::kApprove:
      return "approve";
    case Verdict::kDeny:
      break;
  }
  return "deny";
}

std::string_view ToString(Reason reason) {
  switch (reason) {
    case Reason::kRule:
      return "rule";
    case Reason::kDefault:
      return "default";
    case Reason::kNoWorkspace:
      return "no_workspace";
    case Reason::kRequirementFailed:
      return "requirement_failed";
    case Reason::kUnknownNamespace:
      return "unknown_namespace";
    case Reason::kUnknownName:
      return "unknown_name";
    case Reason::kDrift:
      break;
  }
  return "drift";
}

std::string_view ToString(RuleOutcome outcome) {
  switch (outcome) {
    case RuleOutcome::kDecided:
      return "decided";
    case RuleOutcome::kConditionFalse:
      return "condition_false";
    case RuleOutcome::kConditionUnknown:
      return "condition_unknown";
    case RuleOutcome::kOutranked:
      return "outranked";
    case RuleOutcome::kNarrowerRuleMatches:
      return "narrower_rule_matches";
    case RuleOutcome::kRequirementFailed:
      break;
  }
  return "requirement_failed";
}

}  // namespace mcplexer::decide
