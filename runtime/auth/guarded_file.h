// SPDX-License-Identifier: Apache-2.0
// Reading what others must not change, or not even see, into memory that is wiped.

#ifndef MCPLEXER_RUNTIME_AUTH_GUARDED_FILE_H_
#define MCPLEXER_RUNTIME_AUTH_GUARDED_FILE_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/auth/secret_string.h"
#include "runtime/base/result.h"

namespace mcplexer::auth {

// What the file's permissions may let anybody but its owner do.
enum class Others : uint8_t { kMayRead, kMayNothing };

struct GuardedFile {
  SecretString bytes;
  mode_t mode;  // as stat(2) has it
};

// A regular file of at most `max_bytes`. What is checked is the file behind the open descriptor, so
// it is what is read. Fails with what is wrong ("is not a regular file"), for the caller to say of
// what: no message names the path or holds a byte of the file.
Result<GuardedFile> ReadGuardedFile(const std::string& path, Others others, size_t max_bytes);

// All there is behind a descriptor, a pipe for example, up to its end.
Result<SecretString> ReadGuarded(int descriptor, size_t max_bytes);

}  // namespace mcplexer::auth

#endif  // MCPLEXER_RUNTIME_AUTH_GUARDED_FILE_H_
