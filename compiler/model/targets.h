// SPDX-License-Identifier: Apache-2.0
// What rules, invariants and tests have in common: patterns with sets in them, and the names in
// `for`.

#ifndef MCPLEXER_COMPILER_MODEL_TARGETS_H_
#define MCPLEXER_COMPILER_MODEL_TARGETS_H_

#include <vector>

#include "compiler/model/context.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// The patterns with sets replaced by what is in them; each checked, reported and left out if it is
// malformed or matches no server's names.
std::vector<NamePattern> LowerPatterns(Context& context, syntax::CallKind kind,
                                       const std::vector<syntax::Pattern>& patterns);

// Who is meant: principals, those in groups, `anonymous`; sorted. Everyone when `names` is empty.
std::vector<PrincipalId> LowerPrincipalNames(Context& context,
                                             const std::vector<syntax::Name>& names);

// The groups of these names, sorted.
std::vector<GroupId> LowerGroupNames(Context& context, const std::vector<syntax::Name>& names);

CallKind LowerKind(syntax::CallKind kind);
Effect LowerEffect(syntax::Effect effect);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_TARGETS_H_
