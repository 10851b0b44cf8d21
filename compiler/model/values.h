// SPDX-License-Identifier: Apache-2.0
// Single values of the syntax tree: what they must be, and what they say.

#ifndef MCPLEXER_COMPILER_MODEL_VALUES_H_
#define MCPLEXER_COMPILER_MODEL_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

// The number, if it is a whole one that 64 bits hold.
std::optional<int64_t> Integer(const syntax::Value& value);

// Reports E0109 for a key of a map, or an attribute, that stands there twice.
void CheckMapKeys(const syntax::Value& map, Reporter& reporter);

// Whether a string is a directory (ParseRoot), reported otherwise at the place of the mistake.
bool CheckDirectory(const syntax::Value& value, Reporter& reporter);

// A value that must be a string without `${...}`: its text with `$${` undone. Reported otherwise.
std::optional<std::string> PlainText(const syntax::Value& value, Reporter& reporter);

// `text` with `$${` undone, for texts that were checked.
std::string Unescaped(std::string_view text);

// The name in `secret(NAME)`, or nothing after reporting.
std::optional<syntax::Name> SecretReference(const syntax::Value& value, Reporter& reporter);

// How messages call a kind of value: "a string".
std::string_view Describe(syntax::Value::Kind kind);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_VALUES_H_
