// SPDX-License-Identifier: Apache-2.0
// Calls that a rule lets through: the question that most checks of security begin with.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DECIDED_CALL_H_
#define MCPLEXER_COMPILER_ANALYSIS_DECIDED_CALL_H_

#include <optional>

#include "compiler/analysis/call_search.h"
#include "compiler/analysis/known_tools.h"

namespace mcplexer::analysis {

// A call in the area (null: anywhere) that this allow or approve rule decides and, its requirement
// being met, does not deny. kNone is a proof; what is found has been confirmed.
Answer FindLetThrough(const CallSearch& search, RuleId rule, const Area* area = nullptr);

// Whether some name and some principal are in the boxes of both; directories are left to a search.
bool MayMeet(const Space& space, RuleId a, RuleId b);

// The names and principals of a rule whose box is not empty, in whatever directory.
Area AreaOf(const Space& space, RuleId rule);
// The calls of one tool, by anybody from anywhere. Nothing where its name is none that rules can
// speak of.
std::optional<Area> AreaOf(const Space& space, const KnownTool& tool);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DECIDED_CALL_H_
