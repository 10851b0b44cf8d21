// SPDX-License-Identifier: Apache-2.0
// Ranking: the candidates of a call in the order in which they are consulted.

#ifndef MCPLEXER_RUNTIME_DECIDE_RANKING_H_
#define MCPLEXER_RUNTIME_DECIDE_RANKING_H_

#include <span>
#include <vector>

#include "runtime/decide/matcher.h"

namespace mcplexer::decide {

struct Ranking {
  // Unconditional ones first; each part nearest workspace first, then by the rules' order.
  std::vector<Candidate> denies;
  // Allow and approve rules that can win: nearest workspace first, then by priority, then by order.
  std::vector<Candidate> grants;
  // Conditional ones that cannot, because an unconditional, strictly narrower rule is a candidate.
  std::vector<Candidate> beaten;
};

// Overwrites `ranking`. `candidates` are sorted by rule.
void Rank(std::span<const Candidate> candidates, const plan::Tables& tables, Ranking* ranking);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_RANKING_H_
