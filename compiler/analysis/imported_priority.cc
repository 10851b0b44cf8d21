// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/imported_priority.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/analysis/describe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Policy;
using model::Rule;

class PriorityExaminer {
 public:
  explicit PriorityExaminer(const CallSearch& search)
      : search_(search), rules_(search.policy().rules) {
    for (size_t r = 0; r < rules_.size(); ++r) {
      if (rules_[r].effect != Effect::kDeny || search.space().box(RuleId(r)).empty) continue;
      if (rules_[r].imported_deny_priority) imported_.push_back(RuleId(r));
    }
  }

  bool idle() const { return imported_.empty(); }

  std::optional<Overruled> Examine(RuleId allow) const {
    std::optional<Overruled> found;
    RuleId unsettled;
    for (RuleId deny : imported_) {
      if (*Get(deny).imported_deny_priority <= Get(allow).priority) continue;
      if (!MayMeet(allow, deny)) continue;
      Answer answer = ExaminePair(allow, deny);
      if (answer.kind == Answer::Kind::kUnknown && !unsettled.valid()) unsettled = deny;
      if (answer.kind != Answer::Kind::kFound) continue;
      if (found) {
        ++found->more;
      } else {
        Confirm(answer.call, deny);
        found = Overruled{allow, deny, 0, std::move(answer.call)};
      }
    }
    if (!found && unsettled.valid()) found = Overruled{allow, unsettled, 0, std::nullopt};
    return found;
  }

 private:
  const Rule& Get(RuleId id) const { return rules_[id.index()]; }

  // Rules of two workspaces can match one call only where one lies in the other.
  bool MayMeet(RuleId a, RuleId b) const {
    const Space& space = search_.space();
    const auto lies_in = [&](RuleId inner, RuleId outer) {
      const auto& within = search_.territory().Within(Get(outer).workspace);
      return std::ranges::find(within, Get(inner).workspace) != within.end();
    };
    return (lies_in(a, b) || lies_in(b, a)) &&
           space.PrincipalsOverlap(space.box(a).principals, space.box(b).principals) &&
           space.NamesOverlap(space.box(a).names, space.box(b).names);
  }

  Answer ExaminePair(RuleId allow, RuleId deny) const {
    Query query;
    query.matching = {allow, deny};
    const auto want = [&](ConditionId condition, Wanted wanted) {
      if (condition.valid()) query.goals.push_back({condition, wanted});
    };
    // What the allow itself turns down it never let through.
    want(Get(allow).when, Wanted::kTrue);
    want(Get(allow).require, Wanted::kTrue);
    want(Get(deny).when, Wanted::kNotFalse);
    query.spoils = [&](RuleId id) {
      const std::optional<int64_t>& imported = Get(id).imported_deny_priority;
      return Get(id).effect == Effect::kDeny && !(imported && *imported > Get(allow).priority);
    };
    return search_.Find(query);
  }

  // Of what is shown; the others are counted only, and each asks all rules.
  void Confirm(const reference::Call& call, RuleId deny) const {
    const reference::Outcome outcome = search_.interpreter().Decide(call);
    MCPLEXER_CHECK(outcome.verdict == reference::Outcome::Verdict::kDeny);
    MCPLEXER_CHECK(std::ranges::find(outcome.rules, deny) != outcome.rules.end());
  }

  const CallSearch& search_;
  const std::vector<Rule>& rules_;
  std::vector<RuleId> imported_;
};

}  // namespace

std::vector<Overruled> FindOverruled(const CallSearch& search) {
  std::vector<Overruled> found;
  const PriorityExaminer examiner(search);
  if (examiner.idle()) return found;
  const auto& rules = search.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].effect == Effect::kDeny || search.space().box(RuleId(r)).empty) continue;
    if (auto overruled = examiner.Examine(RuleId(r))) found.push_back(*std::move(overruled));
  }
  return found;
}

void CheckImportedPriorities(const CallSearch& search, source::Diagnostics& diagnostics) {
  const Policy& policy = search.policy();
  for (const Overruled& overruled : FindOverruled(search)) {
    const Rule& allow = policy.rules[overruled.allow.index()];
    const Rule& deny = policy.rules[overruled.deny.index()];
    const std::string more = overruled.more == 0 ? ""
                             : overruled.more == 1
                                 ? " and one more deny"
                                 : fmt::format(" and {} more denies", overruled.more);
    const std::string_view verb = !overruled.witness    ? "may win"
                                  : overruled.more == 0 ? "wins"
                                                        : "win";
    auto& diagnostic = diagnostics
                           .Report(source::Code::kPriorityNoLongerWins, allow.head_span,
                                   fmt::format("`{}`{} {} over `{}`, whose number is lower",
                                               deny.id, more, verb, allow.id))
                           .Mark(fmt::format("priority {}", allow.priority))
                           .Also(deny.head_span,
                                 fmt::format("priority {}, which means nothing: a deny always wins",
                                             *deny.imported_deny_priority));
    if (overruled.witness) {
      diagnostic.Example(
          DescribeCall(policy, *overruled.witness, search.territory().home_directory()) +
          " -> deny");
    }
    diagnostic.Help(
        "where the calls should go through, take them out of the deny with `except`; where they "
        "should not, out of this rule");
  }
}

}  // namespace mcplexer::analysis
