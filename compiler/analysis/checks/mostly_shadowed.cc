// SPDX-License-Identifier: Apache-2.0
// W0305: an allow or approve rule that is left some call, though none of a tool that there is: all
// that the inventory knows of what it matches goes to rules that do something else.
//
// A rule that is wide beside narrower ones is the rest behind its exceptions, and may well be meant
// for tools that are still to come. So what rules take away whose names lie within its own does
// not count; what is left are denies and rules that reach in from elsewhere.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/analysis/outcome.h"

namespace mcplexer::analysis {
namespace {

using model::Rule;

constexpr size_t kMostTakers = 3;
// Tools of one rule. Each is a question about calls; a rule over more is no narrow slip.
constexpr size_t kMostTools = 200;

class MostlyShadowed {
 public:
  MostlyShadowed(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context),
        policy_(context.policy()),
        tools_(context.tools()),
        diagnostics_(diagnostics) {}

  void Run() {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const Reach& reach = context_.reach()[r];
      if (policy_.rules[r].effect == model::Effect::kDeny) continue;
      if (reach.kind != Reach::Kind::kDecides || !reach.witness) continue;
      const auto& matched = tools_.MatchedBy(RuleId(r));
      if (matched.empty() || matched.size() > kMostTools || !tools_.KnowsAllOf(RuleId(r))) continue;
      Look(RuleId(r), matched);
    }
  }

 private:
  void Look(RuleId id, const std::vector<const KnownTool*>& matched) {
    std::set<RuleId> takers;
    for (const KnownTool* tool : matched) {
      const Answer left = Find(id, *tool, /*spoiled=*/true);
      if (left.kind != Answer::Kind::kNone) return;
      takers.insert(left.in_the_way.begin(), left.in_the_way.end());
    }
    std::erase_if(takers, [&](RuleId other) {
      return SameOutcome(policy_, policy_.rules[id.index()], policy_.rules[other.index()]);
    });
    if (!takers.empty()) Report(id, matched, takers);
  }

  // A call of the tool that the rule matches; `spoiled`: and that none from elsewhere takes.
  Answer Find(RuleId id, const KnownTool& tool, bool spoiled) const {
    const Rule& rule = policy_.rules[id.index()];
    const auto area = AreaOf(context_.space(), tool);
    if (!area) return {Answer::Kind::kUnknown, {}, {}, {}};
    Query query;
    query.matching = {id};
    query.area = &*area;
    if (rule.when.valid()) query.goals.push_back({rule.when, Wanted::kTrue});
    if (spoiled) {
      query.spoils = [&](RuleId other) {
        return context_.search.Precedes(other, id) && !IsException(other, id);
      };
    }
    return context_.search.Find(query);
  }

  bool IsException(RuleId other, RuleId id) const {
    const Space& space = context_.space();
    const NameSetId narrow = space.box(other).names;
    const NameSetId wide = space.box(id).names;
    return narrow != wide && space.NamesSubset(narrow, wide);
  }

  void Report(RuleId id, const std::vector<const KnownTool*>& matched,
              const std::set<RuleId>& takers) {
    const Rule& rule = policy_.rules[id.index()];
    const Rule& first = policy_.rules[takers.begin()->index()];
    auto& diagnostic =
        ReportRule(diagnostics_, source::Code::kMostlyShadowed, rule, rule.head_span,
                   fmt::format("`{}` decides no call of a known tool: {} {} to `{}`{}", rule.id,
                               ListText(matched), matched.size() == 1 ? "goes" : "go", first.id,
                               takers.size() == 1 ? "" : " and others"))
            .Mark(OutcomeText(policy_, rule));
    size_t shown = 0;
    for (RuleId other : takers) {
      if (++shown > kMostTakers) break;
      const Rule& taker = policy_.rules[other.index()];
      diagnostic.Also(taker.head_span, OutcomeText(policy_, taker));
    }
    const Answer taken = Find(id, *matched.front(), /*spoiled=*/false);
    if (taken.kind == Answer::Kind::kFound) {
      diagnostic.Example(DescribeDecision(context_.search, taken.call));
    }
    diagnostic.Example(DescribeDecision(context_.search, *context_.reach()[id.index()].witness) +
                       ", though no such tool is known");
    diagnostic.Help(first.effect == model::Effect::kDeny
                        ? "take the tools out of the deny with `except`, or delete this rule"
                        : "give this rule what should come to it, or delete it");
  }

  const LintContext& context_;
  const model::Policy& policy_;
  const KnownTools& tools_;
  source::Diagnostics& diagnostics_;
};

}  // namespace

void CheckMostlyShadowed(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory != nullptr) MostlyShadowed(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
