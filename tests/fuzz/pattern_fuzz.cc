// SPDX-License-Identifier: Apache-2.0
// A pattern and texts: the automaton of the pattern says of each text what RE2 says. RE2 gets a
// regular expression as it is, and a glob as the reference interpreter writes it as one. A witness
// of the automaton's language, and one of what is not in it, are texts like any other.
//
// Input: a letter for the kind of pattern (r n p u t), the pattern up to the first line break, then
// texts, a line each, and all of these lines as one text.

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/automata/dfa.h"
#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/automata/witness.h"
#include "compiler/reference/regex.h"
#include "runtime/json/utf8.h"
#include "tests/fuzz/require.h"

namespace mcplexer::automata {
namespace {

using fuzz::Require;
using reference::GlobKind;

// Enough for every construct; what is larger only takes longer.
constexpr size_t kLongestPattern = 200;
Limits FuzzLimits() {
  return {.max_pattern_bytes = kLongestPattern,
          .max_nfa_states = 20'000,
          .max_nfa_edges = 200'000,
          .max_dfa_states = 2'000,
          .max_subset_states = 4'000,
          .max_subset_elements = 400'000};
}

struct Kind {
  char letter;
  tl::expected<Nfa, PatternError> (*parse)(std::string_view, const Limits&);
  const Dfa& (*universe)();  // of the texts that the pattern is about
  GlobKind glob;             // of those behind the first
};

constexpr Kind kKinds[] = {
    {'r', ParseRegex, Utf8Universe, GlobKind::kText},
    {'c', ParseTextRegex, Utf8Universe, GlobKind::kText},
    {'n', ParseNameGlob, NameUniverse, GlobKind::kName},
    {'p', ParsePathGlob, PathUniverse, GlobKind::kPath},
    {'u', ParseUriGlob, UriUniverse, GlobKind::kUri},
    {'t', ParseTextGlob, Utf8Universe, GlobKind::kText},
};

const Kind& KindOf(uint8_t letter) {
  const auto* const at = std::ranges::find(kKinds, static_cast<char>(letter), &Kind::letter);
  return at != std::end(kKinds) ? *at : kKinds[letter % std::size(kKinds)];
}

bool IsRegex(const Kind& kind) { return kind.letter == 'r' || kind.letter == 'c'; }

std::unique_ptr<RE2> Oracle(const Kind& kind, std::string_view pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  return std::make_unique<RE2>(
      IsRegex(kind) ? std::string(pattern) : reference::RegexOfGlob(pattern, kind.glob), options);
}

class Comparison {
 public:
  Comparison(const Kind& kind, std::string_view pattern, const Dfa& dfa, const RE2& oracle)
      : kind_(kind), pattern_(pattern), dfa_(dfa), oracle_(oracle) {}

  // Whether the pattern matches, of which both are sure. `text` is in the universe.
  bool Matches(const std::string& text) const {
    const bool ours = dfa_.Matches(text);
    const bool theirs =
        RE2::FullMatch(kind_.glob == GlobKind::kPath ? reference::PathText(text) : text, oracle_);
    if (ours != theirs) {
      std::fprintf(stderr, "%c %s on %s: the automaton says %d\n", kind_.letter, pattern_.c_str(),
                   text.c_str(), ours);
    }
    Require(ours == theirs, "a text that RE2 judges otherwise");
    return ours;
  }

  // RE2 is asked about well-formed texts only: what it makes of others is not what we promise.
  void CheckText(std::string_view text) const {
    if (json::IsUtf8(text) && kind_.universe().Matches(text)) Matches(std::string(text));
  }

  void CheckWitnesses() const {
    const Dfa* const all[] = {&kind_.universe(), &Utf8Universe(), &dfa_};
    const auto inside = FindWitness(all, {}, FuzzLimits());
    if (inside && *inside) Require(Matches(**inside), "a witness that does not match");
    const auto outside = FindWitness(std::span(all).first(2), std::span(all).last(1), FuzzLimits());
    if (outside && *outside) Require(!Matches(**outside), "a witness of the rest that matches");
    if (inside && outside) Require(*inside || *outside, "a universe without texts");
  }

 private:
  const Kind& kind_;
  const std::string pattern_;
  const Dfa& dfa_;
  const RE2& oracle_;
};

void CheckRefusal(const Kind& kind, std::string_view pattern, const PatternError& error) {
  Require(!error.message.empty() && error.offset <= pattern.size() &&
              error.length <= pattern.size() - error.offset,
          "a place outside the pattern");
  if (IsRegex(kind)) return;  // RE2 accepts more, as pattern.h says
  if (kind.glob == GlobKind::kPath && pattern == "~") return;  // means home to a shell
  Require(pattern.empty() || pattern.find_first_of("[]{}\\*/.^") != std::string_view::npos ||
              pattern.size() > kLongestPattern || !json::IsUtf8(pattern) ||
              std::ranges::any_of(pattern, [](char c) { return static_cast<uint8_t>(c) < 0x20; }),
          "a plain text refused as a glob");
}

void Check(uint8_t letter, std::string_view pattern, std::string_view texts) {
  const Kind& kind = KindOf(letter);
  const auto nfa = kind.parse(pattern, FuzzLimits());
  if (!nfa) return CheckRefusal(kind, pattern, nfa.error());
  const auto oracle = Oracle(kind, pattern);
  Require(oracle->ok(), "a pattern that RE2 refuses");
  const auto dfa = ToDfa(*nfa, FuzzLimits());
  if (!dfa) return;  // too large
  const Comparison comparison(kind, pattern, *dfa, *oracle);
  comparison.CheckText(texts);
  while (!texts.empty()) {
    const size_t line = std::min(texts.find('\n'), texts.size());
    comparison.CheckText(texts.substr(0, line));
    texts.remove_prefix(std::min(line + 1, texts.size()));
  }
  comparison.CheckText("");
  comparison.CheckWitnesses();
}

}  // namespace
}  // namespace mcplexer::automata

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t line = std::min(text.find('\n'), text.size());
  mcplexer::automata::Check(data[0], text.substr(0, line),
                            text.substr(std::min(line + 1, text.size())));
  return 0;
}
