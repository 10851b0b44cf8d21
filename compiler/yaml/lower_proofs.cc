// SPDX-License-Identifier: Apache-2.0
// Invariants and tests.

#include <fmt/format.h>

#include <utility>

#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using syntax::CallKind;
using syntax::Declaration;
using syntax::InvariantClause;
using syntax::TestCall;

CallKind KindOf(const Record& record) {
  const std::string_view kind = record.GetWord("kind", "tool");
  if (kind == "resource") return CallKind::kResource;
  return kind == "prompt" ? CallKind::kPrompt : CallKind::kTool;
}

std::optional<InvariantClause> LowerClause(const Context& context, const Record& record) {
  if (!record.sound()) return std::nullopt;
  const std::optional<NodeId> never = record.Get("never_allow");
  const std::optional<NodeId> always = record.Get("always_deny");
  const auto report = [&](Code code, source::Span span, std::string message) {
    context.diagnostics.Report(code, span, std::move(message));
    return std::nullopt;
  };
  if (never.has_value() == always.has_value()) {
    return report(Code::kMissingAttribute, never ? record.KeySpan("always_deny") : record.span(),
                  "a clause says either `never_allow` or `always_deny`");
  }
  InvariantClause clause;
  clause.span = record.span();
  clause.kind = never ? InvariantClause::Kind::kNeverAllow : InvariantClause::Kind::kAlwaysDeny;
  if (record.GetBool("without_approval") == true) {
    if (!never) {
      return report(Code::kMeaninglessClause, record.KeySpan("without_approval"),
                    "`without_approval` belongs to `never_allow`");
    }
    clause.kind = InvariantClause::Kind::kNeverAllowWithoutApproval;
  }
  clause.call_kind = KindOf(record);
  clause.resource_server = record.GetName("downstream_server_id");
  const bool resource = clause.call_kind == CallKind::kResource;
  if (resource && !clause.resource_server) {
    return report(Code::kMissingAttribute, record.KeySpan("kind"),
                  "a clause on resources needs `downstream_server_id`");
  }
  if (!resource && clause.resource_server) {
    return report(Code::kMeaninglessClause, record.KeySpan("downstream_server_id"),
                  "`downstream_server_id` belongs to `kind: resource`");
  }
  if (!LowerPatternsOf(context, record, never ? "never_allow" : "always_deny", clause.patterns) ||
      !LowerPatternsOf(context, record, "except", clause.except)) {
    return std::nullopt;
  }
  clause.paths = record.GetNames("in");
  clause.principals = record.GetNames("principals");
  if (const std::optional<NodeId> when = record.Get("when")) {
    clause.when = LowerCondition(context, *when);
    if (!clause.when) return std::nullopt;
  }
  return clause;
}

TestCall LowerCall(const Context& context, const Record& record) {
  TestCall call;
  call.span = record.span();
  call.kind = KindOf(record);
  call.name = record.GetName("call").value_or(syntax::Name{});
  if (const std::optional<NodeId> arguments = record.Get("arguments")) {
    call.arguments = LowerFreeValue(context, *arguments);
  }
  const std::string_view expect = record.GetWord("expect", "deny");
  call.expect = expect == "allow"     ? syntax::Effect::kAllow
                : expect == "approve" ? syntax::Effect::kApprove
                                      : syntax::Effect::kDeny;
  call.via = record.GetName("via");
  call.scope = record.GetName("using");
  call.rule = record.GetName("by");
  call.reason = record.GetName("because");
  return call;
}

}  // namespace

void LowerInvariant(const Context& context, const Record& record, Declaration& declaration) {
  const std::optional<NodeId> clauses = record.Get("clauses");
  if (!clauses) return;
  const std::vector<NodeId> items = context.document.Children(*clauses);
  if (items.empty()) {
    context.diagnostics.Report(Code::kBadValue, context.span(*clauses),
                               "an invariant without clauses proves nothing");
  }
  for (const NodeId item : items) {
    std::optional<InvariantClause> clause = LowerClause(context, Record(context, item));
    if (clause) declaration.clauses.push_back(std::move(*clause));
  }
}

void LowerTest(const Context& context, const Record& record, Declaration& declaration) {
  declaration.directory = record.GetName("in");
  declaration.principal = record.GetName("as");
  const std::optional<NodeId> calls = record.Get("calls");
  if (!calls) return;
  const std::vector<NodeId> items = context.document.Children(*calls);
  if (items.empty()) {
    context.diagnostics.Report(Code::kBadValue, context.span(*calls),
                               "a test without calls tests nothing");
  }
  for (const NodeId item : items) {
    const Record call(context, item);
    if (call.sound()) declaration.calls.push_back(LowerCall(context, call));
  }
}

}  // namespace mcplexer::yaml
