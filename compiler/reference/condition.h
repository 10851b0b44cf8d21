// SPDX-License-Identifier: Apache-2.0
// Conditions, evaluated as docs/language.md says: three values, Kleene's connectives, exact types.

#ifndef MCPLEXER_COMPILER_REFERENCE_CONDITION_H_
#define MCPLEXER_COMPILER_REFERENCE_CONDITION_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"
#include "compiler/reference/value.h"

namespace mcplexer::reference {

// What a condition can see of a call.
struct Context {
  // Absent when the arguments are not strict JSON: then nothing about them can be evaluated.
  std::optional<JsonValue> arguments;
  std::string client;
  std::string model;
  std::string principal;  // empty: anonymous
  std::vector<std::string> groups;
  const model::KeyValues* tags = nullptr;  // of the home workspace
  std::string root;                        // of the home workspace; "" is `/`
  std::string home;                        // what `~` stands for
};

Truth EvaluateCondition(const syntax::Expr& condition, const Context& context);

// The path `value` (joined to `root` when relative) without `.`, `..` and repeated slashes; "" is
// `/`. nullopt for what no directory can be said to hold: an empty path, one with a NUL, one that
// climbs above `/`, and one that begins with `~`, which a server may or may not expand.
std::optional<std::string> NormalisePath(const std::string& value, const std::string& root);

}  // namespace mcplexer::reference

#endif  // MCPLEXER_COMPILER_REFERENCE_CONDITION_H_
