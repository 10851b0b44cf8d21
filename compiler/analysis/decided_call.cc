// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/decided_call.h"

#include <algorithm>

#include "compiler/automata/nfa.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {

Answer FindLetThrough(const CallSearch& search, RuleId id, const Area* area) {
  const model::Rule& rule = search.policy().rules[id.index()];
  if (search.space().box(id).empty) return {};
  Query query;
  query.matching = {id};
  query.area = area;
  for (const ConditionId condition : {rule.when, rule.require}) {
    if (condition.valid()) query.goals.push_back({condition, Wanted::kTrue});
  }
  query.spoils = [&](RuleId other) { return search.Precedes(other, id); };
  Answer answer = search.Find(query);
  if (answer.kind == Answer::Kind::kFound) {
    const reference::Outcome outcome = search.interpreter().Decide(answer.call);
    MCPLEXER_CHECK(outcome.verdict != reference::Outcome::Verdict::kDeny &&
                   std::ranges::count(outcome.rules, id) == 1);
  }
  return answer;
}

bool MayMeet(const Space& space, RuleId a, RuleId b) {
  const Box& left = space.box(a);
  const Box& right = space.box(b);
  return !left.empty && !right.empty &&
         space.PrincipalsOverlap(left.principals, right.principals) &&
         space.NamesOverlap(left.names, right.names);
}

Area AreaOf(const Space& space, RuleId rule) {
  Area area;
  const Box& box = space.box(rule);
  for (const auto& [field, language] : space.name_sets()[box.names].parts) {
    area.names.emplace_back(field, space.name_fields()[field].field.language(language));
  }
  area.principals = space.principal_sets()[box.principals];
  return area;
}

std::optional<Area> AreaOf(const Space& space, const KnownTool& tool) {
  if (!automata::NameUniverse().Matches(tool.item->name)) return std::nullopt;
  auto name = automata::ToDfa(automata::LiteralNfa(tool.item->name));
  if (!name) return std::nullopt;
  Area area;
  area.names.emplace_back(space.FieldOf(model::CallKind::kTool, tool.server), *std::move(name));
  for (size_t p = 0; p < space.policy().principals.size(); ++p) area.principals.emplace_back(p);
  return area;
}

}  // namespace mcplexer::analysis
