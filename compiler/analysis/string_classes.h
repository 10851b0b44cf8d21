// SPDX-License-Identifier: Apache-2.0
// Strings that stand for all others where patterns and constants are asked about one value: one of
// each class of strings that none of these tells apart. Finding them takes an automaton of all the
// patterns together, and the same patterns are asked about again and again, so they are kept.

#ifndef MCPLEXER_COMPILER_ANALYSIS_STRING_CLASSES_H_
#define MCPLEXER_COMPILER_ANALYSIS_STRING_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/automata/dfa.h"
#include "compiler/automata/nfa.h"

namespace mcplexer::analysis {

// One thread at a time.
class StringClasses {
 public:
  enum class PatternKind : uint8_t { kGlob, kRegex };  // of `like` and of `matches`
  using Pattern = std::pair<PatternKind, std::string>;

  struct Asked {
    std::vector<Pattern> patterns;
    std::set<std::string> strings;
    std::vector<std::string> directories;  // what lies in them, written plainly
    // Strings that do not match all of the first, or match one of the second, are of no interest:
    // so n forbidden words are not 2^n classes.
    std::set<Pattern> must = {};
    std::set<Pattern> must_not = {};
  };
  struct Classes {
    std::vector<std::string> members;  // a shortest one of each
    bool complete = true;              // false where automata would pass the limits
  };

  // Past `most_kept` answers all are forgotten.
  explicit StringClasses(size_t most_kept = 20'000) : most_kept_(most_kept) {}

  // Valid until the next call.
  const Classes& Of(const Asked& asked);

 private:
  const std::optional<automata::Nfa>& Parse(const Pattern& pattern);
  // The strings of interest; null where there is no such automaton within the limits.
  const automata::Dfa* Interesting(const Asked& asked);

  const size_t most_kept_;
  std::unordered_map<std::string, Classes> classes_;
  std::unordered_map<std::string, std::optional<automata::Nfa>> patterns_;
  std::unordered_map<std::string, std::optional<automata::Dfa>> interesting_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_STRING_CLASSES_H_
