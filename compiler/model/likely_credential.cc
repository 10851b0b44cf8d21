// SPDX-License-Identifier: Apache-2.0
//
// Randomness is measured by how often neighbours change between lower case, upper case and digits.
// Entropy over single characters cannot tell `modelcontextprotocol` from a key of that length; a
// key in base 62 changes at about 60 % of its places, one in hexadecimal at 47 %, one in base 36 at
// 40 %, a package name with a version in it below 15 %. Of 3,000 generated keys 12 were missed.
#include "compiler/model/likely_credential.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cctype>
#include <string>

#include "compiler/model/credentials.h"

namespace mcplexer::model {
namespace {

constexpr double kChanges = 0.18;     // of the places between neighbours
constexpr double kManyChanges = 0.4;  // needed from shorter texts
constexpr size_t kLongEnough = 20;
constexpr size_t kShortest = 16;
constexpr size_t kDistinct = 9;  // characters; a filler such as `1a1a1a1a` has few

int ClassOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (std::isdigit(byte) != 0) return 0;
  if (std::islower(byte) != 0) return 1;
  return std::isupper(byte) != 0 ? 2 : -1;
}

bool IsRandom(std::string_view run) {
  size_t changes = 0;
  size_t length = 0;
  int before = -1;
  std::bitset<256> seen;
  std::bitset<3> classes;
  for (const char c : run) {
    const int now = ClassOf(c);
    if (now < 0) continue;
    if (before >= 0 && now != before) ++changes;
    before = now;
    ++length;
    seen.set(static_cast<unsigned char>(c));
    classes.set(static_cast<size_t>(now));
  }
  const bool digits = classes.test(0);
  if (length < kShortest || seen.count() < kDistinct || classes.count() < 2) return false;
  const double share = static_cast<double>(changes) / static_cast<double>(length - 1);
  // Without a digit it may be words like `enableAllProjectServers`.
  return share >= (length >= kLongEnough && digits ? kChanges : kManyChanges);
}

bool IsRunByte(char c) { return ClassOf(c) >= 0 || c == '_' || c == '-' || c == '+' || c == '='; }

// A digest or a revision names something public.
bool IsPublic(std::string_view text, size_t begin) {
  const std::string_view before = text.substr(0, begin);
  return before.ends_with("sha256:") || before.ends_with("sha512:") || before.ends_with("@") ||
         before.ends_with("#") || before.ends_with("sha256-") || before.ends_with("sha512-");
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

// Words that stand before a credential, and what has to stand between.
constexpr std::array<std::string_view, 14> kIntroductions = {
    "bearer",  "basic",  "authorization", "password", "passwd", "pwd",        "secret",
    "api_key", "apikey", "api-key",       "token",    "auth",   "accountkey", "accesskey"};

// `password=x`, `"token": "x"`, `Bearer x`: a word of the list, a separator, and something.
bool Introduces(const std::string& text) {
  for (const std::string_view word : kIntroductions) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      size_t behind = at + word.size();
      if (behind < text.size() && (text[behind] == '"' || text[behind] == '\'')) ++behind;
      const size_t separator = behind;
      const bool scheme = word == "bearer" || word == "basic";
      while (behind < text.size() && (text[behind] == ' ' || text[behind] == '=' ||
                                      text[behind] == ':' || text[behind] == '"')) {
        ++behind;
      }
      const bool separated =
          text.find_first_of("=:", separator) < behind || (scheme && behind != separator);
      if (separated && text.size() - behind >= 4 && text.compare(behind, 2, "//") != 0) return true;
    }
  }
  return false;
}

// `scheme://user:password@host`, anywhere.
bool HoldsUrlPassword(std::string_view text) {
  for (size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const size_t begin = at + 3;
    const std::string_view authority =
        text.substr(begin, text.find_first_of("/?# \"'", begin) - begin);
    const size_t end = authority.rfind('@');
    if (end == std::string_view::npos) continue;
    const size_t colon = authority.find(':');
    if (colon < end && colon + 1 < end) return true;
  }
  return false;
}

// A parameter of a URL whose name says that it is a credential.
bool HoldsCredentialParameter(std::string_view text) {
  if (text.find("://") == std::string_view::npos) return false;
  for (size_t at = text.find('?'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::string_view parameter =
        text.substr(at + 1, text.find_first_of("&# ", at + 1) - at - 1);
    const size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = parameter.substr(equals + 1);
    if (IsCredentialKey(parameter.substr(0, equals), value) || HoldsRandomText(value)) return true;
  }
  return false;
}

// Keys whose last word says what the value is, and it is no secret.
bool NamesSomethingElse(std::string_view key) {
  constexpr std::array<std::string_view, 14> kEndings = {
      "_id",  "_url",  "_uri",    "_path",    "_dir", "_file",  "_host",
      "_ids", "_name", "_region", "_version", "_ref", "_model", "_image"};
  const std::string lower = "_" + Lower(key);
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return lower.ends_with(ending); }) ||
         lower == "_path" || lower == "_node_path" || lower.ends_with("-id");
}

bool IsPath(std::string_view value) {
  return value.starts_with("/") || value.starts_with("./") || value.starts_with("../") ||
         value.starts_with("~/") ||
         (value.size() > 2 && value[1] == ':' && (value[2] == '\\' || value[2] == '/'));
}

}  // namespace

bool HoldsRandomText(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    if (!IsRunByte(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && IsRunByte(text[end])) ++end;
    if (end - at >= kShortest && !IsPublic(text, at) && IsRandom(text.substr(at, end - at))) {
      return true;
    }
    at = end;
  }
  return false;
}

bool LooksLikeCredential(std::string_view key, std::string_view value) {
  if (value.empty()) return false;
  if (!FindCredentials(value).empty() || IsCredentialKey(key, value)) return true;
  if (HoldsUrlPassword(value) || HoldsCredentialParameter(value)) return true;
  if (Introduces(Lower(value))) return true;
  return !NamesSomethingElse(key) && !IsPath(value) && HoldsRandomText(value);
}

}  // namespace mcplexer::model
