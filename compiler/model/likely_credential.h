// SPDX-License-Identifier: Apache-2.0
// Text that may be a credential: for those who would rather take a setting for a secret than write
// a secret down, such as the import of client configurations. What must not raise false alarms
// (S0605) asks compiler/model/credentials.h.

#ifndef MCPLEXER_COMPILER_MODEL_LIKELY_CREDENTIAL_H_
#define MCPLEXER_COMPILER_MODEL_LIKELY_CREDENTIAL_H_

#include <string_view>

namespace mcplexer::model {

// Whether `value`, which stands under `key` (a variable, a header, an option `--api-key`; empty
// when it stands by itself), should be treated as a credential. True for all that
// FindCredentials and IsCredentialKey find, and besides for
//   * text that speaks of one: `Bearer ..`, `password=..`, `{"token": ".."}`,
//   * a URL with a password or a credential among its parameters,
//   * a run of characters as random as keys are, unless the key says that it is something else
//     (`..._ID`, `..._URL`, `..._PATH`) or the value is a path.
bool LooksLikeCredential(std::string_view key, std::string_view value);

// Whether `text` holds a run of characters that is as random as a generated key: 20 characters or
// more (16 when it is very mixed) that change between letters and digits, or between cases, the way
// no word, version or package name does. Digests behind `sha256:` and revisions behind `@` and `#`
// do not count.
bool HoldsRandomText(std::string_view text);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_LIKELY_CREDENTIAL_H_
