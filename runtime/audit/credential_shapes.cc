// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/credential_shapes.h"

#include <algorithm>
#include <vector>

namespace mcplexer::audit {

struct CredentialMatcher::Shape {
  std::string_view prefix;
  Run alphabet;  // of what follows
  size_t least;  // characters of it
  bool digit;    // at least one of them is a digit: tells `sk-...` from prose
};

const CredentialMatcher::Shape CredentialMatcher::kShapes[] = {
    {"ghp_", kLettersDigits, 20, false},
    {"gho_", kLettersDigits, 20, false},
    {"ghu_", kLettersDigits, 20, false},
    {"ghs_", kLettersDigits, 20, false},
    {"ghr_", kLettersDigits, 20, false},
    {"github_pat_", kWord, 20, false},
    {"sk-", kWordDash, 20, true},
    {"sk_live_", kLettersDigits, 16, false},
    {"xoxa-", kWordDash, 10, false},
    {"xoxb-", kWordDash, 10, false},
    {"xoxe-", kWordDash, 10, false},
    {"xoxo-", kWordDash, 10, false},
    {"xoxp-", kWordDash, 10, false},
    {"xoxr-", kWordDash, 10, false},
    {"xoxs-", kWordDash, 10, false},
    {"AKIA", kUpperDigits, 16, false},
    {"ASIA", kUpperDigits, 16, false},
    {"glpat-", kWordDash, 20, false},
    // Ours (docs/signing.md): a key id, a colon, base64. Also one that was cut.
    {"mcplexer-ed25519-secret:", kBase64Colon, 24, false},
};

namespace {

constexpr std::string_view kJwtPrefix = "eyJ";  // {" in base64
constexpr std::string_view kPemPrefix = "-----BEGIN ";
constexpr std::string_view kPemEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
// "ENCRYPTED PRIVATE KEY" is the longest label in use.
constexpr size_t kLongestLabel = 64;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetterDigit(char c) { return (c >= 'a' && c <= 'z') || IsUpper(c) || IsDigit(c); }

}  // namespace

bool CredentialMatcher::In(Run run, char c) {
  switch (run) {
    case kLettersDigits:
      return IsLetterDigit(c);
    case kUpperDigits:
      return IsUpper(c) || IsDigit(c);
    case kWord:
      return IsLetterDigit(c) || c == '_';
    case kBase64Colon:
      return IsLetterDigit(c) || c == '+' || c == '/' || c == '=' || c == ':';
    default:
      return IsLetterDigit(c) || c == '_' || c == '-';
  }
}

size_t CredentialMatcher::RunEnd(size_t begin, Run run) {
  Known& known = runs_[run];
  if (begin < known.from || begin > known.end) {
    size_t end = begin;
    while (end < text_.size() && In(run, text_[end])) ++end;
    known = {begin, end};
  }
  return known.end;
}

bool CredentialMatcher::HasDigit(size_t begin, size_t end) {
  if (begin < digit_.from || begin > digit_.end) {
    digit_ = {begin, std::min(text_.find_first_of("0123456789", begin), text_.size())};
  }
  return digit_.end < end;
}

size_t CredentialMatcher::MatchShape(size_t begin, const Shape& shape) {
  if (!text_.substr(begin).starts_with(shape.prefix)) return begin;
  const size_t run = begin + shape.prefix.size();
  const size_t end = RunEnd(run, shape.alphabet);
  if (end - run < shape.least) return begin;
  return shape.digit && !HasDigit(run, end) ? begin : end;
}

// Three parts in base64url between dots, the first of which is a JSON object; the last one may be
// empty (an unsigned token).
size_t CredentialMatcher::MatchJwt(size_t begin) {
  if (!text_.substr(begin).starts_with(kJwtPrefix)) return begin;
  const size_t first = RunEnd(begin, kJwt1);
  if (first - begin < 10 || first == text_.size() || text_[first] != '.') return begin;
  const size_t second = RunEnd(first + 1, kJwt2);
  if (second - first < 5 || second == text_.size() || text_[second] != '.') return begin;
  return RunEnd(second + 1, kJwt3);
}

// To the end of the key, or of the text where that is missing.
size_t CredentialMatcher::MatchPem(size_t begin) {
  if (!text_.substr(begin).starts_with(kPemPrefix)) return begin;
  const size_t label = begin + kPemPrefix.size();
  const size_t label_size = text_.substr(label, kLongestLabel).find(kDashes);
  if (label_size == text_.npos) return begin;
  if (text_.substr(label, label_size).find("PRIVATE KEY") == text_.npos) return begin;
  if (label < pem_.from || label >= pem_.end) {
    size_t end = text_.find(kPemEnd, label);
    if (end != text_.npos) end = text_.find(kDashes, end + kPemEnd.size());
    pem_ = {label, end == text_.npos ? text_.size() : end + kDashes.size()};
  }
  return pem_.end;
}

std::span<const std::string_view> CredentialPrefixes() {
  static const std::vector<std::string_view> prefixes = [] {
    std::vector<std::string_view> all = {kJwtPrefix, kPemPrefix};
    for (const auto& shape : CredentialMatcher::kShapes) all.push_back(shape.prefix);
    return all;
  }();
  return prefixes;
}

size_t CredentialMatcher::Match(size_t begin) {
  if (begin == text_.size()) return begin;
  if (const size_t end = MatchPem(begin); end != begin) return end;
  // Within a word it is a piece of another one: `risk-...`.
  if (begin != 0 && IsLetterDigit(text_[begin - 1])) return begin;
  if (const size_t end = MatchJwt(begin); end != begin) return end;
  const char first = text_[begin];
  for (const Shape& shape : kShapes) {
    if (shape.prefix[0] != first) continue;
    if (const size_t end = MatchShape(begin, shape); end != begin) return end;
  }
  return begin;
}

}  // namespace mcplexer::audit
