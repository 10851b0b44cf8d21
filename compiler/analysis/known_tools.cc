// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/known_tools.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/source/printable.h"

namespace mcplexer::analysis {

using model::CallKind;

KnownTools::KnownTools(const Space& space, const inventory::Inventory& inventory) : space_(space) {
  for (size_t s = 0; s < space.policy().servers.size(); ++s) {
    const model::Server& server = space.policy().servers[s];
    const inventory::Server* recorded = inventory.Find(server.name);
    known_.push_back(recorded != nullptr);
    tools_.emplace_back();
    if (recorded == nullptr) continue;
    for (const inventory::Item& item : recorded->of(inventory::Kind::kTool)) {
      tools_.back().push_back({ServerId(s), &item, NamePrefix(server) + item.name});
    }
  }
}

const std::vector<const KnownTool*>& KnownTools::MatchedBy(RuleId rule) const {
  static const std::vector<const KnownTool*> kNothing;
  const Box& box = space_.box(rule);
  if (box.empty || space_.policy().rules[rule.index()].kind != CallKind::kTool) return kNothing;
  const auto [at, added] = matched_.try_emplace(box.names);
  if (!added) return at->second;
  for (const auto& [field, language] : space_.name_sets()[box.names].parts) {
    const NameField& names = space_.name_fields()[field];
    const automata::Dfa& dfa = names.field.language(language);
    for (const KnownTool& tool : of(names.server)) {
      if (dfa.Matches(tool.item->name)) at->second.push_back(&tool);
    }
  }
  return at->second;
}

bool KnownTools::KnowsAllOf(RuleId rule) const {
  const Box& box = space_.box(rule);
  if (box.empty) return false;
  return std::ranges::all_of(space_.name_sets()[box.names].parts, [&](const auto& part) {
    return Knows(space_.name_fields()[part.first].server);
  });
}

std::string ListText(const std::vector<const KnownTool*>& tools, size_t most) {
  std::string text;
  const size_t shown = tools.size() > most + 1 ? most : tools.size();
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == tools.size() ? " and " : ", ";
    text += fmt::format("`{}`", source::Printable(tools[i]->exposed));
  }
  if (shown < tools.size()) text += fmt::format(" and {} more", tools.size() - shown);
  return text;
}

}  // namespace mcplexer::analysis
