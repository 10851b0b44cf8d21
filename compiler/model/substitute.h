// SPDX-License-Identifier: Apache-2.0
// Arguments in the place of parameters.

#ifndef MCPLEXER_COMPILER_MODEL_SUBSTITUTE_H_
#define MCPLEXER_COMPILER_MODEL_SUBSTITUTE_H_

#include <map>
#include <optional>
#include <string>

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// Parameter -> text of its argument. Empty outside of templates.
using Bindings = std::map<std::string, std::string, std::less<>>;

// `text` with `${param}` replaced and `$${` undone; reported (E0208) and nothing when a reference
// is open or names no parameter.
std::optional<std::string> Substitute(const std::string& text, Span span, const Bindings& bindings,
                                      Reporter& reporter);

// Whether any text of the rule needs Substitute at all.
bool HoldsReferences(const syntax::Rule& rule);

// Substitutes in every text. False after reporting.
bool Substitute(syntax::Rule& rule, const Bindings& bindings, Reporter& reporter);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_SUBSTITUTE_H_
