// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/lint.h"

#include <algorithm>

#include "compiler/analysis/argument_check.h"
#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/confusable_text.h"
#include "compiler/analysis/dead_pattern.h"
#include "compiler/analysis/risky_reach.h"
#include "compiler/analysis/tool_names.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {

using source::Code;

const std::vector<Reach>& LintContext::reach() const {
  if (!reach_) reach_ = ComputeReachability(search);
  return *reach_;
}

const KnownTools& LintContext::tools() const {
  static const inventory::Inventory kNothing;
  if (!tools_) tools_.emplace(space(), inventory != nullptr ? *inventory : kNothing);
  return *tools_;
}

const std::vector<LintCheck>& LintChecks() {
  static const std::vector<LintCheck> checks = {
      {{{Code::kConfusableText}}, CheckConfusableText},
      {{{Code::kUnusedName}}, CheckUnusedNames},
      {{{Code::kUnmatchedRule}}, CheckUnmatchedRules},
      {{{Code::kShadowedRule}, {Code::kPriorityInversion}}, CheckShadowedRules},
      {{{Code::kRedundantRule}, {Code::kDuplicateRule}}, CheckRedundantRules},
      {{{Code::kMostlyShadowed}}, CheckMostlyShadowed},
      {{{Code::kVacuousPolicy}}, CheckVacuousPolicy},
      {{{Code::kCorrelatedRules, LintDefault::kOff}, {Code::kGeneralisation, LintDefault::kOff}},
       CheckRelatedRules},
      {{{Code::kSwallowedAllow}}, CheckSwallowedAllows},
      {{{Code::kInheritedAllow, LintDefault::kOff}}, CheckInheritedAllows},
      {{{Code::kImpossibleArgument}, {Code::kOptionalInDeny}}, CheckArguments},
      {{{Code::kDefaultDecides, LintDefault::kOff}}, CheckDefaults},
      {{{Code::kDeadPattern}}, CheckDeadPatterns},
      {{{Code::kWideningPattern}}, CheckWideningPatterns},
      {{{Code::kSwallowedPattern}}, CheckSwallowedPatterns},
      {{{Code::kSuspiciousGlob}}, CheckDoubleStars},
      {{{Code::kSuspiciousGlob}, {Code::kMisreadPath}}, CheckPathHoles},
      {{{Code::kSuspiciousGlob}, {Code::kMisreadPath}}, CheckShortAllows},
      {{{Code::kSuspiciousGlob}, {Code::kMisreadPath}}, CheckShortClaims},
      {{{Code::kSuspiciousGlob}}, CheckShortUris},
      {{{Code::kMisreadPath}}, CheckMisreadPaths},
      {{{Code::kCaseTwin}}, CheckCaseTwins},
      {{{Code::kLongToolName}}, CheckLongNames},
      {{{Code::kDestructiveReach}, {Code::kBroadCredentials}}, CheckDestructiveReach},
      {{{Code::kBroadCredentials}}, CheckBroadCredentials},
      {{{Code::kFailOpen}}, CheckMissingArguments},
      {{{Code::kApprovalBypass}}, CheckApprovalBypass},
      {{{Code::kSelfApproval}}, CheckSelfApproval},
      {{{Code::kApprovalTimeout}}, CheckApprovalTimeouts},
      {{{Code::kWideScope, LintDefault::kOff}}, CheckWideScopes},
      {{{Code::kUnredactedArgument}}, CheckUnredactedArguments},
      {{{Code::kCostlyPatterns}, {Code::kCatastrophicPattern}}, CheckCostlyPatterns},
      {{{Code::kCostlyDecision}}, CheckCostlyDecisions},
      {{{Code::kDeepArgument}}, CheckDeepArguments},
      {{{Code::kRuleStyle, LintDefault::kOff}}, CheckRuleStyle},
  };
  return checks;
}

std::set<Code> ActiveLintCodes(const std::set<Code>& enabled) {
  std::set<Code> active;
  for (const LintCheck& check : LintChecks()) {
    for (const LintCode& code : check.codes) {
      if (code.initially == LintDefault::kOn || enabled.contains(code.code)) {
        active.insert(code.code);
      }
    }
  }
  return active;
}

void RunLintChecks(const LintContext& context, const std::set<Code>& active,
                   source::Diagnostics& diagnostics) {
  for (const LintCheck& check : LintChecks()) {
    const auto is_active = [&](const LintCode& code) { return active.contains(code.code); };
    if (std::none_of(check.codes.begin(), check.codes.end(), is_active)) continue;
    source::Diagnostics found;
    check.run(context, found);
    for (source::Diagnostic& diagnostic : found.all()) {
      const Code code = diagnostic.code;
      MCPLEXER_CHECK(std::any_of(check.codes.begin(), check.codes.end(),
                                 [&](const LintCode& listed) { return listed.code == code; }));
      MCPLEXER_CHECK(source::Info(code).severity != source::Severity::kError);
      if (!active.contains(code)) continue;
      Attribute(context.policy(), context.sources, diagnostic);
      diagnostics.Add(std::move(diagnostic));
    }
  }
}

}  // namespace mcplexer::analysis
