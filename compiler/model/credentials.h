// SPDX-License-Identifier: Apache-2.0
// Text that looks like a credential (S0605). A policy is kept in repositories and shown in reviews;
// a secret belongs behind a `secret` declaration, never in it.

#ifndef MCPLEXER_COMPILER_MODEL_CREDENTIALS_H_
#define MCPLEXER_COMPILER_MODEL_CREDENTIALS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::model {

struct Credential {
  size_t offset = 0;
  size_t length = 0;
  std::string_view what;  // "a GitHub token"
};

// Every place in `text` that has the shape of a known kind of credential, in order. Shapes only:
// a known prefix with enough varied characters behind it, a PEM private key, a JSON Web Token.
std::vector<Credential> FindCredentials(std::string_view text);

// Whether a variable or header of this name, holding the literal `value`, holds a credential:
// `API_TOKEN`, `Authorization`, but not `TOKEN_FILE`, `AUTH_MODE` nor a number or a switch.
bool IsCredentialKey(std::string_view key, std::string_view value);

// What may be shown of a credential: its first characters and its length.
std::string Redacted(std::string_view credential);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_CREDENTIALS_H_
