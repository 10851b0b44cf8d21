// SPDX-License-Identifier: Apache-2.0
// Reading a credential from a file.

#ifndef MCPLEXER_RUNTIME_AUTH_SECRET_FILE_H_
#define MCPLEXER_RUNTIME_AUTH_SECRET_FILE_H_

#include <string>

#include "runtime/auth/resolve.h"
#include "runtime/auth/secret_string.h"
#include "runtime/base/result.h"

namespace mcplexer::auth {

// `path` as the policy has it: absolute, or `~` or `~/...`. Fails as ResolveSecret says, with a
// message that does not name the secret or the path.
Result<SecretString> ReadSecretFile(const std::string& path, const ResolveContext& context);

}  // namespace mcplexer::auth

#endif  // MCPLEXER_RUNTIME_AUTH_SECRET_FILE_H_
