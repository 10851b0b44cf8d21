// SPDX-License-Identifier: Apache-2.0
// One field of a call (the tool names of a namespace, the directories of a workspace) and the
// languages that rules speak of it. The languages are spread over one or more automata whose
// classes partition the field, so inclusion and overlap are questions about sorted lists of
// classes; only languages of different automata are compared by walking their product, and the
// answer is kept.

#ifndef MCPLEXER_COMPILER_ANALYSIS_FIELD_H_
#define MCPLEXER_COMPILER_ANALYSIS_FIELD_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

#include "compiler/automata/dfa.h"
#include "compiler/automata/limits.h"
#include "compiler/automata/partition.h"

namespace mcplexer::analysis {

using LanguageId = uint32_t;

class Field {
 public:
  // The id of a language, the same for equal languages. Call before Build only.
  LanguageId Add(const automata::Dfa& language);

  // Builds the automata over all languages added. `universe` outlives the field.
  tl::expected<void, automata::LimitError> Build(const automata::Dfa& universe,
                                                 const automata::Limits& limits);

  size_t size() const { return languages_.size(); }
  const automata::Dfa& language(LanguageId id) const { return languages_[id]; }
  // A shortest member; every language that is added is non-empty.
  const std::string& witness(LanguageId id) const { return witnesses_[id]; }
  const automata::PartitionedSets& automata() const { return automata_; }

  // The languages that hold `text`, ascending within each automaton.
  std::vector<LanguageId> Containing(std::string_view text) const;

  // Whether every member of `a` is one of `b`, and whether some member of `a` is. Memoised, so not
  // const for concurrent use: one thread at a time.
  bool IsSubset(LanguageId a, LanguageId b) const;
  bool Overlaps(LanguageId a, LanguageId b) const;

 private:
  bool SamePart(LanguageId a, LanguageId b) const {
    return automata_.part_of[a] == automata_.part_of[b];
  }

  std::vector<automata::Dfa> languages_;
  std::vector<std::string> witnesses_;
  std::unordered_multimap<uint64_t, LanguageId> by_hash_;
  automata::PartitionedSets automata_;
  std::vector<std::vector<uint32_t>> classes_;  // language -> its classes, ascending
  mutable std::unordered_map<uint64_t, bool> subset_;
  mutable std::unordered_map<uint64_t, bool> overlap_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_FIELD_H_
