// SPDX-License-Identifier: Apache-2.0
// Conditions, evaluated as docs/language.md says: three values, Kleene's connectives, exact types.

#ifndef MCPLEXER_COMPILER_REFERENCE_CONDITION_H_
#define MCPLEXER_COMPILER_REFERENCE_CONDITION_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/reference/value.h"

namespace mcplexer::reference {

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };

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
  // Where the server runs, and so what it reads a relative path from; absent over HTTP.
  std::optional<std::string> directory;
  std::string home;  // what `~` stands for
};

Truth EvaluateCondition(const syntax::Expr& condition, const Context& context);

// The path `value` (joined to `base` when relative) without `.`, `..` and repeated slashes; "" is
// `/`. nullopt for what no directory can be said to hold: an empty path, one with a NUL, one that
// climbs above `/`, one that begins with `~`, which a server may or may not expand, and a relative
// one without a base.
std::optional<std::string> NormalisePath(const std::string& value,
                                         const std::optional<std::string>& base);

// What the directory of an `under` is: from the home directory, or the home workspace's root.
std::optional<std::string> DirectoryOfUnder(const std::string& directory, const Context& context);

}  // namespace mcplexer::reference

#endif  // MCPLEXER_COMPILER_REFERENCE_CONDITION_H_
