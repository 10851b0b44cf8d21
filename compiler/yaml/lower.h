// SPDX-License-Identifier: Apache-2.0
// Checked YAML to the syntax tree: the parts that are more than attributes. Private to this folder.

#ifndef MCPLEXER_COMPILER_YAML_LOWER_H_
#define MCPLEXER_COMPILER_YAML_LOWER_H_

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/yaml/record.h"

namespace mcplexer::yaml {

// The patterns that `record` may have under `key`: `github__*`, `re"..."` or `@set`, one or a list.
// False if one is malformed, and each is reported.
bool LowerPatternsOf(const Context& context, const Record& record, std::string_view key,
                     std::vector<syntax::Pattern>& patterns);

// The condition in the text of `value`; reported and nothing if malformed.
std::optional<syntax::Expr> LowerCondition(const Context& context, NodeId value);

// What allowed_orgs and allowed_repos demand of a call: `arg.owner in [orgs]` and `arg.repo in
// [repos]`, where a repository `org/repo` stands for both its owner and its name. Nothing if the
// rule has neither.
std::optional<syntax::Expr> LowerRestrictions(const Context& context, const Record& rule);

// `left and right`.
syntax::Expr And(syntax::Expr left, syntax::Expr right);

// An entry of `route_rules`: a rule, or the use of a template, in an `in` block if it has paths.
// Nothing if a key of it was reported or is here.
std::optional<syntax::BodyItem> LowerEntry(const Context& context, const Record& record);

// Fill the members of a declaration other than its kind, name and span.
void LowerSecret(const Context& context, const Record& record, syntax::Declaration& declaration);
void LowerServer(const Context& context, const Record& record, syntax::Declaration& declaration);
void LowerScope(const Context& context, const Record& record, syntax::Declaration& declaration);
void LowerInvariant(const Context& context, const Record& record, syntax::Declaration& declaration);
void LowerTest(const Context& context, const Record& record, syntax::Declaration& declaration);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_LOWER_H_
