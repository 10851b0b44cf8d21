// SPDX-License-Identifier: Apache-2.0
// From the references a plan holds to the credentials themselves, when a downstream is started and
// not before. Every error names the secret and where it should have come from, never a value.

#ifndef MCPLEXER_RUNTIME_AUTH_RESOLVE_H_
#define MCPLEXER_RUNTIME_AUTH_RESOLVE_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/auth/secret_string.h"
#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace mcplexer::auth {

struct ResolveLimits {
  // Keys and certificate chains stay below this; a larger file is the wrong file.
  size_t file_bytes = size_t{64} << 10;
};

// What only this machine knows.
struct ResolveContext {
  std::string home;  // what a leading `~` of a file's path stands for, absolute
  // The value of a variable of the gateway's own environment, or null. Empty: getenv.
  std::function<const char*(const char*)> environment;
  // Told, in one line without any value, what is allowed but unwise. May be empty.
  std::function<void(std::string_view)> warn;
  ResolveLimits limits;
};

struct NamedSecret {
  std::string name;
  SecretString value;
};
using EnvironmentVariable = NamedSecret;
using HttpHeader = NamedSecret;

// The value of a secret.
//   env("NAME")   the gateway's own environment; unset or empty is an error
//   file("PATH")  absolute or below `~`; read anew each time. A regular file, not larger than the
//                 limit and writable by nobody but its owner; one trailing line break is not part
//                 of the value. Readable by everybody draws a warning.
//   sealed(..) and command([..]) are refused: this version has neither.
Result<SecretString> ResolveSecret(const plan::Plan& plan, SecretId secret,
                                   const ResolveContext& context);

// What a scope adds to the environment of a child process, in the plan's order. Refused for a scope
// of any other type than env, and when a value holds a NUL byte or a line break, which a child
// would read as something else.
Result<std::vector<EnvironmentVariable>> ResolveEnv(const plan::Plan& plan, ScopeId scope,
                                                    const ResolveContext& context);

// What a scope adds to the headers of a request, in the plan's order. Refused for a scope of any
// other type than header, and when a value holds what would end the header.
Result<std::vector<HttpHeader>> ResolveHeaders(const plan::Plan& plan, ScopeId scope,
                                               const ResolveContext& context);

// The secrets of a scope by themselves, not the values they are part of: for masking. (A server
// that logs its token does not log the `Bearer ` before it.)
Status ForEachSecret(const plan::Plan& plan, ScopeId scope, const ResolveContext& context,
                     const std::function<void(SecretString)>& on_secret);

}  // namespace mcplexer::auth

#endif  // MCPLEXER_RUNTIME_AUTH_RESOLVE_H_
