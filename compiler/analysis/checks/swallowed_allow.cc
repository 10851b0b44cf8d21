// SPDX-License-Identifier: Apache-2.0
// W0403: an allow that names a tool, literally, which a deny takes away altogether, while the rest
// of the allow is in effect. Whoever writes a name means it; whoever writes `github__*` beside
// a deny means the rest. (Where nothing of the allow is left it is W0302.)
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/written_patterns.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::NamePattern;
using model::Rule;

// The denies that take all calls to the name, or none where some are left.
Answer FindCall(const LintContext& context, RuleId id, const Area& area, bool denies) {
  Query query;
  query.matching = {id};
  query.area = &area;
  const ConditionId when = context.policy().rules[id.index()].when;
  if (when.valid()) query.goals.push_back({when, Wanted::kTrue});
  if (denies) {
    query.spoils = [&](RuleId other) {
      return context.policy().rules[other.index()].effect == Effect::kDeny;
    };
  }
  return context.search.Find(query);
}

}  // namespace

void CheckSwallowedAllows(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (rule.effect == Effect::kDeny || context.reach()[r].kind != Reach::Kind::kDecides) continue;
    if (rule.names.size() < 2) continue;
    for (const NamePattern& pattern : rule.names) {
      if (!IsLiteral(pattern)) continue;
      Area area;
      auto names = LanguagesOf(context.space(), rule.kind, rule.server, {pattern}, {});
      if (!names || names->empty()) continue;
      area.names = *std::move(names);
      area.principals = rule.principals;
      const Answer called = FindCall(context, RuleId(r), area, false);
      if (called.kind != Answer::Kind::kFound) continue;
      const Answer left = FindCall(context, RuleId(r), area, true);
      if (left.kind != Answer::Kind::kNone || left.in_the_way.empty()) continue;
      const Rule& deny = policy.rules[left.in_the_way.front().index()];
      ReportRule(diagnostics, source::Code::kSwallowedAllow, rule, pattern.span,
                 fmt::format("`{}` names `{}`, but `{}` denies it", rule.id, pattern.text, deny.id))
          .Mark("never gets through")
          .Also(deny.head_span, "denies it; a deny always wins")
          .Example(DescribeCall(policy, called.call, context.home_directory()) + " -> deny")
          .Help(fmt::format("write `except {}` into the deny, or leave the name out here",
                            pattern.text));
    }
  }
}

}  // namespace mcplexer::analysis
