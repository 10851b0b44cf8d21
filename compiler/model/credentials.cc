// SPDX-License-Identifier: Apache-2.0
//
// A false alarm is an error nobody can get rid of, so a shape needs more than its prefix: a
// boundary before it, enough characters behind it and some variety among them.
// `ghp_xxxxxxxxxxxxxxxxxxxx` in an example and the regular expression `ghp_[A-Za-z0-9]{36}` in a
// rule that looks for tokens are not credentials. One RE2 alternation finds all candidates in one
// pass.
#include "compiler/model/credentials.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

namespace mcplexer::model {
namespace {

struct Shape {
  const char* expression;  // without captures
  size_t prefix;           // bytes that every one has in common, left out of the variety test
  const char* what;
};

constexpr std::array kShapes = {
    Shape{"gh[pousr]_[A-Za-z0-9]{16,}", 4, "a GitHub token"},
    Shape{"github_pat_[A-Za-z0-9_]{16,}", 11, "a GitHub token"},
    Shape{"glpat-[A-Za-z0-9_-]{16,}", 6, "a GitLab token"},
    Shape{"xox[abeoprs]-[A-Za-z0-9-]{10,}", 5, "a Slack token"},
    Shape{"(?:AKIA|ASIA)[0-9A-Z]{16}", 4, "an AWS access key"},
    Shape{"AIza[0-9A-Za-z_-]{35}", 4, "a Google API key"},
    Shape{"sk-[A-Za-z0-9_-]{20,}", 3, "an API key"},
    Shape{"[rs]k_(?:live|test)_[A-Za-z0-9]{16,}", 8, "a Stripe key"},
    Shape{"lin_(?:api|oauth)_[A-Za-z0-9]{16,}", 8, "a Linear key"},
    Shape{"npm_[A-Za-z0-9]{30,}", 4, "an npm token"},
    Shape{"eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", 3, "a JSON Web Token"},
    Shape{"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^\"-]*(?:-----END [A-Z ]{0,40}-----)?", 0,
          "a private key"},
};

// Group i + 1 is the i-th shape's.
const RE2& AllShapes() {
  static const std::unique_ptr<RE2> all = [] {
    std::string expression = "(?:^|[^A-Za-z0-9_-])(?:";
    for (size_t i = 0; i < kShapes.size(); ++i) {
      expression += fmt::format("{}({})", i == 0 ? "" : "|", kShapes[i].expression);
    }
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);  // bytes: offsets are what is wanted
    return std::make_unique<RE2>(expression + ")", options);
  }();
  return *all;
}

// Random text repeats few characters and mixes letters with digits; a word or a filler does not.
bool IsVaried(std::string_view text) {
  std::array<bool, 256> seen{};
  for (const char c : text) seen[static_cast<unsigned char>(c)] = true;
  const auto distinct = std::count(seen.begin(), seen.end(), true);
  const bool digit =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return distinct >= 6 && digit;
}

// The words of a name: API_TOKEN, x-api-key, apiToken; upper case.
std::vector<std::string> Words(std::string_view key) {
  std::vector<std::string> words(1);
  bool after_lower = false;
  for (const char raw : key) {
    const auto c = static_cast<unsigned char>(raw);
    if (std::isalnum(c) == 0) {
      if (!words.back().empty()) words.emplace_back();
      after_lower = false;
      continue;
    }
    if (std::isupper(c) != 0 && after_lower) words.emplace_back();
    after_lower = std::islower(c) != 0;
    words.back() += static_cast<char>(std::toupper(c));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 14> kSecretWords = {
    "TOKEN",         "SECRET", "KEY",    "AUTH",       "PAT",         "COOKIE", "BEARER",
    "AUTHORIZATION", "APIKEY", "TOKENS", "CREDENTIAL", "CREDENTIALS", "CREDS",  "PASSKEY"};
// What people are asked for. Digits alone are one as well.
constexpr std::array<std::string_view, 5> kPasswordWords = {"PASSWORD", "PASSWD", "PASSPHRASE",
                                                            "PASSCODE", "PWD"};
// These are one only at the end: PIN_DIR and PASS_THROUGH are settings.
constexpr std::array<std::string_view, 4> kLastWords = {"PASS", "PIN", "OTP", "JWT"};
// The ends of words that were written together, as in PGPASSWORD and AUTHTOKEN. No English word
// that is no credential ends so; PASS and KEY are told apart below.
constexpr std::array<std::string_view, 5> kSecretEnds = {"TOKEN", "SECRET", "APIKEY", "CREDENTIAL",
                                                         "CREDENTIALS"};
constexpr std::array<std::string_view, 6> kPasswordEnds = {"PASSWORD", "PASSWD", "PASSPHRASE",
                                                           "PASSCODE", "PASS",   "PWD"};
constexpr std::array<std::string_view, 14> kOtherPass = {
    "COMPASS",  "ENCOMPASS", "BYPASS",   "SURPASS",   "TRESPASS", "OVERPASS", "UNDERPASS",
    "HIGHPASS", "LOWPASS",   "BANDPASS", "MULTIPASS", "ONEPASS",  "TWOPASS",  "OLDPWD"};
// What stands before KEY where it is one: ACCESSKEY, and not KEYBOARD, MONKEY or PUBLICKEY.
constexpr std::array<std::string_view, 14> kKeyKinds = {
    "ACCESS",     "ACCOUNT", "ADMIN",  "API",     "APP",    "AUTH",    "CLIENT",
    "ENCRYPTION", "MASTER",  "SECRET", "PRIVATE", "SHARED", "SIGNING", "LICENSE"};
// As the last word, these say that the value is about a credential and not one itself.
constexpr std::array<std::string_view, 30> kAboutWords = {
    "FILE",     "PATH",      "DIR",    "SOCK",   "SOCKET",  "URL",    "URI",    "HOST",
    "PORT",     "NAME",      "ID",     "TYPE",   "MODE",    "METHOD", "LIMIT",  "COUNT",
    "TTL",      "TIMEOUT",   "SCOPE",  "SCOPES", "ENABLED", "SIZE",   "ISSUER", "REALM",
    "PROVIDER", "ALGORITHM", "LENGTH", "POLICY", "INDEX",   "BUDGET"};
// Beside these, TOKENS are what a language model reads and writes.
constexpr std::array<std::string_view, 10> kCountingWords = {
    "MAX", "MIN", "NUM", "TOTAL", "COUNT", "INPUT", "OUTPUT", "PROMPT", "COMPLETION", "CONTEXT"};

template <size_t N>
bool EndsInOneOf(std::string_view word, const std::array<std::string_view, N>& ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return word.ends_with(end); });
}

enum class Says : uint8_t { kNothing, kSecret, kPassword };

Says SaysOf(std::string_view word, bool last) {
  while (word.size() > 1 && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  if (last && IsOneOf(word, kLastWords)) return word == "JWT" ? Says::kSecret : Says::kPassword;
  if (IsOneOf(word, kPasswordWords)) return Says::kPassword;
  if (IsOneOf(word, kSecretWords)) return Says::kSecret;
  if (IsOneOf(word, kLastWords) || IsOneOf(word, kOtherPass)) return Says::kNothing;
  if (EndsInOneOf(word, kPasswordEnds)) return Says::kPassword;
  if (EndsInOneOf(word, kSecretEnds)) return Says::kSecret;
  if (word.ends_with("KEY")) {
    word.remove_suffix(3);
    if (EndsInOneOf(word, kKeyKinds)) return Says::kSecret;
  }
  return Says::kNothing;
}

bool IsCounted(const std::vector<std::string>& words) {
  return words.back() == "TOKENS" &&
         std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return IsOneOf(word, kCountingWords); });
}

}  // namespace

std::vector<Credential> FindCredentials(std::string_view text) {
  std::vector<Credential> found;
  const RE2& expression = AllShapes();
  std::array<re2::StringPiece, kShapes.size() + 1> groups;
  const re2::StringPiece whole(text.data(), text.size());
  size_t at = 0;
  while (at < text.size() && expression.Match(whole, at, text.size(), RE2::UNANCHORED,
                                              groups.data(), static_cast<int>(groups.size()))) {
    for (size_t i = 0; i < kShapes.size(); ++i) {
      const re2::StringPiece group = groups[i + 1];
      if (group.data() == nullptr) continue;
      const auto offset = static_cast<size_t>(group.data() - text.data());
      const std::string_view body =
          text.substr(offset + kShapes[i].prefix, group.size() - kShapes[i].prefix);
      if (kShapes[i].prefix == 0 || IsVaried(body)) {
        found.push_back({offset, group.size(), kShapes[i].what});
      }
      at = offset + group.size();
    }
  }
  return found;
}

bool IsCredentialKey(std::string_view key, std::string_view value) {
  if (value.empty() || value == "true" || value == "false") return false;
  const std::vector<std::string> words = Words(key);
  if (words.empty() || IsOneOf(words.back(), kAboutWords) || IsCounted(words)) return false;
  if (words.size() == 1 && words.front() == "PWD") return false;  // the working directory
  Says says = Says::kNothing;
  for (size_t i = 0; i < words.size(); ++i) {
    says = std::max(says, SaysOf(words[i], i + 1 == words.size()));
  }
  // A number of some unit, or a place. Four digits are a PIN.
  const bool number =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number && value.size() <= 6) return says == Says::kPassword && value.size() >= 4;
  return says != Says::kNothing;
}

std::string Redacted(std::string_view credential) {
  // A third of a short one would already help to guess it.
  size_t shown = std::min<size_t>(4, credential.size() / 4);
  for (size_t i = 0; i < shown; ++i) {
    if (static_cast<unsigned char>(credential[i]) >= 0x80) shown = i;  // never half a character
  }
  return fmt::format("`{}...` ({} byte{})", credential.substr(0, shown), credential.size(),
                     credential.size() == 1 ? "" : "s");
}

}  // namespace mcplexer::model
