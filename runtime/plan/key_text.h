// SPDX-License-Identifier: Apache-2.0
// Keys for plans as text, docs/signing.md. A key is one line without blanks, so that it can be
// copied, compared and given as an argument:
//
//   mcplexer-ed25519-public:KEYID:BASE64
//
// The key id stands there for people, and as a check: a key that was copied badly does not belong
// to its id. Everything here fails without quoting the text, which may be a secret key.

#ifndef MCPLEXER_RUNTIME_PLAN_KEY_TEXT_H_
#define MCPLEXER_RUNTIME_PLAN_KEY_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/signature.h"

namespace mcplexer::plan {

enum class KeyKind : uint8_t { kPublic, kSecret };

// What every line of a key of that kind begins with, the colon included.
std::string_view KeyPrefix(KeyKind kind);

// Of both kinds: 32 bytes in base64, with padding.
inline constexpr size_t kKeyBytes = 32;
inline constexpr size_t kKeyBase64Size = 44;

struct KeyLine {
  size_t number;  // from 1
  std::string_view text;
};

// The lines of a file of keys that are not empty and no comments (`#`), without the blanks around
// them.
std::vector<KeyLine> KeyLines(std::string_view file);

// Decodes the line of a key into `key` and returns its key id; whether the two belong together is
// not checked here. What follows the key behind a blank is somebody's remark.
Result<std::string_view> DecodeKey(std::string_view line, KeyKind kind,
                                   std::span<uint8_t, kKeyBytes> key);

// The line of a public key, without a line break.
std::string PublicKeyText(const PublicKey& key);
// The other way round. Fails when it is no such line, when the id is that of another key, and when
// no signature could be valid under the key.
Result<PublicKey> ParsePublicKey(std::string_view line);

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_KEY_TEXT_H_
