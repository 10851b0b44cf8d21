// SPDX-License-Identifier: Apache-2.0
// Environment variables and headers that a policy sets.

#ifndef MCPLEXER_COMPILER_MODEL_VARIABLES_H_
#define MCPLEXER_COMPILER_MODEL_VARIABLES_H_

#include <string_view>

#include "compiler/model/reporter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

enum class VariableKind : uint8_t { kEnvironment, kHeader };

// `[A-Za-z_][A-Za-z0-9_]*`, which is what a shell takes; for headers a token (RFC 9110, 5.6.2).
bool IsVariable(VariableKind kind, std::string_view name);

// Reports a key that is none (E0108).
void CheckVariable(VariableKind kind, const syntax::Name& key, Reporter& reporter);

// Reports a literal that the key says is a credential (S0605). What has a credential's shape is
// found by CheckCredentials whatever the key.
void CheckLiteral(const syntax::Name& key, const syntax::Value& value, Reporter& reporter);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_VARIABLES_H_
