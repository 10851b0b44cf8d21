// SPDX-License-Identifier: Apache-2.0
// What credentials of well-known issuers look like, by their prefixes.

#ifndef MCPLEXER_RUNTIME_AUDIT_CREDENTIAL_SHAPES_H_
#define MCPLEXER_RUNTIME_AUDIT_CREDENTIAL_SHAPES_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace mcplexer::audit {

// Every beginning that a credential may have, for a filter before the matcher. All are longer than
// one byte.
std::span<const std::string_view> CredentialPrefixes();

// Over one text. Asked at ascending positions, all answers together take time linear in the text,
// whatever somebody put there to make them take longer: `sk-sk-sk-...` is one run, looked at once.
class CredentialMatcher {
 public:
  explicit CredentialMatcher(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }

  // The end of the credential that begins at `begin`, or `begin` when none does.
  size_t Match(size_t begin);

 private:
  // Answers to "where does what begins here end" for all places from `from` to `end`.
  struct Known {
    size_t from = 1;
    size_t end = 0;
  };
  // Alphabets of what follows a prefix, then the parts of a JSON Web Token.
  enum Run : size_t {
    kLettersDigits,
    kUpperDigits,
    kWord,
    kWordDash,
    kBase64Colon,
    kJwt1,
    kJwt2,
    kJwt3,
    kRuns
  };
  struct Shape;
  static const Shape kShapes[];

  static bool In(Run run, char c);
  size_t RunEnd(size_t begin, Run run);
  bool HasDigit(size_t begin, size_t end);
  size_t MatchShape(size_t begin, const Shape& shape);
  size_t MatchJwt(size_t begin);
  size_t MatchPem(size_t begin);

  friend std::span<const std::string_view> CredentialPrefixes();

  std::string_view text_;
  std::array<Known, kRuns> runs_;
  Known digit_;
  Known pem_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_CREDENTIAL_SHAPES_H_
