// SPDX-License-Identifier: Apache-2.0
// What the declarations that rules refer to come to, for comparing those of two policies.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DEFINITIONS_H_
#define MCPLEXER_COMPILER_ANALYSIS_DEFINITIONS_H_

#include <set>
#include <string>
#include <vector>

#include "compiler/model/policy.h"

namespace mcplexer::analysis {

// All that a scope injects, one text for each part, with secrets as they are found; nothing without
// a scope. The name of the scope is not in it. No value of a secret is known here.
std::set<std::string> CredentialsOf(const model::Policy& policy, ScopeId scope);

// Where a secret is found: its source and what that is given.
std::string SecretText(const model::Policy& policy, SecretId secret);

enum class CredentialChange : uint8_t { kNone, kWidened, kNarrowed, kOther };
// Widened: all that was, and more. OAuth scopes are parts of their own.
CredentialChange CompareCredentials(const std::set<std::string>& was,
                                    const std::set<std::string>& is);

// A namespace behind which another server stands than before: its calls go elsewhere.
struct Redefinition {
  std::string name_space;
  std::string before;  // the servers' names
  std::string after;
  std::vector<std::string> changed;  // "command", "url", ..
};

// By namespace.
std::vector<Redefinition> FindRedefinitions(const model::Policy& before,
                                            const model::Policy& after);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DEFINITIONS_H_
