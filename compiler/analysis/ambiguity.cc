// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/ambiguity.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
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
      return Ambiguity{first, second, std::nullopt};
    case Answer::Kind::kFound:
      break;
  }
  const reference::Outcome outcome = search.interpreter().Decide(answer.call);
  MCPLEXER_CHECK(outcome.reason == reference::Outcome::Reason::kAmbiguous);
  MCPLEXER_CHECK(std::ranges::find(outcome.rules, first) != outcome.rules.end());
  MCPLEXER_CHECK(std::ranges::find(outcome.rules, second) != outcome.rules.end());
  return Ambiguity{first, second, std::move(answer.call)};
}

}  // namespace

std::vector<Ambiguity> FindAmbiguities(const CallSearch& search) {
  const Space& space = search.space();
  const Policy& policy = space.policy();

  // Level rules by workspace, priority and whether they have a condition; then by their names, so
  // that names are compared once a pair of sets and not once a pair of rules.
  using Level = std::tuple<WorkspaceId, int32_t, bool>;
  std::map<Level, std::map<NameSetId, std::vector<RuleId>>> levels;
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (rule.effect == Effect::kDeny || space.box(RuleId(r)).empty) continue;
    levels[{rule.workspace, rule.priority, rule.when.valid()}][space.box(RuleId(r)).names]
        .push_back(RuleId(r));
  }

  std::vector<Ambiguity> found;
  const auto examine = [&](RuleId a, RuleId b) {
    if (SameOutcome(policy, policy.rules[a.index()], policy.rules[b.index()])) return;
    if (!space.Overlaps(a, b)) return;
    const auto wider_than = [&](RuleId narrow, RuleId wide) {
      const auto& wider = search.order().wider[narrow.index()];
      return std::ranges::find(wider, wide) != wider.end();
    };
    if (wider_than(a, b) || wider_than(b, a)) return;
    if (auto ambiguity = Examine(search, std::min(a, b), std::max(a, b))) {
      found.push_back(*std::move(ambiguity));
    }
  };
  for (const auto& [level, by_names] : levels) {
    for (auto i = by_names.begin(); i != by_names.end(); ++i) {
      for (size_t a = 0; a < i->second.size(); ++a) {
        for (size_t b = a + 1; b < i->second.size(); ++b) examine(i->second[a], i->second[b]);
      }
      for (auto j = std::next(i); j != by_names.end(); ++j) {
        if (!space.NamesOverlap(i->first, j->first)) continue;
        for (RuleId a : i->second) {
          for (RuleId b : j->second) examine(a, b);
        }
      }
    }
  }
  std::ranges::sort(found, {}, [](const Ambiguity& a) { return std::pair(a.first, a.second); });
  return found;
}

void CheckAmbiguity(const CallSearch& search, source::Diagnostics& diagnostics) {
  const Policy& policy = search.policy();
  const std::string& home = search.territory().home_directory();
  for (const Ambiguity& ambiguity : FindAmbiguities(search)) {
    const Rule& a = policy.rules[ambiguity.first.index()];
    const Rule& b = policy.rules[ambiguity.second.index()];
    if (!ambiguity.witness) {
      diagnostics
          .Report(source::Code::kUndecidedAmbiguity, a.head_span,
                  fmt::format("`{}` and `{}` may both match, and it could not be settled whether "
                              "their conditions exclude each other",
                              a.id, b.id))
          .Mark(OutcomeText(policy, a))
          .Also(b.head_span, OutcomeText(policy, b))
          .Help("give one a lower `priority`, or make one narrower");
      continue;
    }
    diagnostics
        .Report(
            source::Code::kAmbiguousRoute, a.head_span,
            fmt::format("`{}` and `{}` both match, {}", a.id, b.id, DifferenceText(policy, a, b)))
        .Mark(OutcomeText(policy, a))
        .Also(b.head_span, OutcomeText(policy, b))
        .Example(DescribeCall(policy, *ambiguity.witness, home) + " -> ambiguous")
        .Help("give one a lower `priority`, or make one narrower");
  }
}

}  // namespace mcplexer::analysis
