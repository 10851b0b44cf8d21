// SPDX-License-Identifier: Apache-2.0
// W0704: a condition on an argument deeper than arguments may be. The gateway refuses such calls
// altogether, so the condition can never be evaluated: a deny on it denies everything, an allow
// nothing.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "runtime/json/document.h"

namespace mcplexer::analysis {

void CheckDeepArguments(const LintContext& context, source::Diagnostics& diagnostics) {
  // The arguments themselves are the first level, and what is inside of the last need be no level.
  const size_t most = mcplexer::json::Limits().depth;
  const model::Policy& policy = context.policy();
  for (const model::Rule& rule : policy.rules) {
    for (const ConditionId id : {rule.when, rule.require}) {
      if (!id.valid()) continue;
      for (const syntax::ExprNode& node : policy.conditions[id.index()].expr.nodes) {
        for (const syntax::Operand* operand : {&node.lhs, &node.rhs}) {
          if (operand->path.size() <= most) continue;
          ReportRule(diagnostics, source::Code::kDeepArgument, rule, operand->span,
                     fmt::format("this argument is {} levels deep, and arguments have at most {}",
                                 operand->path.size(), most))
              .Mark("can never be evaluated")
              .Help(rule.effect == model::Effect::kDeny && id == rule.when
                        ? "the deny denies every call that it matches"
                        : "the condition is never true");
          break;
        }
      }
    }
  }
}

}  // namespace mcplexer::analysis
