// SPDX-License-Identifier: Apache-2.0
// S0609: a tool that a rule lets through declares an argument as a secret (JSON Schema's `format:
// password` and `writeOnly`), and the audit log would keep its value: it is neither on the `redact`
// list of the rule's scope nor on the built-in one. Redaction and audit cannot be turned off, so
// that is all that can be missing.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/decided_call.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/source/printable.h"
#include "runtime/audit/key_names.h"

namespace mcplexer::analysis {
namespace {

using nlohmann::json;

bool IsSecret(const json& schema) {
  const auto format = schema.find("format");
  const auto write_only = schema.find("writeOnly");
  return (format != schema.end() && *format == "password") ||
         (write_only != schema.end() && *write_only == true);
}

// The names of the arguments, however deep, that the tool declares as secrets.
std::vector<std::string> SecretsOf(const inventory::Item& tool) {
  std::vector<std::string> names;
  const json definition = json::parse(tool.definition);
  std::vector<const json*> todo;
  const auto push = [&](const json& schema, const char* member) {
    const auto inner = schema.find(member);
    if (inner != schema.end() && inner->is_object()) todo.push_back(&*inner);
  };
  push(definition, "inputSchema");
  while (!todo.empty()) {
    const json& schema = *todo.back();
    todo.pop_back();
    push(schema, "items");
    const auto properties = schema.find("properties");
    if (properties == schema.end() || !properties->is_object()) continue;
    for (const auto& [name, property] : properties->items()) {
      if (!property.is_object()) continue;
      if (IsSecret(property)) {
        names.push_back(name);
      } else {
        todo.push_back(&property);
      }
    }
  }
  std::ranges::sort(names);
  return names;
}

class UnredactedArgument {
 public:
  UnredactedArgument(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context),
        policy_(context.policy()),
        tools_(context.tools()),
        diagnostics_(diagnostics) {}

  void Run() {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      if (policy_.rules[r].effect != model::Effect::kDeny) Look(RuleId(r));
    }
  }

 private:
  void Look(RuleId id) {
    const model::Rule& rule = policy_.rules[id.index()];
    audit::KeyNames redacted;
    if (rule.scope.valid()) {
      for (const std::string& name : policy_.scopes[rule.scope.index()].redact) redacted.Add(name);
    }
    for (const KnownTool* tool : tools_.MatchedBy(id)) {
      const auto [at, added] = secrets_.try_emplace(tool->item);
      if (added) at->second = SecretsOf(*tool->item);
      const auto kept = std::ranges::find_if(
          at->second, [&](const std::string& name) { return !redacted.Contains(name); });
      if (kept == at->second.end()) continue;
      const auto area = AreaOf(context_.space(), *tool);
      if (!area) continue;
      const Answer answer = FindLetThrough(context_.search, id, &*area);
      if (answer.kind != Answer::Kind::kFound) continue;
      return Report(rule, *tool, *kept, answer.call);
    }
  }

  void Report(const model::Rule& rule, const KnownTool& tool, const std::string& name,
              const reference::Call& call) {
    const std::string shown = source::Printable(name);
    auto& diagnostic = ReportRule(
        diagnostics_, source::Code::kUnredactedArgument, rule, rule.head_span,
        fmt::format("the audit log keeps the `{}` of `{}`, which the tool calls a secret", shown,
                    source::Printable(tool.exposed)));
    diagnostic.Mark("lets it through")
        .Example(DescribeCall(policy_, call, context_.home_directory()));
    if (rule.scope.valid()) {
      const model::Scope& scope = policy_.scopes[rule.scope.index()];
      diagnostic.Also(scope.span, "its `redact` does not name it")
          .Help(fmt::format("put \"{}\" on the `redact` list of `{}`", shown, scope.name));
    } else {
      diagnostic.Help("a scope with a `redact` list, and `using` it here, keeps it out of the log");
    }
  }

  const LintContext& context_;
  const model::Policy& policy_;
  const KnownTools& tools_;
  source::Diagnostics& diagnostics_;
  std::map<const inventory::Item*, std::vector<std::string>> secrets_;
};

}  // namespace

void CheckUnredactedArguments(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory != nullptr) UnredactedArgument(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
