// SPDX-License-Identifier: Apache-2.0
// Languages with an identity, so that what was computed of two of them is not computed again. The
// questions that are asked of a policy are about few languages (those of its rules, and what is
// left of them) and many in number, so nearly all of their intersections are the same ones.

#ifndef MCPLEXER_COMPILER_ANALYSIS_LANGUAGES_H_
#define MCPLEXER_COMPILER_ANALYSIS_LANGUAGES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <unordered_map>

#include "compiler/automata/dfa.h"
#include "compiler/automata/limits.h"

namespace mcplexer::analysis {

// Equal languages have mostly, not always, the same `id`.
struct Language {
  automata::Dfa dfa;
  uint32_t id = 0;

  bool IsEmpty() const { return dfa.IsEmpty(); }
  // A shortest member (automata/witness.h); the language is not empty.
  const std::string& witness() const;

 private:
  mutable std::optional<std::string> witness_;
};

using SharedLanguage = std::shared_ptr<const Language>;

// One thread at a time, languages included. Languages outlive it.
class Languages {
 public:
  SharedLanguage Of(automata::Dfa dfa);
  // The same for an automaton that stays where it is for as long as this lives.
  SharedLanguage OfLasting(const automata::Dfa& dfa);

  // Null where an automaton would pass the limits.
  SharedLanguage Intersection(const SharedLanguage& a, const SharedLanguage& b);
  SharedLanguage Difference(const SharedLanguage& a, const SharedLanguage& b);

 private:
  using Known = std::unordered_map<uint64_t, SharedLanguage>;

  SharedLanguage Keep(uint64_t key, tl::expected<automata::Dfa, automata::LimitError> computed,
                      Known& known);

  uint32_t next_id_ = 0;
  uint64_t held_ = 0;  // transitions of all that is kept
  std::unordered_multimap<uint64_t, SharedLanguage> by_hash_;
  std::unordered_map<const automata::Dfa*, SharedLanguage> lasting_;
  Known intersections_;  // by both ids, the smaller one first
  Known differences_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_LANGUAGES_H_
