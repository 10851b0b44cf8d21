// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using syntax::CallKind;
using syntax::Effect;
using syntax::Rule;
using syntax::Value;

// `requires_approval: true` is how MCPlexer's routes say `approve`.
std::optional<Effect> RuleEffect(const Context& context, const Record& record) {
  const std::string_view policy = record.GetWord("policy", "deny");
  const std::optional<bool> requires_approval = record.GetBool("requires_approval");
  const auto contradiction = [&](std::string message) {
    context.diagnostics.Report(Code::kMeaninglessClause, record.KeySpan("requires_approval"),
                               std::move(message));
    return std::nullopt;
  };
  if (policy == "deny") {
    if (requires_approval == true) {
      return contradiction("a rule that denies cannot require an approval");
    }
    return Effect::kDeny;
  }
  if (policy == "approve") {
    if (requires_approval == false) {
      return contradiction(
          "`policy: approve` and `requires_approval: false` contradict each other");
    }
    return Effect::kApprove;
  }
  return requires_approval == true ? Effect::kApprove : Effect::kAllow;
}

std::optional<Value> Number(const Context& context, const Record& record, std::string_view key,
                            Type type) {
  const std::optional<NodeId> value = record.Get(key);
  if (!value) return std::nullopt;
  Field field;
  field.type = type;
  return LowerValue(context, field, *value);
}

// What the rule requires: the condition given and the restrictions on owner and repository.
// False if something was reported.
bool LowerRequire(const Context& context, const Record& record, Rule& rule) {
  if (const std::optional<NodeId> require = record.Get("require")) {
    rule.require = LowerCondition(context, *require);
    if (!rule.require) return false;
  }
  for (const std::string_view key : {"allowed_orgs", "allowed_repos"}) {
    if (rule.effect != Effect::kDeny || !record.Get(key)) continue;
    context.diagnostics
        .Report(Code::kMeaninglessClause, record.KeySpan(key),
                fmt::format("a rule that denies cannot have `{}`", key))
        .Help("restrict a deny with `when`");
    return false;
  }
  const size_t errors = context.diagnostics.count(source::Severity::kError);
  std::optional<syntax::Expr> restrictions = LowerRestrictions(context, record);
  if (context.diagnostics.count(source::Severity::kError) > errors) return false;
  if (restrictions && rule.require) {
    rule.require = And(std::move(*restrictions), std::move(*rule.require));
  } else if (restrictions) {
    rule.require = std::move(restrictions);
  }
  return true;
}

}  // namespace

std::optional<Rule> LowerRule(const Context& context, const Record& record) {
  if (!record.sound()) return std::nullopt;
  const std::optional<NodeId> policy = record.Get("policy");
  const std::optional<NodeId> patterns = record.Get("tool_match");
  const std::optional<Effect> effect = RuleEffect(context, record);
  if (!policy || !patterns || !effect) return std::nullopt;

  Rule rule;
  rule.effect = *effect;
  rule.effect_span = context.span(*policy);
  rule.head_span = context.span(*patterns);
  rule.span = record.span();
  rule.id = record.GetName("id");
  rule.scope = record.GetName("auth_scope_id");
  rule.via = record.GetName("downstream_server_id");
  const std::string_view kind = record.GetWord("kind", "tool");
  if (kind == "prompt") rule.kind = CallKind::kPrompt;
  if (kind == "resource") {
    rule.kind = CallKind::kResource;
    rule.resource_server = std::exchange(rule.via, std::nullopt);
    if (!rule.resource_server) {
      context.diagnostics.Report(Code::kMissingAttribute, record.KeySpan("kind"),
                                 "a rule on resources needs `downstream_server_id`");
      return std::nullopt;
    }
  }
  if (!LowerPatternsOf(context, record, "tool_match", rule.patterns) ||
      !LowerPatternsOf(context, record, "except", rule.except)) {
    return std::nullopt;
  }
  rule.principals = record.GetNames("principals");
  rule.paths = record.GetNames("path_glob");
  if (const std::optional<NodeId> when = record.Get("when")) {
    rule.when = LowerCondition(context, *when);
    if (!rule.when) return std::nullopt;
  }
  if (!LowerRequire(context, record, rule)) return std::nullopt;
  // A deny has none: it always wins, and what it did not beat elsewhere is for a warning to say.
  (rule.effect == Effect::kDeny ? rule.yaml_deny_priority : rule.priority) =
      Number(context, record, "priority", Type::kNumber);
  rule.timeout = Number(context, record, "approval_timeout", Type::kSeconds);
  rule.quorum = Number(context, record, "quorum", Type::kNumber);
  rule.approvers = record.GetNames("approvers");
  rule.log = record.GetName("log_level");
  rule.because = record.GetName("because");
  return rule;
}

}  // namespace mcplexer::yaml
