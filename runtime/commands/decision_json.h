// SPDX-License-Identifier: Apache-2.0
// A decision as the JSON object that scripts rely on; `mcplexer decide` and `explain` share it.

#ifndef MCPLEXER_RUNTIME_COMMANDS_DECISION_JSON_H_
#define MCPLEXER_RUNTIME_COMMANDS_DECISION_JSON_H_

#include <string>

#include "runtime/decide/decide.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {

// Appends {"decision","reason","rule","at","workspace","subpath","server","scope","tool",
// "approval","because"} in this order and on one line, null for what there is not. `approval` is
// {"timeout_s","quorum","approvers"} where the decision is `approve`; `because` is the rule's.
void AppendDecisionJson(const plan::Plan& plan, const decide::Session& session,
                        const decide::Decision& decision, std::string& out);

// "acme.plex:31".
std::string RuleLocation(const plan::Plan& plan, RuleId rule);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_DECISION_JSON_H_
