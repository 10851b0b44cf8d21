// SPDX-License-Identifier: Apache-2.0
// Templates: `template NAME(params) { items }` is expanded where a workspace says `use NAME(args)`.
// An argument is text, and takes the place of `${param}` in the patterns, paths, strings and names
// of the template's rules before these are looked at in any way. In a workspace's own rules there
// are no parameters, so `${x}` is an error there as well and `$${` is the text `${` everywhere.

#ifndef MCPLEXER_COMPILER_MODEL_TEMPLATES_H_
#define MCPLEXER_COMPILER_MODEL_TEMPLATES_H_

#include <functional>
#include <vector>

#include "compiler/model/context.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// Checks the templates themselves, used or not: parameters (E0109), `${x}` that is none and
// templates that use themselves (E0208), attributes in one (E0112). What their rules say is checked
// where they are used, when it is known.
void CheckTemplates(Context& context);

// A rule of a workspace with nothing left to expand.
struct ExpandedRule {
  const syntax::Rule& rule;
  const std::vector<syntax::Name>* block_paths;  // of the `in` block around it, or null
};

// Calls `lower` for the rules in the bodies of `declarations` (a workspace and the kRules that name
// it), in order, templates expanded; the reporter's uses are set during each call. `lower` returns
// false to stop, and then so does Expand. Reports wrong uses (E0208, E0201), blocks in blocks
// (E0112) and too deep nesting (E0105).
bool Expand(Context& context, const std::vector<const syntax::Declaration*>& declarations,
            const std::function<bool(const ExpandedRule&)>& lower);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_TEMPLATES_H_
