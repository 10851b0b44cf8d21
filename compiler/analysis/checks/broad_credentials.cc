// SPDX-License-Identifier: Apache-2.0
// S0603: one pattern of an allow hands credentials to several servers that it does not name: each
// of them gets the secret of another. Whoever lists namespaces, as patterns or in braces, means
// them. (All of one server, destructive tools included, is risky_reach.cc's.)
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::NamePattern;
using model::Rule;

constexpr size_t kMostCallsShown = 3;

bool NamesItsServers(const NamePattern& pattern) {
  if (pattern.regex) return false;
  const std::string_view text = pattern.text;
  return text.substr(0, text.find("__")).find_first_of("*?[") == std::string_view::npos;
}

// Whether the scope's credentials reach the server at all.
bool Fits(const model::Scope& scope, const model::Server& server) {
  const bool http = server.transport == plan::Transport::kHttp;
  return http != (scope.type == plan::ScopeType::kEnv);
}

struct Handed {
  ServerId server;
  reference::Call call;
};

std::vector<Handed> ServersHanded(const LintContext& context, RuleId id,
                                  const NamePattern& pattern) {
  const model::Policy& policy = context.policy();
  const Rule& rule = policy.rules[id.index()];
  std::vector<Handed> handed;
  auto names = LanguagesOf(context.space(), rule.kind, rule.server, {pattern}, rule.except);
  if (!names || names->size() < 2) return handed;
  for (auto& part : *names) {
    const ServerId server = context.space().name_fields()[part.first].server;
    if (!Fits(policy.scopes[rule.scope.index()], policy.servers[server.index()])) continue;
    Area area;
    area.names.push_back(std::move(part));
    area.principals = rule.principals;
    Answer answer = FindLetThrough(context.search, id, &area);
    if (answer.kind == Answer::Kind::kFound) handed.push_back({server, std::move(answer.call)});
  }
  return handed;
}

}  // namespace

void CheckBroadCredentials(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (rule.effect != model::Effect::kAllow || !rule.scope.valid()) continue;
    if (rule.server.valid() || rule.kind == model::CallKind::kResource) continue;
    for (const NamePattern& pattern : rule.names) {
      if (NamesItsServers(pattern)) continue;
      const std::vector<Handed> handed = ServersHanded(context, RuleId(r), pattern);
      if (handed.size() < 2) continue;
      std::string list;
      for (size_t i = 0; i < std::min(handed.size(), kMostCallsShown); ++i) {
        list += fmt::format("{}`{}`", i == 0 ? "" : ", ",
                            policy.servers[handed[i].server.index()].name);
      }
      if (handed.size() > kMostCallsShown)
        list += fmt::format(" and {} more", handed.size() - kMostCallsShown);
      auto& diagnostic =
          ReportRule(diagnostics, source::Code::kBroadCredentials, rule, rule.head_span,
                     fmt::format("`{}` hands `{}` to {} servers: {}", rule.id,
                                 policy.scopes[rule.scope.index()].name, handed.size(), list));
      diagnostic.Mark(fmt::format("`{}` names none of them", source::Printable(pattern.text)));
      for (size_t i = 0; i < std::min(handed.size(), kMostCallsShown); ++i) {
        diagnostic.Example(DescribeCall(policy, handed[i].call, context.home_directory()) +
                           " -> allow");
      }
      diagnostic.Help(
          "write a rule for each server that shall have them, with its name in front or with "
          "`via`");
      break;
    }
  }
}

}  // namespace mcplexer::analysis
