// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/languages.h"

#include <algorithm>
#include <utility>

#include "compiler/automata/witness.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using automata::LimitError;

// Past this many transitions (4 bytes each) all is forgotten. Policies of ten thousand rules stay
// below; what is asked again after that is computed again.
constexpr uint64_t kMostHeld = 24'000'000;

uint64_t Key(uint32_t a, uint32_t b) { return uint64_t{a} << 32 | b; }

}  // namespace

const std::string& Language::witness() const {
  if (!witness_) witness_ = *automata::ShortestWitness(dfa);
  return *witness_;
}

SharedLanguage Languages::Of(Dfa dfa) {
  const uint64_t hash = dfa.Hash();
  for (auto [it, end] = by_hash_.equal_range(hash); it != end; ++it) {
    if (it->second->dfa == dfa) return it->second;
  }
  if (held_ > kMostHeld) {
    by_hash_.clear();
    intersections_.clear();
    differences_.clear();
    lasting_.clear();
    held_ = 0;
  }
  held_ += dfa.table().next.size();
  auto language = std::make_shared<Language>();
  language->dfa = std::move(dfa);
  language->id = next_id_++;
  by_hash_.emplace(hash, language);
  return language;
}

SharedLanguage Languages::OfLasting(const Dfa& dfa) {
  const auto it = lasting_.find(&dfa);
  if (it != lasting_.end()) return it->second;
  SharedLanguage language = Of(dfa);
  lasting_.emplace(&dfa, language);
  return language;
}

SharedLanguage Languages::Keep(uint64_t key, tl::expected<Dfa, LimitError> computed, Known& known) {
  SharedLanguage language = computed ? Of(*std::move(computed)) : nullptr;
  known.emplace(key, language);
  return language;
}

SharedLanguage Languages::Intersection(const SharedLanguage& a, const SharedLanguage& b) {
  if (a->id == b->id) return a;
  const uint64_t key = Key(std::min(a->id, b->id), std::max(a->id, b->id));
  const auto it = intersections_.find(key);
  if (it != intersections_.end()) return it->second;
  return Keep(key, automata::Intersection(a->dfa, b->dfa), intersections_);
}

SharedLanguage Languages::Difference(const SharedLanguage& a, const SharedLanguage& b) {
  const uint64_t key = Key(a->id, b->id);
  const auto it = differences_.find(key);
  if (it != differences_.end()) return it->second;
  return Keep(key, automata::Difference(a->dfa, b->dfa), differences_);
}

}  // namespace mcplexer::analysis
