// SPDX-License-Identifier: Apache-2.0
// Finds credentials and known secrets in a text in one pass.
//
// Every string of every call goes through here, so a byte has to cost about a nanosecond whatever
// the number of secrets. Each needle (a secret, and what it looks like in base64) is known by its
// first two bytes; one bit for each of the 65,536 pairs tells whether any begins so. Only where
// the bit is set are needles compared.
//
// A secret inside of a longer base64 text can begin at any of three positions of a group of
// three bytes. The characters that depend on its bytes alone differ between the three but not with
// what stands around it: those are looked for, and a hit is then widened to the whole run of
// base64.

#ifndef MCPLEXER_RUNTIME_AUDIT_VALUE_SCANNER_H_
#define MCPLEXER_RUNTIME_AUDIT_VALUE_SCANNER_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/audit/credential_shapes.h"
#include "runtime/auth/secret_string.h"

namespace mcplexer::audit {

inline constexpr size_t kShortestSecret = 4;

// One thread at a time.
class ValueScanner {
 public:
  // Looks for the `limit` secrets that were added last.
  explicit ValueScanner(size_t limit);

  void AddSecret(std::string_view secret);

  struct Hit {
    size_t begin = 0;
    size_t end = 0;
  };
  // The first stretch at or behind `from` of the matcher's text that holds credentials or secrets,
  // overlapping ones together; empty at the text's end when there is none. Going through a text
  // with one matcher takes time linear in it.
  Hit Find(CredentialMatcher& text, size_t from) const;
  bool Finds(std::string_view text) const;

  // Whether there is a hit in the text once its percent or backslash escapes are decoded, up to
  // twice and in any combination. Does not look at the text as it is.
  bool FindDecoded(std::string_view text) const;

 private:
  enum class Form : uint8_t { kRaw, kBase64 };
  struct Needle {
    uint32_t begin;  // in Secret::bytes
    uint32_t size;
    Form form;
  };
  struct Secret {
    auth::SecretString bytes;  // the secret, and its forms behind it
    std::vector<Needle> needles;
  };
  struct Entry {  // a needle by its first two bytes, the second two beside them
    uint16_t pair;
    uint16_t next;
    uint32_t needle;
    uint32_t secret;
  };

  void AddBase64(Secret& secret, std::string_view value, std::string_view alphabet);
  void BuildIndex();
  Hit MatchAt(CredentialMatcher& credentials, size_t at, const Hit& known) const;

  size_t limit_;
  std::deque<Secret> secrets_;
  std::bitset<65536> begins_;
  std::vector<Entry> entries_;  // sorted by pair
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_VALUE_SCANNER_H_
