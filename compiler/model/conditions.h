// SPDX-License-Identifier: Apache-2.0
// Conditions: what can be known to be wrong with one before any call is seen. A condition that can
// never be evaluated would make every deny with it true and every allow false, silently, so it is
// an error (E0111).

#ifndef MCPLEXER_COMPILER_MODEL_CONDITIONS_H_
#define MCPLEXER_COMPILER_MODEL_CONDITIONS_H_

#include <cstdint>
#include <set>
#include <string>

#include "compiler/model/context.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// The tags that `workspace.tags.KEY` may name: those of the workspaces in which a rule of
// `workspace` can be a candidate, itself and all below; of every workspace when it is not valid.
// Computed once.
const std::set<std::string, std::less<>>& TagsBelow(Context& context, WorkspaceId workspace);

// Reports every mistake in `expr`; false if there is one.
bool CheckCondition(Context& context, const syntax::Expr& expr, WorkspaceId workspace);

// The condition as text on one line, with no more parentheses than it needs: the same for both
// surfaces and with parameters replaced.
//
// `a and (b and c)` means what `a and b and c` means, and by default reads like it; what is read
// back into the same tree keeps the parentheses.
enum class Grouping : uint8_t { kMeaning, kTree };
std::string ConditionText(const syntax::Expr& expr, Grouping grouping = Grouping::kMeaning);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_CONDITIONS_H_
