// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/field.h"

#include <algorithm>
#include <utility>

#include "compiler/automata/witness.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

uint64_t PairKey(LanguageId a, LanguageId b) { return uint64_t{a} << 32 | b; }

bool SortedIntersect(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

}  // namespace

LanguageId Field::Add(const automata::Dfa& language) {
  MCPLEXER_CHECK(!language.IsEmpty());
  const uint64_t hash = language.Hash();
  for (auto [it, end] = by_hash_.equal_range(hash); it != end; ++it) {
    if (languages_[it->second] == language) return it->second;
  }
  const auto id = static_cast<LanguageId>(languages_.size());
  by_hash_.emplace(hash, id);
  languages_.push_back(language);
  witnesses_.push_back(*automata::ShortestWitness(language));
  return id;
}

tl::expected<void, automata::LimitError> Field::Build(const automata::Dfa& universe,
                                                      const automata::Limits& limits) {
  std::vector<automata::Nfa> nfas;
  nfas.reserve(languages_.size());
  for (const automata::Dfa& language : languages_) nfas.push_back(automata::ToNfa(language));
  std::vector<const automata::Nfa*> sets;
  sets.reserve(nfas.size());
  for (const automata::Nfa& nfa : nfas) sets.push_back(&nfa);

  automata::PartitionOptions options;
  options.limits = limits;
  auto parts = automata::PartitionSets(sets, &universe, options);
  if (!parts) return tl::unexpected(parts.error());
  automata_ = *std::move(parts);

  classes_.assign(languages_.size(), {});
  for (const auto& part : automata_.parts) {
    for (uint32_t c = 0; c < part.automaton.num_classes(); ++c) {
      for (uint32_t set : part.automaton.SetsOf(c)) classes_[set].push_back(c);
    }
  }
  return {};
}

std::vector<LanguageId> Field::Containing(std::string_view text) const {
  std::vector<LanguageId> found;
  for (const auto& part : automata_.parts) {
    const auto sets = part.automaton.SetsOf(part.automaton.ClassOf(text));
    found.insert(found.end(), sets.begin(), sets.end());
  }
  return found;
}

bool Field::IsSubset(LanguageId a, LanguageId b) const {
  if (a == b) return true;
  if (SamePart(a, b)) return std::ranges::includes(classes_[b], classes_[a]);
  auto [it, inserted] = subset_.try_emplace(PairKey(a, b), false);
  if (inserted) {
    const auto result = automata::IsSubset(languages_[a], languages_[b]);
    // Both automata are within the state limits and so is their product's visited part in practice;
    // where it is not, "not a subset" leaves the pair unordered, and an unordered pair with
    // different outcomes is an error, never a silent choice.
    it->second = result && *result;
  }
  return it->second;
}

bool Field::Overlaps(LanguageId a, LanguageId b) const {
  if (a == b) return true;
  if (SamePart(a, b)) return SortedIntersect(classes_[a], classes_[b]);
  auto [it, inserted] = overlap_.try_emplace(PairKey(std::min(a, b), std::max(a, b)), false);
  if (inserted) {
    const auto result = automata::Intersects(languages_[a], languages_[b]);
    it->second = !result || *result;
  }
  return it->second;
}

}  // namespace mcplexer::analysis
