// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/credential_shapes.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <cctype>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace mcplexer::audit {
namespace {

// The credential at the beginning of the text, or nothing.
std::string At0(const std::string& text) {
  CredentialMatcher matcher(text);
  return text.substr(0, matcher.Match(0));
}

const std::string k40 = "0123456789abcdefghij0123456789ABCDEFGHIJ";

// The first key of RFC 8032, as `mcplexerc keygen` writes keys.
const std::string kSigningKey =
    "mcplexer-ed25519-secret:21fe31dfa154a261:nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

TEST(CredentialShapesTest, KnowsItsIssuers) {
  for (const std::string& credential : std::vector<std::string>{
           "ghp_" + k40, "gho_" + k40, "ghu_" + k40, "ghs_" + k40, "ghr_" + k40,
           "github_pat_11ABCDEFG0_" + k40, "sk-" + k40, "sk-proj-ab_cd-" + k40,
           "sk-ant-api03-" + k40, "sk_live_" + k40, "xoxb-123456789012-abcdef",
           "xoxp-123456789012-abcdef", "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE",
           "glpat-" + k40.substr(0, 20), "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
           "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", kSigningKey}) {
    EXPECT_EQ(At0(credential), credential);
    EXPECT_EQ(At0(credential + "\" and more"), credential);
  }
}

TEST(CredentialShapesTest, KnowsASigningKeyThatWasCut) {
  EXPECT_EQ(At0(kSigningKey.substr(0, 60)), kSigningKey.substr(0, 60));
  EXPECT_EQ(At0(kSigningKey + "\n# a remark"), kSigningKey);
  const std::string public_key =
      "mcplexer-ed25519-public:21fe31dfa154a261:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  EXPECT_EQ(At0(public_key), "") << "for everybody to see";
}

TEST(CredentialShapesTest, TakesAPrivateKeyToItsEnd) {
  const std::string key =
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nxyz\n-----END RSA PRIVATE KEY-----";
  EXPECT_EQ(At0(key + "\nrest"), key);
  EXPECT_EQ(At0(key.substr(0, 50)), key.substr(0, 50)) << "a key without an end";
  EXPECT_EQ(At0("-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----"), "");
}

TEST(CredentialShapesTest, LeavesProseAlone) {
  for (const std::string text :
       {"ghp_short", "sk-learn", "sk-this-is-a-long-hyphenated-word-without-digit", "AKIA lower",
        "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.x", "xoxq-123456789012-abcdef", "glpat-abc",
        "-----BEGIN", "mcplexer-ed25519-secret:21fe31dfa154a261",
        "mcplexer-ed25519-secret: ours"}) {
    EXPECT_EQ(At0(text), "") << text;
  }
  const std::string inside = "risk-assessment-for-2026-in-all-regions";
  CredentialMatcher matcher(inside);
  EXPECT_EQ(matcher.Match(2), 2u) << "within a word";
}

struct Expression {
  std::string pattern;
  bool digit = false;  // one is needed behind the prefix `sk-`
};

// The same shapes as regular expressions, by RE2.
size_t Oracle(const std::string& text, size_t begin) {
  static const std::vector<Expression> expressions = {
      {R"(eyJ[\w-]{7,}\.[\w-]{4,}\.[\w-]*)"},
      {R"(gh[pousr]_[A-Za-z0-9]{20,})"},
      {R"(github_pat_\w{20,})"},
      {R"(sk-[\w-]{20,})", true},
      {R"(sk_live_[A-Za-z0-9]{16,})"},
      {R"(xox[abeoprs]-[\w-]{10,})"},
      {R"(A[KS]IA[A-Z0-9]{16,})"},
      {R"(glpat-[\w-]{20,})"},
      {R"(mcplexer-ed25519-secret:[A-Za-z0-9+/=:]{24,})"}};
  static const std::vector<std::unique_ptr<RE2>> compiled = [] {
    std::vector<std::unique_ptr<RE2>> all;
    for (const Expression& e : expressions) all.push_back(std::make_unique<RE2>(e.pattern));
    return all;
  }();
  if (begin != 0 && std::isalnum(static_cast<unsigned char>(text[begin - 1]))) return begin;
  for (size_t i = 0; i < compiled.size(); ++i) {
    re2::StringPiece match;
    if (!compiled[i]->Match(text, begin, text.size(), RE2::ANCHOR_START, &match, 1)) continue;
    const std::string found(match.data(), match.size());
    if (expressions[i].digit && found.find_first_of("0123456789") == found.npos) continue;
    return begin + found.size();
  }
  return begin;
}

TEST(CredentialShapesTest, AgreesWithRegularExpressionsOnRandomTexts) {
  const std::vector<std::string> pieces = {
      "ghp_",       "github_pat_", "sk-", "sk_live_",    "xoxb-",
      "AKIA",       "glpat-",      "eyJ", ".",           "-",
      "_",          " ",           "a",   "A1B2",        "0123",
      "abcdefghij", "ABCDEFGHIJ",  "\"",  "eyJabcdefg.", "mcplexer-ed25519-secret:",
      "/+=:"};
  std::mt19937 random(7);
  size_t matches = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 14; ++i) text += pieces[random() % pieces.size()];
    CredentialMatcher matcher(text);
    for (size_t i = 0; i < text.size(); ++i) {
      const size_t end = matcher.Match(i);
      ASSERT_EQ(end, Oracle(text, i)) << text << " at " << i;
      matches += end != i ? 1 : 0;
    }
  }
  EXPECT_GT(matches, 500u);
}

// A mebibyte of what looks like the beginning of a credential everywhere. Were each run looked at
// from each of its places, this would take minutes.
TEST(CredentialShapesTest, HostileTextsTakeLinearTime) {
  for (const std::string piece :
       {"sk-", "eyJ-", "eyJ-AKIA0123456789ABCDEF-", "ghp_", "eyJaaaaaaa.",
        "-----BEGIN PRIVATE KEY-----", "xoxb--", "mcplexer-ed25519-secret:"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    const auto begin = std::chrono::steady_clock::now();
    CredentialMatcher matcher(text);
    size_t sum = 0;
    for (size_t i = 0; i < text.size(); ++i) sum += matcher.Match(i);
    EXPECT_GT(sum, 0u);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << piece;
  }
}

}  // namespace
}  // namespace mcplexer::audit
