// SPDX-License-Identifier: Apache-2.0
// How each rule that matched a call took part in its decision.

#ifndef MCPLEXER_RUNTIME_DECIDE_EXPLAIN_H_
#define MCPLEXER_RUNTIME_DECIDE_EXPLAIN_H_

#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/decide/evaluator.h"
#include "runtime/decide/ranking.h"

namespace mcplexer::decide {

// Appends every candidate: denies, grants, beaten ones, each in the order of consultation.
// `decision` is the one that came of the ranking; the evaluator holds the call's arguments.
void ExplainRanking(const Ranking& ranking, const Decision& decision, const plan::Tables& tables,
                    Evaluator& evaluator, std::vector<Considered>* considered);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_EXPLAIN_H_
