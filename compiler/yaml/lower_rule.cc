// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using syntax::BodyItem;
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

void ReportMissing(const Context& context, const Record& record, std::string_view key) {
  const std::string_view noun = record.Get("workspace_id") ? "route_rule" : "template_rule";
  context.diagnostics.Report(Code::kMissingAttribute, context.span(record.entries().front().value),
                             fmt::format("this `{}` has no `{}`", noun, key));
}

std::vector<syntax::Name> Paths(const Record& record) {
  std::vector<syntax::Name> paths = record.GetNames("path_glob");
  // The root of the workspace alone. An empty text would say the same and look like "anywhere".
  for (syntax::Name& path : paths) {
    if (path.text == ".") path.text.clear();
  }
  return paths;
}

std::optional<Rule> LowerRule(const Context& context, const Record& record) {
  const std::optional<NodeId> policy = record.Get("policy");
  const std::optional<NodeId> patterns = record.Get("tool_match");
  if (record.Get("arguments")) {
    context.diagnostics.Report(Code::kMeaninglessClause, record.KeySpan("arguments"),
                               "`arguments` needs a `use`");
    return std::nullopt;
  }
  if (!policy) ReportMissing(context, record, "policy");
  if (!patterns) ReportMissing(context, record, "tool_match");
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
  rule.paths = Paths(record);
  if (const std::optional<NodeId> when = record.Get("when")) {
    rule.when = LowerCondition(context, *when);
    if (!rule.when) return std::nullopt;
  }
  if (!LowerRequire(context, record, rule)) return std::nullopt;
  // A deny has none: it always wins, and what its number seems to say is for a warning to tell.
  (rule.effect == Effect::kDeny ? rule.yaml_deny_priority : rule.priority) =
      Number(context, record, "priority", Type::kInteger);
  rule.timeout = Number(context, record, "approval_timeout", Type::kSeconds);
  rule.quorum = Number(context, record, "quorum", Type::kNumber);
  rule.approvers = record.GetNames("approvers");
  rule.log = record.GetName("log_level");
  rule.because = record.GetName("because");
  return rule;
}

// A template in use, in the place of a rule.
std::optional<BodyItem> LowerUse(const Context& context, const Record& record) {
  constexpr std::array<std::string_view, 5> kKeys = {"workspace_id", "name", "use", "arguments",
                                                     "path_glob"};
  for (const auto& [key, value] : record.entries()) {
    const std::string_view text = context.document.text(key);
    if (std::find(kKeys.begin(), kKeys.end(), text) != kKeys.end()) continue;
    context.diagnostics.Report(
        Code::kMeaninglessClause, context.span(key),
        fmt::format("`{}` has no meaning beside `use`, which stands for a template's rules", text));
    return std::nullopt;
  }
  BodyItem item;
  item.kind = BodyItem::Kind::kUse;
  item.span = record.span();
  syntax::Use& use = item.use.emplace_back();
  use.span = item.span;
  use.name = record.GetName("use").value_or(syntax::Name{});
  if (const std::optional<NodeId> arguments = record.Get("arguments")) {
    use.arguments = LowerFreeValue(context, *arguments).items;
  }
  BodyItem block;
  block.paths = Paths(record);
  if (block.paths.empty()) return item;
  block.kind = BodyItem::Kind::kIn;
  block.span = item.span;
  block.items.push_back(std::move(item));
  return block;
}

}  // namespace

std::optional<BodyItem> LowerEntry(const Context& context, const Record& record) {
  if (!record.sound() || record.entries().empty()) return std::nullopt;
  if (record.Get("use")) return LowerUse(context, record);
  std::optional<Rule> rule = LowerRule(context, record);
  if (!rule) return std::nullopt;
  BodyItem item;
  item.kind = BodyItem::Kind::kRule;
  item.span = rule->span;
  item.rule.push_back(std::move(*rule));
  return item;
}

}  // namespace mcplexer::yaml
