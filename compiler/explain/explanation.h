// SPDX-License-Identifier: Apache-2.0
// Why a call is decided as it is: the decision, and each rule that matched with what became of it.

#ifndef MCPLEXER_COMPILER_EXPLAIN_EXPLANATION_H_
#define MCPLEXER_COMPILER_EXPLAIN_EXPLANATION_H_

#include <string>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/plan/plan.h"

namespace mcplexer::explain {

struct Explanation {
  decide::Decision decision;  // its `tool` is a view into the name of the call that was asked about
  std::vector<decide::Considered> considered;
};

// As Session::Explain.
Explanation Explain(decide::Session& session, const decide::Call& call);

// Lines as people read them, each with its line end; the policy's texts are escaped.
std::string ToText(const plan::Plan& plan, const decide::Session& session,
                   const Explanation& explanation);

// docs/cli.md, "A decision, as JSON", with the member `considered`: one line without its end.
std::string ToJson(const plan::Plan& plan, const decide::Session& session,
                   const Explanation& explanation);

// "allow", "approve", "deny".
std::string_view ToString(plan::Effect effect);

}  // namespace mcplexer::explain

#endif  // MCPLEXER_COMPILER_EXPLAIN_EXPLANATION_H_
