// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/tool_calls.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/denial.h"
#include "runtime/mcp/forwarded_call.h"

namespace mcplexer::mcp {
namespace {

// However much progress a server reports, a call ends after so many of its timeouts.
constexpr int kTotalPatience = 10;

// Equal ids have equal keys: 1 and "1" differ, "a" and "\u0061" do not.
std::string IdKey(const json::Document& doc, json::NodeId id) {
  if (doc.TypeOf(id) != json::Type::kString || !doc.HasEscapes(id)) return std::string(doc.Raw(id));
  std::string scratch;
  return json::EscapeString(doc.Unescape(id, scratch));
}

// What the policy and the record see: nothing where the call has none.
std::string_view ArgumentsOf(const Message& request) {
  const json::NodeId arguments = request.envelope.arguments;
  if (!arguments.valid() || request.doc.TypeOf(arguments) == json::Type::kNull) return {};
  return request.doc.Raw(arguments);
}

}  // namespace

ToolCalls::ToolCalls(Policy& policy, Journal& journal, downstream::Pool& pool,
                     transport::Timers& timers, Client& client, const SessionFacts& facts,
                     std::function<void()> on_settled)
    : policy_(policy),
      journal_(journal),
      pool_(pool),
      timers_(timers),
      client_(client),
      facts_(facts),
      on_settled_(std::move(on_settled)) {}

ToolCalls::~ToolCalls() = default;

void ToolCalls::Call(const Message& request, const ReplyTo& reply) {
  const json::Envelope& envelope = request.envelope;
  if (!envelope.name.valid() || !envelope.params_fault.empty()) {
    const std::string_view fault =
        envelope.params_fault.empty() ? "params.name is missing" : envelope.params_fault;
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode, fault));
    return;
  }
  const std::string_view name = request.doc.Unescape(envelope.name, name_scratch_);
  const std::string_view arguments = ArgumentsOf(request);
  audit::Intent intent = MakeIntent(name, arguments);
  if (request.ambiguous) return RefuseArguments(intent, reply, "an object has a key twice");
  if (!arguments.empty() && request.doc.TypeOf(envelope.arguments) != json::Type::kObject) {
    return RefuseArguments(intent, reply, "params.arguments is not an object");
  }

  decide::Call call;
  call.kind = plan::CallKind::kTool;
  call.name = name;
  call.arguments = arguments;
  const decide::Decision decision = policy_.Decide(call);
  intent.decision = decide::ToString(decision.verdict);
  intent.reason = decide::ToString(decision.reason);
  intent.unevaluated = decision.unevaluated;
  intent.rule = decision.rule;
  intent.server = decision.server;
  intent.scope = decision.scope;
  intent.tool = decision.tool;
  if (decision.verdict == decide::Verdict::kDeny) return Deny(intent, decision, reply);

  const auto sequence = journal_.AppendIntent(intent);
  if (!sequence) {
    spdlog::error("the audit log cannot be written: {}", sequence.error().message);
    client_.Answer(
        reply, ToolErrorResponse(reply.raw_id,
                                 "denied: the call cannot be audited, so it was not forwarded"));
    return;
  }
  if (decision.verdict == decide::Verdict::kApprove) {
    client_.Answer(reply,
                   ToolErrorResponse(reply.raw_id, NoApprovalText(policy_.plan(), decision)));
    audit::Outcome outcome;
    outcome.intent = *sequence;
    outcome.status = audit::OutcomeStatus::kDenied;
    outcome.error = "approval is not available yet";
    return AppendOutcome(outcome);
  }
  Forward(request, reply, decision, *sequence);
}

void ToolCalls::RefuseArguments(const audit::Intent& intent, const ReplyTo& reply,
                                std::string_view why) {
  if (const auto appended = journal_.AppendIntent(intent); !appended) {
    spdlog::error("the audit log cannot be written: {}", appended.error().message);
  }
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode, why));
}

void ToolCalls::Deny(const audit::Intent& intent, const decide::Decision& decision,
                     const ReplyTo& reply) {
  if (const auto appended = journal_.AppendIntent(intent); !appended) {
    spdlog::error("the audit log cannot be written: {}", appended.error().message);
  }
  if (IsUnknownTool(decision)) {
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode,
                                              "unknown tool " + QuoteName(intent.name)));
  } else {
    client_.Answer(reply,
                   ToolErrorResponse(reply.raw_id, DenialText(policy_, decision, intent.name)));
  }
}

void ToolCalls::Forward(const Message& request, const ReplyTo& reply,
                        const decide::Decision& decision, uint64_t intent) {
  downstream::Instance& instance = pool_.Get(decision.server, decision.scope);
  const uint64_t id = instance.NextId();
  const std::string raw_id = std::to_string(id);
  const json::Document& doc = request.doc;
  const json::Envelope& envelope = request.envelope;

  json::Splicer splicer(doc, envelope.message);
  splicer.Replace(envelope.id, raw_id);
  // A name written without escapes needs none for its part either.
  splicer.Replace(envelope.name, doc.HasEscapes(envelope.name)
                                     ? json::EscapeString(decision.tool)
                                     : fmt::format("\"{}\"", decision.tool));
  Forwarded::Origin origin{reply, IdKey(doc, envelope.id), {}, intent};
  if (envelope.progress_token.valid()) {
    origin.progress_token = doc.Raw(envelope.progress_token);
    splicer.Replace(envelope.progress_token, raw_id);
  }
  std::string frame = splicer.Apply();
  json::FlattenLines(frame);

  const plan::ServerRecord& server = policy_.plan().servers()[decision.server.index()];
  const std::chrono::milliseconds timeout(server.call_timeout_ms);
  instance.Send(id, std::move(frame),
                std::make_unique<Forwarded>(*this, std::move(origin), instance, id),
                {timeout, kTotalPatience * timeout});
}

void ToolCalls::Cancel(const Message& notification) {
  const json::NodeId request_id = notification.envelope.request_id;
  if (notification.ambiguous || !request_id.valid()) return;
  const std::string key = IdKey(notification.doc, request_id);
  for (Forwarded* call : open_) {
    if (call->id_key() != key) continue;
    json::Splicer splicer(notification.doc, notification.envelope.message);
    splicer.Replace(request_id, std::to_string(call->id()));
    std::string frame = splicer.Apply();
    json::FlattenLines(frame);
    call->Cancel(std::move(frame));
    return;
  }
}

audit::Intent ToolCalls::MakeIntent(std::string_view name, std::string_view arguments) const {
  audit::Intent intent;
  intent.plan = &policy_.plan();
  intent.session = facts_.session;
  intent.client_name = facts_.client_name;
  intent.client_version = facts_.client_version;
  intent.principal = policy_.principal();
  intent.workspace = policy_.workspace();
  intent.subpath = policy_.subpath();
  intent.kind = plan::CallKind::kTool;
  intent.name = name;
  intent.arguments = arguments;
  intent.decision = decide::ToString(decide::Verdict::kDeny);
  intent.reason = "invalid_arguments";  // until it is decided
  return intent;
}

void ToolCalls::AppendOutcome(const audit::Outcome& outcome) {
  // The call has been made: all that is left to do about it is to say so.
  if (const auto appended = journal_.AppendOutcome(outcome); !appended) {
    spdlog::error("the audit log cannot be written: {}", appended.error().message);
  }
}

}  // namespace mcplexer::mcp
