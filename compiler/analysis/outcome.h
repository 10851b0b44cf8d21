// SPDX-License-Identifier: Apache-2.0
// What a rule does with a call that it decides. Rules that are level must agree in this.

#ifndef MCPLEXER_COMPILER_ANALYSIS_OUTCOME_H_
#define MCPLEXER_COMPILER_ANALYSIS_OUTCOME_H_

#include <string>
#include <vector>

#include "compiler/analysis/solver.h"
#include "compiler/model/policy.h"

namespace mcplexer::analysis {

// Effect, credentials, terms of approval and requirement. The server follows from the name and the
// log level changes nothing for the caller, so neither counts.
bool SameOutcome(const model::Policy& policy, const model::Rule& a, const model::Rule& b);

// What conditions have to come to for two rules, or a rule and a default (a null `b`, which allows
// without credentials or denies), to do different things with a call that both match; each list is
// one way. None: they never do.
std::vector<std::vector<Goal>> WaysToDiffer(const model::Policy& policy, const model::Rule& a,
                                            const model::Rule* b, bool default_allow);

// Whether two conditions are written alike, up to spaces and comments.
bool SameCondition(const syntax::Expr& a, const syntax::Expr& b);

// In what two rules with different outcomes differ, as the end of a sentence that begins "both
// match": "one allows, the other asks for approval", "and inject different credentials", ...
std::string DifferenceText(const model::Policy& policy, const model::Rule& a, const model::Rule& b);

// What the rule does, for the label under it: "allows with `github_dev`".
std::string OutcomeText(const model::Policy& policy, const model::Rule& rule);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_OUTCOME_H_
