// SPDX-License-Identifier: Apache-2.0
// The secret key that signs plans, and the file it lies in (docs/signing.md).

#ifndef MCPLEXER_COMPILER_COMMANDS_SIGNING_KEY_H_
#define MCPLEXER_COMPILER_COMMANDS_SIGNING_KEY_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "runtime/auth/secret_string.h"
#include "runtime/base/result.h"
#include "runtime/plan/signature.h"

namespace mcplexer::commands {

// Can be moved, not copied. The secret half lies in memory that is wiped with the object.
class SigningKey {
 public:
  // Of the system's random numbers.
  static SigningKey Generate();
  // The key in the text of a key file, which holds one.
  static Result<SigningKey> Parse(std::string_view text);
  // The key in a file that nobody but its owner may read or write; `-` is standard input. Fails
  // with a message that names the file and holds nothing of what is in it.
  static Result<SigningKey> Read(const std::string& path);

  const plan::PublicKey& public_key() const { return public_key_; }

  // The text of a key file.
  auth::SecretString FileText() const;
  // Writes a file of mode 0600. Fails when there is anything of that name, and leaves it alone; a
  // file that could not be written whole is taken away again.
  Status WriteNew(const std::string& path) const;

  // Puts the signature into a serialized plan. Its id stays what it was.
  void Sign(std::span<std::byte> plan) const;

 private:
  // libsodium's form: the seed, then the public key.
  explicit SigningKey(auth::SecretString secret);

  auth::SecretString secret_;
  plan::PublicKey public_key_{};
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_SIGNING_KEY_H_
