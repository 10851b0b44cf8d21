// SPDX-License-Identifier: Apache-2.0
//
// Only patterns that begin with a namespace are looked at: `*__delete_*` is meant for whatever
// servers there will be. What takes something away from calls (the names of a deny, the exceptions
// of an allow) is often written for tools that may come, so there a pattern with wildcards that
// matches nothing yet is no finding, while a name that is spelled out and does not exist is one:
// what it was meant to stop is not stopped. Patterns of the standard library serve many versions of
// a server, and nobody here can change them.

#include "compiler/analysis/dead_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"
#include "compiler/source/suggest.h"

namespace mcplexer::analysis {
namespace {

class DeadPatternCheck {
 public:
  DeadPatternCheck(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), tools_(context.tools()), diagnostics_(diagnostics) {}

  void Run() {
    for (const model::Rule& rule : context_.policy().rules) {
      if (rule.kind != model::CallKind::kTool) continue;
      const bool allows = rule.effect != model::Effect::kDeny;
      for (const auto& pattern : rule.names) Look(rule, pattern, allows);
      for (const auto& pattern : rule.except) Look(rule, pattern, !allows);
    }
  }

 private:
  void Look(const model::Rule& rule, const model::NamePattern& pattern, bool opens) {
    if (!opens && !IsLiteral(pattern)) return;
    if (IsStandardLibrary(context_.sources, pattern.span.file)) return;
    const std::optional<ServerId> server = ServerOf(pattern);
    if (!server || !tools_.Knows(*server)) return;
    if (rule.server.valid() && rule.server != *server) return;
    if (Matches(pattern, *server)) return;
    Report(rule, pattern, *server);
  }

  std::optional<ServerId> ServerOf(const model::NamePattern& pattern) const {
    const auto& servers = context_.policy().servers;
    for (size_t s = 0; s < servers.size(); ++s) {
      if (pattern.text.starts_with(NamePrefix(servers[s]))) return ServerId(s);
    }
    return std::nullopt;
  }

  bool Matches(const model::NamePattern& pattern, ServerId server) {
    const auto [at, added] = matches_.try_emplace({pattern.regex, pattern.text}, true);
    if (!added) return at->second;
    const auto dfa = LanguageOf(pattern, Subject::kName);
    if (!dfa) return true;  // too large to say
    at->second = std::ranges::any_of(
        tools_.of(server), [&](const KnownTool& tool) { return dfa->Matches(tool.exposed); });
    return at->second;
  }

  void Report(const model::Rule& rule, const model::NamePattern& pattern, ServerId server) {
    const std::string& name = context_.policy().servers[server.index()].name;
    auto& diagnostic = ReportRule(
        diagnostics_, source::Code::kDeadPattern, rule, pattern.span,
        fmt::format("no known tool of `{}` matches `{}`", name, source::Printable(pattern.text)));
    std::vector<std::string> names;
    std::vector<const KnownTool*> all;
    for (const KnownTool& tool : tools_.of(server)) {
      names.push_back(tool.exposed);
      all.push_back(&tool);
    }
    std::string spelled = pattern.text;
    std::erase_if(spelled, [](char c) { return c == '*' || c == '?'; });
    const auto nearest = source::Suggest(spelled, std::span<const std::string>(names));
    if (nearest) {
      diagnostic.Help(fmt::format("did you mean `{}`?", source::Printable(*nearest)));
    } else if (all.empty()) {
      diagnostic.Help(fmt::format("`{}` offers no tools", name));
    } else {
      diagnostic.Help("known are " + ListText(all));
    }
  }

  const LintContext& context_;
  const KnownTools& tools_;
  source::Diagnostics& diagnostics_;
  std::map<std::pair<bool, std::string>, bool> matches_;
};

}  // namespace

void CheckDeadPatterns(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory != nullptr) DeadPatternCheck(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
