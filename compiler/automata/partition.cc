// SPDX-License-Identifier: Apache-2.0
// Grouping by shape (shape.h), then packing by measurement: how many of the next sets fit under the
// threshold is found by bisection, building trial automata that stop soon after the threshold.
// Packing works on the sets' own minimal automata, whose product has no states that only an NFA's
// leftovers tell apart.
#include "compiler/automata/partition.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "compiler/automata/set_build.h"
#include "compiler/automata/shape.h"

namespace mcplexer::automata {
namespace {

Dfa AllStrings() {
  DfaTable table;
  table.next = {0};
  table.label = {1};
  return Dfa::FromTable(std::move(table));
}

class Partitioner {
 public:
  Partitioner(std::span<const Nfa* const> sets, const Dfa* universe,
              const PartitionOptions& options)
      : sets_(sets.begin(), sets.end()), universe_(universe), options_(options) {
    result_.part_of.assign(sets.size(), 0);
  }

  tl::expected<PartitionedSets, LimitError> Run() {
    if (auto error = Classify()) return tl::unexpected(*std::move(error));
    if (auto error = BuildAnchored()) return tl::unexpected(*std::move(error));
    if (auto error = Pack(suffixes_)) return tl::unexpected(*std::move(error));
    if (auto error = Pack(floating_)) return tl::unexpected(*std::move(error));
    for (PartitionedSets::Part& part : result_.parts) {
      FindClassWitnesses(part.automaton, universe_);
    }
    return std::move(result_);
  }

 private:
  using Indexes = std::vector<std::uint32_t>;

  std::optional<LimitError> Classify() {
    const Dfa all = AllStrings();
    const Dfa& universe = universe_ == nullptr ? all : *universe_;
    reduced_.resize(sets_.size());
    for (std::uint32_t i = 0; i < sets_.size(); ++i) {
      if (IsPlainlyAnchored(*sets_[i], universe)) {
        anchored_.push_back(i);
        continue;
      }
      auto dfa = ToDfa(*sets_[i], options_.limits);
      if (dfa) dfa = Intersection(*dfa, universe, options_.limits);
      if (!dfa) return LimitError{dfa.error().message, {i}};
      switch (ClassifyShape(*dfa, universe).shape) {
        case Shape::kAnchored:
          anchored_.push_back(i);
          continue;
        case Shape::kSegmentWildcard:
          segments_.push_back(i);
          break;
        case Shape::kSuffix:
          suffixes_.push_back(i);
          break;
        case Shape::kFloating:
          floating_.push_back(i);
          break;
      }
      reduced_[i] = ToNfa(*dfa);
      sets_[i] = &reduced_[i];
    }
    return std::nullopt;
  }

  tl::expected<SetAutomaton, LimitError> Build(std::span<const std::uint32_t> indexes,
                                               const Limits& limits) {
    std::vector<const Nfa*> members;
    members.reserve(indexes.size());
    for (std::uint32_t i : indexes) members.push_back(sets_[i]);
    return BuildClasses(members, universe_, limits, indexes);
  }

  LimitError Blame(LimitError error, std::span<const std::uint32_t> indexes) {
    std::vector<const Nfa*> members;
    for (std::uint32_t i : indexes) members.push_back(sets_[i]);
    for (std::uint32_t position : FindCulprits(members, universe_, options_.limits)) {
      error.culprits.push_back(indexes[position]);
    }
    return error;
  }

  void Accept(std::span<const std::uint32_t> indexes, SetAutomaton automaton) {
    for (std::uint32_t i : indexes) {
      result_.part_of[i] = static_cast<std::uint32_t>(result_.parts.size());
    }
    result_.parts.push_back({Indexes(indexes.begin(), indexes.end()), std::move(automaton)});
  }

  // Wildcards over one segment multiply little, because a slash ends what they wait in; where they
  // do nevertheless, they are packed with the floating ones.
  std::optional<LimitError> BuildAnchored() {
    Indexes together;
    std::ranges::merge(anchored_, segments_, std::back_inserter(together));
    if (together.empty()) return std::nullopt;
    auto built = Build(together, options_.limits);
    if (!built && !segments_.empty()) {
      Indexes rest;
      std::ranges::merge(floating_, segments_, std::back_inserter(rest));
      floating_ = std::move(rest);
      together = anchored_;
      if (together.empty()) return std::nullopt;
      built = Build(together, options_.limits);
    }
    if (!built) return Blame(built.error(), together);
    Accept(together, *std::move(built));
    return std::nullopt;
  }

  std::optional<LimitError> Pack(const Indexes& indexes) {
    Limits trial = options_.limits;
    trial.max_dfa_states = std::min(trial.max_dfa_states, options_.max_packed_states);
    trial.max_subset_states = std::min(trial.max_subset_states, 2 * options_.max_packed_states);
    std::size_t begin = 0;
    std::size_t guess = indexes.size();
    while (begin < indexes.size()) {
      // `fits` sets are known to fit, `fails` not to. The first guess is all there are, later ones
      // a little more than fitted last time, because a trial that fails costs most.
      std::size_t fits = 0;
      std::size_t fails = indexes.size() - begin + 1;
      SetAutomaton best;
      for (std::size_t count = std::min(guess, fails - 1); count > fits && count < fails;) {
        const auto members = std::span(indexes).subspan(begin, count);
        auto built = Build(members, trial);
        if (built) {
          fits = count;
          best = *std::move(built);
        } else {
          fails = count;
        }
        count = fits + (fails - fits) / 2;
      }
      if (fits == 0) {
        // Too large even alone: that is its own business up to the limit.
        fits = 1;
        const auto single = std::span(indexes).subspan(begin, 1);
        auto built = Build(single, options_.limits);
        if (!built) return LimitError{built.error().message, {indexes[begin]}};
        best = *std::move(built);
      }
      Accept(std::span(indexes).subspan(begin, fits), std::move(best));
      guess = fits + 1;
      begin += fits;
    }
    return std::nullopt;
  }

  std::vector<const Nfa*> sets_;
  const Dfa* universe_;
  const PartitionOptions& options_;
  std::vector<Nfa> reduced_;  // where sets_ points to after classification, for some
  Indexes anchored_;
  Indexes segments_;
  Indexes suffixes_;
  Indexes floating_;
  PartitionedSets result_;
};

}  // namespace

tl::expected<PartitionedSets, LimitError> PartitionSets(std::span<const Nfa* const> sets,
                                                        const Dfa* universe,
                                                        const PartitionOptions& options) {
  return Partitioner(sets, universe, options).Run();
}

}  // namespace mcplexer::automata
