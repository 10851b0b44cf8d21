// SPDX-License-Identifier: Apache-2.0
// Whether patterns are well-formed, and what can be said at once of the names they match. Policies
// repeat their patterns, so each text is parsed once.

#ifndef MCPLEXER_COMPILER_MODEL_PATTERN_CHECK_H_
#define MCPLEXER_COMPILER_MODEL_PATTERN_CHECK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/automata/limits.h"
#include "compiler/model/policy.h"
#include "compiler/model/reporter.h"
#include "compiler/source/limits.h"

namespace mcplexer::model {

enum class PatternLanguage : uint8_t {
  kNameGlob,
  kUriGlob,
  kPathGlob,
  kRegex,       // over names or URIs, turned into an automaton
  kValueGlob,   // right of `like`
  kValueRegex,  // right of `matches`, run by RE2
};

// Not thread-safe.
class PatternCheck {
 public:
  PatternCheck(const source::Limits& limits, Reporter& reporter);

  // False after reporting a malformed pattern (E0102) at the bytes to blame, one that looks like a
  // list of names (E0102), or one that is too long (E0105).
  bool Check(PatternLanguage language, const std::string& text, Span span);

  // The servers whose namespaces patterns are held against. Call once, before CheckNamespace.
  void SetServers(const std::vector<Server>& servers);

  // For a well-formed pattern over names: reports one that no name of any server can match (E0203).
  void CheckNamespace(const NamePattern& pattern);

  // The server whose names alone a well-formed pattern over names matches, if that is plain from
  // how it begins: `github__get_*`.
  ServerId LiteralServer(const NamePattern& pattern) const;

 private:
  struct Verdict {
    bool too_long = false;
    std::optional<automata::PatternError> error;
  };

  Verdict Parse(PatternLanguage language, const std::string& text) const;
  bool MatchesSomeNamespace(const NamePattern& pattern) const;
  std::optional<std::string_view> NamespaceOf(std::string_view text,
                                              std::string_view separator) const;
  std::optional<std::string> WithSeparator(std::string_view text) const;

  const source::Limits& limits_;
  automata::Limits automata_limits_;
  Reporter& reporter_;
  std::unordered_map<std::string, Verdict> verdicts_;  // by language and text
  std::map<std::string, ServerId, std::less<>> namespaces_;
  bool names_have_namespaces_ = true;  // false: the one server has the empty namespace
  std::unordered_map<std::string, bool> matches_some_;  // by kind and text
};

// The characters that a pattern's matches all begin with, as far as its text shows them; `whole`
// when that is all it matches.
struct LiteralPrefix {
  std::string text;
  bool whole = false;
};
LiteralPrefix PrefixOf(const NamePattern& pattern);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_PATTERN_CHECK_H_
