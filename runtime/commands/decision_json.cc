// SPDX-License-Identifier: Apache-2.0

#include "runtime/commands/decision_json.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "runtime/json/writer.h"

namespace mcplexer::commands {
namespace {

using plan::Plan;

void Key(std::string_view key, std::string& out) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
}

void StringOrNull(std::string_view key, bool present, std::string_view text, std::string& out) {
  Key(key, out);
  if (present) {
    json::AppendString(out, text);
  } else {
    out += "null";
  }
}

template <typename Records, typename Id>
void Named(std::string_view key, const Plan& plan, const Records& records, Id id,
           std::string& out) {
  StringOrNull(key, id.valid(), id.valid() ? plan.text(records[id.index()].name) : "", out);
}

void AppendApproval(const Plan& plan, const plan::OutcomeRecord& rule, std::string& out) {
  // Whole seconds where they are whole.
  std::string seconds = fmt::format("{}", rule.timeout_ms / 1000);
  if (rule.timeout_ms % 1000 != 0) seconds += fmt::format(".{:03}", rule.timeout_ms % 1000);
  fmt::format_to(std::back_inserter(out), R"({{"timeout_s":{},"quorum":{},"approvers":[)", seconds,
                 rule.quorum);
  for (const uint32_t group : plan.indexes().subspan(rule.approvers.begin, rule.approvers.count)) {
    if (out.back() != '[') out += ',';
    json::AppendString(out, plan.text(plan.groups()[group].name));
  }
  out += "]}";
}

}  // namespace

std::string RuleLocation(const Plan& plan, RuleId id) {
  const plan::RuleOriginRecord& rule = plan.rule_origins()[id.index()];
  return fmt::format("{}:{}", plan.text(plan.files()[rule.file].path), rule.line);
}

void AppendDecisionJson(const Plan& plan, const decide::Session& session,
                        const decide::Decision& decision, std::string& out) {
  const plan::OutcomeRecord* rule =
      decision.rule.valid() ? &plan.tables().outcome(plan.rules()[decision.rule.index()]) : nullptr;
  out += '{';
  StringOrNull("decision", true, decide::ToString(decision.verdict), out);
  StringOrNull("reason", true, decide::ToString(decision.reason), out);
  StringOrNull("rule", rule != nullptr,
               rule != nullptr ? plan.text(plan.rule_origins()[decision.rule.index()].id) : "",
               out);
  StringOrNull("at", rule != nullptr, rule != nullptr ? RuleLocation(plan, decision.rule) : "",
               out);
  Named("workspace", plan, plan.workspaces(), decision.workspace, out);
  StringOrNull("subpath", decision.workspace.valid(), session.subpath(), out);
  Named("server", plan, plan.servers(), decision.server, out);
  Named("scope", plan, plan.scopes(), decision.scope, out);
  StringOrNull("tool", !decision.tool.empty(), decision.tool, out);
  Key("approval", out);
  if (decision.verdict == decide::Verdict::kApprove && rule != nullptr) {
    AppendApproval(plan, *rule, out);
  } else {
    out += "null";
  }
  const std::string_view because = rule != nullptr ? plan.text(rule->because) : "";
  StringOrNull("because", !because.empty(), because, out);
  out += '}';
}

}  // namespace mcplexer::commands
