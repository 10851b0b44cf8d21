// SPDX-License-Identifier: Apache-2.0
// OAuth providers, and what scopes with `type = oauth2` share with them.

#ifndef MCPLEXER_COMPILER_MODEL_OAUTH_H_
#define MCPLEXER_COMPILER_MODEL_OAUTH_H_

#include <string_view>

#include "compiler/model/attributes.h"
#include "compiler/model/context.h"

namespace mcplexer::model {

// Appends an attribute, if it is there, as the plan keeps it: one text. A list is joined by spaces
// (its items have none, reported otherwise), `secret(NAME)` is the secret's name.
void AddOauthAttribute(Context& context, const Attributes& attributes, std::string_view key,
                       KeyValues& out);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_OAUTH_H_
