// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/risky_reach.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/describe.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/inventory/drift.h"

namespace mcplexer::analysis {
namespace {

// Calls that are looked for, for one rule. What a rule reaches is named up to this many.
constexpr size_t kMostCalls = 50;

// Of the tools, those that the rule really decides a call of, and one such call.
struct Reached {
  std::vector<const KnownTool*> tools;
  std::optional<reference::Call> call;
};

Reached Confirm(const CallFinder& finder, RuleId rule, const std::vector<const KnownTool*>& tools) {
  Reached reached;
  for (size_t i = 0; i < std::min(tools.size(), kMostCalls); ++i) {
    auto call = finder.Find(rule, *tools[i]);
    if (!call) continue;
    reached.tools.push_back(tools[i]);
    if (!reached.call) reached.call = std::move(call);
  }
  return reached;
}

bool Destroys(const KnownTool* tool) {
  return inventory::EffectsOf(*tool->item) == inventory::Effects::kDestructive;
}

template <typename Wanted>
std::vector<const KnownTool*> Select(const KnownTools& known, RuleId rule, Wanted wanted) {
  std::vector<const KnownTool*> selected;
  std::ranges::copy_if(known.MatchedBy(rule), std::back_inserter(selected), wanted);
  return selected;
}

}  // namespace

void CheckDestructiveReach(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory == nullptr) return;
  const KnownTools known(context.space(), *context.inventory);
  const CallFinder finder(context.space(), context.search.territory());
  const auto& rules = context.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].effect != model::Effect::kAllow) continue;
    const Reached reached = Confirm(finder, RuleId(r), Select(known, RuleId(r), Destroys));
    if (reached.tools.empty()) continue;
    diagnostics
        .Report(source::Code::kDestructiveReach, rules[r].head_span,
                fmt::format("`{}` allows {}, marked as destructive, without approval", rules[r].id,
                            ListText(reached.tools)))
        .Mark("nobody is asked")
        .Example(DescribeCall(context.policy(), *reached.call, context.home_directory()) +
                 " -> allow")
        .Help("make it an `approve`, or take the tools out with `except`");
  }
}

void CheckWideningPatterns(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory == nullptr || context.inventory_base == nullptr) return;
  const KnownTools known(context.space(), *context.inventory);
  const CallFinder finder(context.space(), context.search.territory());
  const model::Policy& policy = context.policy();
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const model::Rule& rule = policy.rules[r];
    if (rule.effect == model::Effect::kDeny) continue;
    const auto is_new = [&](const KnownTool* tool) {
      const auto* before = context.inventory_base->Find(policy.servers[tool->server.index()].name);
      const bool named = std::ranges::any_of(rule.names, [&](const model::NamePattern& pattern) {
        return !pattern.regex && pattern.text == tool->exposed;
      });
      return before != nullptr && !named &&
             before->Find(inventory::Kind::kTool, tool->item->name) == nullptr;
    };
    const Reached reached = Confirm(finder, RuleId(r), Select(known, RuleId(r), is_new));
    if (reached.tools.empty()) continue;
    const bool allows = rule.effect == model::Effect::kAllow;
    auto& diagnostic =
        diagnostics
            .Report(source::Code::kWideningPattern, rule.head_span,
                    fmt::format("`{}` {} {}, which came since the older inventory", rule.id,
                                allows ? "allows" : "lets people approve", ListText(reached.tools)))
            .Mark("matches them, too")
            .Example(DescribeCall(policy, *reached.call, context.home_directory()) +
                     (allows ? " -> allow" : " -> approve"));
    std::vector<const KnownTool*> destructive;
    std::ranges::copy_if(reached.tools, std::back_inserter(destructive), Destroys);
    if (!destructive.empty()) {
      diagnostic.notes.push_back(
          {source::NoteKind::kNote, "marked as destructive: " + ListText(destructive)});
    }
    diagnostic.Help("look at their definitions; name what is meant, or take out what is not");
  }
}

}  // namespace mcplexer::analysis
