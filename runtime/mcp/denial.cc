// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/denial.h"

#include <fmt/format.h>

#include "runtime/json/envelope.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/codes.h"

namespace mcplexer::mcp {
namespace {

// Exposed names are at most 128 bytes long by the specification.
constexpr size_t kShownName = 128;

// "acme.no_delete (acme.plex:31)"
std::string RuleAndPlace(const plan::Plan& plan, RuleId rule) {
  const plan::RuleOriginRecord& record = plan.rule_origins()[rule.index()];
  return fmt::format("{} ({}:{})", plan.text(record.id), plan.text(plan.files()[record.file].path),
                     record.line);
}

std::string Because(const plan::Plan& plan, RuleId rule) {
  const plan::OutcomeRecord& outcome = plan.tables().outcome(plan.rules()[rule.index()]);
  const std::string_view because = plan.text(outcome.because);
  return because.empty() ? std::string() : fmt::format(": {}", because);
}

}  // namespace

bool IsUnknownName(const decide::Decision& decision) {
  return decision.reason == decide::Reason::kUnknownNamespace ||
         decision.reason == decide::Reason::kUnknownName;
}

std::string UnknownNameResponse(std::string_view raw_id, plan::CallKind kind,
                                std::string_view name) {
  if (kind == plan::CallKind::kResource) {
    return json::ErrorResponse(raw_id, kResourceNotFoundCode, "unknown resource " + QuoteName(name),
                               fmt::format(R"({{"uri":{}}})", json::EscapeString(name)));
  }
  return json::ErrorResponse(
      raw_id, json::kInvalidParamsCode,
      fmt::format("unknown {} {}", kind == plan::CallKind::kTool ? "tool" : "prompt",
                  QuoteName(name)));
}

std::string DenialText(const Policy& policy, const decide::Decision& decision,
                       std::string_view name) {
  const plan::Plan& plan = policy.plan();
  const std::string unevaluated =
      decision.unevaluated ? "; a condition on its arguments could not be evaluated" : "";
  switch (decision.reason) {
    case decide::Reason::kRule:
      if (!decision.rule.valid()) break;
      return fmt::format("denied by {}{}{}", RuleAndPlace(plan, decision.rule),
                         Because(plan, decision.rule), unevaluated);
    case decide::Reason::kRequirementFailed:
      if (!decision.rule.valid()) break;
      return fmt::format("denied: the call does not meet what {} requires{}{}",
                         RuleAndPlace(plan, decision.rule), Because(plan, decision.rule),
                         unevaluated);
    case decide::Reason::kDefault:
      if (!decision.workspace.valid()) break;
      return fmt::format(
          "denied: no rule allows {} in workspace `{}`, whose default is deny{}", QuoteName(name),
          plan.text(plan.workspaces()[decision.workspace.index()].name), unevaluated);
    case decide::Reason::kNoWorkspace:
      return fmt::format("denied: the directory `{}` lies in no workspace of the policy",
                         policy.directory());
    case decide::Reason::kDrift:
      return fmt::format("denied: the definition of {} has changed since it was locked",
                         QuoteName(name));
    case decide::Reason::kUnknownNamespace:
    case decide::Reason::kUnknownName:
      break;
  }
  return fmt::format("denied: the policy does not allow {}", QuoteName(name));
}

std::string NoApprovalText(const plan::Plan& plan, const decide::Decision& decision) {
  if (!decision.rule.valid()) return "denied: approval is not available yet";
  return fmt::format("denied: {} asks for an approval, and approval is not available yet",
                     RuleAndPlace(plan, decision.rule));
}

std::string ToolErrorResponse(std::string_view raw_id, std::string_view text) {
  std::string result = R"({"content":[{"type":"text","text":)";
  json::AppendString(result, text);
  result += R"(}],"isError":true})";
  return json::ResultResponse(raw_id, result);
}

std::string QuoteName(std::string_view name) {
  return fmt::format("`{}`{}", name.substr(0, kShownName), name.size() > kShownName ? "..." : "");
}

}  // namespace mcplexer::mcp
