// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/tool_names.h"

#include <fmt/format.h>

#include <set>

#include "compiler/analysis/known_tools.h"

namespace mcplexer::analysis {
namespace {

// What the large model providers accept as the name of a tool.
constexpr size_t kClientNameBytes = 64;

}  // namespace

void CheckLongNames(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory == nullptr) return;
  const KnownTools& known = context.tools();
  const auto& servers = context.policy().servers;
  for (size_t s = 0; s < servers.size(); ++s) {
    std::vector<const KnownTool*> too_long;
    for (const KnownTool& tool : known.of(ServerId(s))) {
      if (tool.exposed.size() > kClientNameBytes) too_long.push_back(&tool);
    }
    if (too_long.empty()) continue;
    diagnostics
        .Report(
            source::Code::kLongToolName, servers[s].span,
            fmt::format("{} {} more than {} bytes, which many clients refuse", ListText(too_long),
                        too_long.size() == 1 ? "has" : "have", kClientNameBytes))
        .Help("give the server a shorter `namespace`");
  }
}

void CheckDefaults(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory == nullptr) return;
  const KnownTools& known = context.tools();
  const model::Policy& policy = context.policy();
  std::vector<std::vector<RuleId>> rules_of(policy.workspaces.size());
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    rules_of[policy.rules[r].workspace.index()].push_back(RuleId(r));
  }
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    std::set<const KnownTool*> spoken_of;
    for (const WorkspaceId around : policy.Chain(WorkspaceId(w))) {
      for (const RuleId rule : rules_of[around.index()]) {
        const auto& matched = known.MatchedBy(rule);
        spoken_of.insert(matched.begin(), matched.end());
      }
    }
    size_t all = 0;
    std::vector<const KnownTool*> left;
    for (size_t s = 0; s < policy.servers.size(); ++s) {
      for (const KnownTool& tool : known.of(ServerId(s))) {
        ++all;
        if (!spoken_of.contains(&tool)) left.push_back(&tool);
      }
    }
    if (left.empty()) continue;
    const model::Workspace& workspace = policy.workspaces[w];
    diagnostics
        .Report(source::Code::kDefaultDecides, workspace.span,
                fmt::format("no rule speaks of {} of {} known tools: `{}` {} them by default",
                            left.size(), all, workspace.name,
                            workspace.default_allow ? "allows" : "denies"))
        .notes.push_back({source::NoteKind::kNote, "these are " + ListText(left, 20)});
  }
}

}  // namespace mcplexer::analysis
