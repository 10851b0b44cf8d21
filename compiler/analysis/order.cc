// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/order.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <string_view>
#include <unordered_map>

namespace mcplexer::analysis {
namespace {

bool IsDeny(const model::Rule& rule) { return rule.effect == model::Effect::kDeny; }
bool IsConditional(const model::Rule& rule) { return rule.when.valid(); }

// Rules of one workspace and priority, conditional or not: a linear extension of inclusion, the
// smallest rule id first wherever there is a choice.
std::vector<RuleId> LinearExtension(const std::vector<RuleId>& rules, const Order& order,
                                    const std::function<bool(RuleId)>& belongs) {
  std::unordered_map<RuleId, uint32_t> narrower;  // how many are still to come before it
  for (RuleId rule : rules) narrower.try_emplace(rule, 0);
  for (RuleId rule : rules) {
    for (RuleId wider : order.wider[rule.index()]) {
      if (belongs(wider)) ++narrower[wider];
    }
  }
  std::priority_queue<RuleId, std::vector<RuleId>, std::greater<>> ready;
  for (RuleId rule : rules) {
    if (narrower[rule] == 0) ready.push(rule);
  }
  std::vector<RuleId> sorted;
  while (!ready.empty()) {
    const RuleId rule = ready.top();
    ready.pop();
    sorted.push_back(rule);
    for (RuleId wider : order.wider[rule.index()]) {
      if (belongs(wider) && --narrower[wider] == 0) ready.push(wider);
    }
  }
  return sorted;
}

}  // namespace

RuleIndex::RuleIndex(const Space& space)
    : space_(space), by_names_(space.policy().workspaces.size()) {
  const auto& rules = space.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    const Box& box = space.box(RuleId(r));
    if (!box.empty) by_names_[rules[r].workspace.index()][box.names].push_back(RuleId(r));
  }
}

std::vector<RuleId> RuleIndex::Matching(WorkspaceId workspace, FieldId field, std::string_view name,
                                        std::string_view subpath, PrincipalId principal) const {
  std::vector<LanguageId> paths = space_.paths(workspace).Containing(subpath);
  std::ranges::sort(paths);
  std::vector<RuleId> found;
  const auto& by_names = by_names_[workspace.index()];
  for (LanguageId language : space_.name_fields()[field].field.Containing(name)) {
    for (NameSetId set : space_.NameSetsWith(field, language)) {
      const auto rules = by_names.find(set);
      if (rules == by_names.end()) continue;
      for (RuleId rule : rules->second) {
        const Box& box = space_.box(rule);
        if (std::ranges::binary_search(paths, box.paths) &&
            std::ranges::binary_search(space_.principal_sets()[box.principals], principal)) {
          found.push_back(rule);
        }
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

Order ComputeOrder(const Space& space) {
  const auto& rules = space.policy().rules;
  Order order;
  order.place.assign(rules.size(), 0);
  order.beaten_by.resize(rules.size());
  order.wider.resize(rules.size());

  const RuleIndex index(space);
  for (size_t r = 0; r < rules.size(); ++r) {
    const RuleId id(r);
    const Box& box = space.box(id);
    if (box.empty || IsDeny(rules[r])) continue;
    const auto& [field, language] = space.name_sets()[box.names].parts.front();
    const auto sample = index.Matching(rules[r].workspace, field,
                                       space.name_fields()[field].field.witness(language),
                                       space.paths(rules[r].workspace).witness(box.paths),
                                       space.principal_sets()[box.principals].front());
    for (RuleId other : sample) {
      const model::Rule& wide = rules[other.index()];
      if (other == id || IsDeny(wide) || wide.priority != rules[r].priority) continue;
      if (!space.IsStrictSubset(id, other)) continue;
      order.wider[r].push_back(other);
      if (IsConditional(wide) && !IsConditional(rules[r])) {
        order.beaten_by[other.index()].push_back(id);
      }
    }
  }

  std::vector<RuleId> sorted(rules.size());
  for (size_t r = 0; r < rules.size(); ++r) sorted[r] = RuleId(r);
  const auto level = [&](RuleId id) {
    const model::Rule& rule = rules[id.index()];
    return std::tuple(rule.workspace, !IsDeny(rule), IsDeny(rule) ? 0 : rule.priority,
                      !IsDeny(rule) && !IsConditional(rule));
  };
  std::ranges::stable_sort(sorted, {}, level);
  uint32_t place = 0;
  for (size_t begin = 0; begin < sorted.size();) {
    size_t end = begin;
    while (end < sorted.size() && level(sorted[end]) == level(sorted[begin])) ++end;
    std::vector<RuleId> same(sorted.begin() + static_cast<ptrdiff_t>(begin),
                             sorted.begin() + static_cast<ptrdiff_t>(end));
    if (!IsDeny(rules[same.front().index()])) {
      const auto wanted = level(same.front());
      same = LinearExtension(same, order, [&](RuleId rule) { return level(rule) == wanted; });
    }
    for (RuleId rule : same) order.place[rule.index()] = place++;
    begin = end;
  }
  return order;
}

}  // namespace mcplexer::analysis
