// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/risky_reach.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/automata/universe.h"
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

Reached Confirm(const CallSearch& search, RuleId rule, const std::vector<const KnownTool*>& tools) {
  Reached reached;
  for (size_t i = 0; i < std::min(tools.size(), kMostCalls); ++i) {
    const std::optional<Area> area = AreaOf(search.space(), *tools[i]);
    if (!area) continue;
    Answer answer = FindLetThrough(search, rule, &*area);
    if (answer.kind != Answer::Kind::kFound) continue;
    reached.tools.push_back(tools[i]);
    if (!reached.call) reached.call = std::move(answer.call);
  }
  return reached;
}

bool Destroys(const KnownTool* tool) {
  return inventory::EffectsOf(*tool->item) == inventory::Effects::kDestructive;
}

// The server of one of the tools, if the rule means each name that it could have.
std::optional<ServerId> WhollyAllowed(const Space& space, RuleId rule,
                                      const std::vector<const KnownTool*>& tools) {
  for (const auto& [field, language] : space.name_sets()[space.box(rule).names].parts) {
    const NameField& names = space.name_fields()[field];
    if (!(names.field.language(language) == automata::NameUniverse())) continue;
    if (std::ranges::find(tools, names.server, &KnownTool::server) != tools.end()) {
      return names.server;
    }
  }
  return std::nullopt;
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
  const KnownTools& known = context.tools();
  const auto& rules = context.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].effect != model::Effect::kAllow) continue;
    const Reached reached = Confirm(context.search, RuleId(r), Select(known, RuleId(r), Destroys));
    if (reached.tools.empty()) continue;
    const std::optional<ServerId> whole =
        rules[r].scope.valid() ? WhollyAllowed(context.space(), RuleId(r), reached.tools)
                               : std::nullopt;
    if (whole) {
      const model::Policy& policy = context.policy();
      ReportRule(diagnostics, source::Code::kBroadCredentials, rules[r], rules[r].head_span,
                 fmt::format("`{}` allows everything of `{}` with `{}`, {} included", rules[r].id,
                             policy.servers[whole->index()].name,
                             policy.scopes[rules[r].scope.index()].name, ListText(reached.tools)))
          .Mark("what destroys, too, and nobody is asked")
          .Example(DescribeCall(policy, *reached.call, context.home_directory()) + " -> allow")
          .Help("name what is meant, and `approve` what destroys");
      continue;
    }
    ReportRule(diagnostics, source::Code::kDestructiveReach, rules[r], rules[r].head_span,
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
  const KnownTools& known = context.tools();
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
    const Reached reached = Confirm(context.search, RuleId(r), Select(known, RuleId(r), is_new));
    if (reached.tools.empty()) continue;
    const bool allows = rule.effect == model::Effect::kAllow;
    auto& diagnostic =
        ReportRule(diagnostics, source::Code::kWideningPattern, rule, rule.head_span,
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
