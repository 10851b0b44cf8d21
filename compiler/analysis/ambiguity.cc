// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/ambiguity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Policy;
using model::Rule;

// With no others.
std::optional<Ambiguity> Examine(const CallSearch& search, RuleId first, RuleId second) {
  const auto& rules = search.policy().rules;
  Query query;
  query.matching = {first, second};
  for (RuleId id : query.matching) {
    const ConditionId when = rules[id.index()].when;
    if (when.valid()) query.goals.push_back({when, Wanted::kTrue});
  }
  query.spoils = [&](RuleId id) {
    return id != first && id != second &&
           (search.Precedes(id, first) || search.Precedes(id, second));
  };
  Answer answer = search.Find(query);
  switch (answer.kind) {
    case Answer::Kind::kNone:
      return std::nullopt;
    case Answer::Kind::kUnknown:
      return Ambiguity{first, second, std::nullopt, {}};
    case Answer::Kind::kFound:
      break;
  }
  const reference::Outcome outcome = search.interpreter().Decide(answer.call);
  MCPLEXER_CHECK(outcome.reason == reference::Outcome::Reason::kAmbiguous);
  MCPLEXER_CHECK(std::ranges::find(outcome.rules, first) != outcome.rules.end());
  MCPLEXER_CHECK(std::ranges::find(outcome.rules, second) != outcome.rules.end());
  return Ambiguity{first, second, std::move(answer.call), {}};
}

// The pairs of which one rule is the first.
class AmbiguityFinder {
 public:
  explicit AmbiguityFinder(const CallSearch& search)
      : search_(search), space_(search.space()), policy_(search.policy()) {
    // Level rules by workspace, priority and whether they have a condition; then by their names, so
    // that names are compared once a pair of sets and not once a pair of rules.
    using Key = std::tuple<WorkspaceId, int32_t, bool>;
    std::map<Key, std::map<NameSetId, std::vector<RuleId>>> levels;
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      if (rule.effect == Effect::kDeny || space_.box(RuleId(r)).empty) continue;
      levels[{rule.workspace, rule.priority, rule.when.valid()}][space_.box(RuleId(r)).names]
          .push_back(RuleId(r));
    }
    meets_.resize(policy_.rules.size());
    for (auto& [key, by_names] : levels) {
      const size_t first = sets_.size();
      std::vector<NameSetId> names;
      for (auto& [set, rules] : by_names) {
        for (RuleId id : rules) meets_[id.index()] = sets_.size();
        names.push_back(set);
        sets_.push_back({std::move(rules), {}});
      }
      for (size_t a = 0; a < names.size(); ++a) {
        sets_[first + a].meets.push_back(first + a);
        for (size_t b = a + 1; b < names.size(); ++b) {
          if (!space_.NamesOverlap(names[a], names[b])) continue;
          sets_[first + a].meets.push_back(first + b);
          sets_[first + b].meets.push_back(first + a);
        }
      }
    }
  }

  // In the order of the second rule. Of more than `most` the last one has the rules in `others`.
  std::vector<Ambiguity> Find(RuleId first, size_t most) const {
    std::vector<Ambiguity> found;
    if (!meets_[first.index()]) return found;
    std::vector<RuleId> seconds;
    for (const size_t set : sets_[*meets_[first.index()]].meets) {
      const std::vector<RuleId>& rules = sets_[set].rules;
      for (auto second = std::ranges::upper_bound(rules, first); second != rules.end(); ++second) {
        if (MayBeAmbiguous(first, *second)) seconds.push_back(*second);
      }
    }
    std::ranges::sort(seconds);
    for (auto second = seconds.begin(); second != seconds.end(); ++second) {
      if (found.size() == most) {
        found.back().others.assign(second, seconds.end());
        break;
      }
      if (auto ambiguity = Examine(search_, first, *second)) found.push_back(*std::move(ambiguity));
    }
    return found;
  }

 private:
  struct SameNames {
    std::vector<RuleId> rules;  // ascending
    std::vector<size_t> meets;  // those of its level whose names overlap, itself too
  };

  bool MayBeAmbiguous(RuleId a, RuleId b) const {
    if (SameOutcome(policy_, policy_.rules[a.index()], policy_.rules[b.index()])) return false;
    if (!space_.Overlaps(a, b)) return false;
    const auto wider_than = [&](RuleId narrow, RuleId wide) {
      const auto& wider = search_.order().wider[narrow.index()];
      return std::ranges::find(wider, wide) != wider.end();
    };
    return !wider_than(a, b) && !wider_than(b, a);
  }

  const CallSearch& search_;
  const Space& space_;
  const Policy& policy_;
  std::vector<SameNames> sets_;
  std::vector<std::optional<size_t>> meets_;  // of a rule: the set that it is in
};

// More pairs of one rule are only named, and are not examined: what is to be done is the same.
constexpr size_t kMostShownPairs = 3;
constexpr size_t kMostNames = 5;

std::string OthersText(const Policy& policy, const Ambiguity& ambiguity) {
  std::string names;
  for (size_t i = 0; i < ambiguity.others.size() && i < kMostNames; ++i) {
    names += fmt::format("{}`{}`", i > 0 ? ", " : "", policy.rules[ambiguity.others[i].index()].id);
  }
  if (ambiguity.others.size() > kMostNames) {
    names += fmt::format(" and {} more", ambiguity.others.size() - kMostNames);
  }
  return fmt::format("`{}` differs from what it overlaps besides: {}; those were not examined",
                     policy.rules[ambiguity.first.index()].id, names);
}

void Show(const CallSearch& search, const Ambiguity& ambiguity, source::Diagnostics& diagnostics) {
  const Policy& policy = search.policy();
  const Rule& a = policy.rules[ambiguity.first.index()];
  const Rule& b = policy.rules[ambiguity.second.index()];
  const bool found = ambiguity.witness.has_value();
  source::Diagnostic& diagnostic = diagnostics.Report(
      found ? source::Code::kAmbiguousRoute : source::Code::kUndecidedAmbiguity, a.head_span,
      found ? fmt::format("`{}` and `{}` both match, {}", a.id, b.id, DifferenceText(policy, a, b))
            : fmt::format("`{}` and `{}` may both match, and it could not be settled whether "
                          "their conditions exclude each other",
                          a.id, b.id));
  diagnostic.Mark(OutcomeText(policy, a)).Also(b.head_span, OutcomeText(policy, b));
  if (found) {
    const std::string& home = search.territory().home_directory();
    diagnostic.Example(DescribeCall(policy, *ambiguity.witness, home) + " -> ambiguous");
  }
  if (!ambiguity.others.empty()) {
    diagnostic.notes.push_back({source::NoteKind::kNote, OthersText(policy, ambiguity)});
  }
  diagnostic.Help("give one a lower `priority`, or make one narrower");
}

}  // namespace

std::vector<Ambiguity> FindAmbiguities(const CallSearch& search) {
  const AmbiguityFinder finder(search);
  std::vector<Ambiguity> all;
  for (size_t r = 0; r < search.policy().rules.size(); ++r) {
    std::ranges::move(finder.Find(RuleId(r), SIZE_MAX), std::back_inserter(all));
  }
  return all;
}

void CheckAmbiguity(const CallSearch& search, source::Diagnostics& diagnostics,
                    const source::Limits& limits) {
  const AmbiguityFinder finder(search);
  const size_t most = limits.errors_per_file;
  std::map<FileId, size_t> reported;
  for (size_t r = 0; r < search.policy().rules.size(); ++r) {
    const source::Span span = search.policy().rules[r].head_span;
    size_t& count = reported[span.file];
    if (count > most) continue;
    for (const Ambiguity& ambiguity : finder.Find(RuleId(r), kMostShownPairs)) {
      if (++count > most) {
        diagnostics.Report(source::Code::kLimitExceeded, span,
                           fmt::format("more than {} pairs of rules in one file are ambiguous; the "
                                       "rest is not shown",
                                       most));
        break;
      }
      Show(search, ambiguity, diagnostics);
    }
  }
}

}  // namespace mcplexer::analysis
