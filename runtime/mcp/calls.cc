// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/calls.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "runtime/downstream/definition.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/denial.h"
#include "runtime/mcp/forwarded_call.h"
#include "runtime/mcp/input_rounds.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

// However much progress a server reports, a call ends after so many of its timeouts.
constexpr int kTotalPatience = 10;

void LogUnwritable(const Error& error) {
  spdlog::error("the audit log cannot be written: {}", error.message);
}

}  // namespace

std::string IdKey(const json::Document& doc, json::NodeId id) {
  if (doc.TypeOf(id) != json::Type::kString || !doc.HasEscapes(id)) return std::string(doc.Raw(id));
  std::string scratch;
  return json::EscapeString(doc.Unescape(id, scratch));
}

std::string_view ArgumentsOf(const Message& request) {
  const json::NodeId arguments = request.envelope.arguments;
  if (!arguments.valid() || request.doc.TypeOf(arguments) == json::Type::kNull) return {};
  return request.doc.Raw(arguments);
}

Calls::Calls(PolicyInForce& policy, Journal& journal, downstream::Pool& pool,
             transport::Timers& timers, Client& client, const SessionFacts& facts,
             ResultObserver& observer, std::function<void()> on_settled)
    : policy_(policy),
      journal_(journal),
      pool_(pool),
      timers_(timers),
      client_(client),
      facts_(facts),
      observer_(observer),
      on_settled_(std::move(on_settled)) {}

Calls::~Calls() = default;

void Calls::AnswerThrough(ServerRequests& asker) {
  rounds_ = std::make_unique<Rounds>(*this, asker);
}

void Calls::Call(Method method, const Message& request, const ReplyTo& reply) {
  const json::Envelope& envelope = request.envelope;
  if (!envelope.name.valid() || !envelope.params_fault.empty()) {
    const std::string_view fault =
        envelope.params_fault.empty() ? "params.name is missing" : envelope.params_fault;
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode, fault));
    return;
  }
  const Subject subject{method,
                        request.doc.Unescape(envelope.name, name_scratch_),
                        envelope.name,
                        ArgumentsOf(request),
                        {}};
  if (!request.ambiguous && !subject.arguments.empty() &&
      request.doc.TypeOf(envelope.arguments) != json::Type::kObject) {
    return Refuse(reply, subject, "invalid_arguments", json::kInvalidParamsCode,
                  "params.arguments is not an object");
  }
  Ask(request, reply, subject);
}

void Calls::Ask(const Message& request, const ReplyTo& reply, const Subject& subject) {
  decide::Decision decision;
  const auto sequence = Admit(request, reply, subject, decision);
  if (!sequence) return;
  // A name written without escapes needs none for its part either.
  const bool resource = Info(subject.method).kind == plan::CallKind::kResource;
  const std::string raw_name = resource ? std::string()
                               : request.doc.HasEscapes(subject.name_node)
                                   ? json::EscapeString(decision.tool)
                                   : fmt::format("\"{}\"", decision.tool);
  Forward(request, reply, subject,
          {policy_.current(), decision, pool_.Get(decision.server, decision.scope)}, raw_name,
          *sequence);
}

std::optional<uint64_t> Calls::Readmit(const Message& request, const ReplyTo& reply,
                                       const SentCall& call) {
  // Since then another plan may have come into force, whose ids are others.
  const plan::Plan& then = call.policy->plan();
  const plan::Plan& now = policy_.plan();
  Subject subject{call.method, call.name, {}, ArgumentsOf(request), {}};
  if (Info(call.method).kind == plan::CallKind::kResource) {
    const plan::ServerRecord& server = then.servers()[call.decision.server.index()];
    subject.server = downstream::FindServer(now, then.text(server.name));
    if (!subject.server.valid()) {
      RefuseUnknown(reply, subject);
      return std::nullopt;
    }
  }
  decide::Decision decision;
  const auto sequence = Admit(request, reply, subject, decision);
  if (!sequence) return std::nullopt;
  if (downstream::DefinitionOf(now, decision.server, decision.scope) ==
      downstream::DefinitionOf(then, call.decision.server, call.decision.scope)) {
    return sequence;
  }
  AnswerDenied(reply, call.method, "denied: the policy sends this call elsewhere by now");
  EndReadmitted(*sequence, audit::OutcomeStatus::kDenied, 0);
  return std::nullopt;
}

void Calls::OnLeft(const downstream::Instance& instance) {
  if (rounds_) rounds_->OnLeft(instance);
}

void Calls::EndReadmitted(uint64_t intent, audit::OutcomeStatus status, size_t response_size) {
  audit::Outcome outcome;
  outcome.intent = intent;
  outcome.status = status;
  outcome.response_size = response_size;
  AppendOutcome(outcome);
}

std::optional<uint64_t> Calls::Admit(const Message& request, const ReplyTo& reply,
                                     const Subject& subject, decide::Decision& decision) {
  if (request.ambiguous) {
    Refuse(reply, subject, "invalid_arguments", json::kInvalidParamsCode,
           "an object has a key twice");
    return std::nullopt;
  }
  decide::Call call;
  call.kind = Info(subject.method).kind;
  call.name = subject.name;
  call.server = subject.server;
  call.arguments = subject.arguments;
  decision = policy_.Decide(call);
  audit::Intent intent = MakeIntent(subject, policy_);
  intent.decision = decide::ToString(decision.verdict);
  intent.reason = decide::ToString(decision.reason);
  intent.unevaluated = decision.unevaluated;
  intent.rule = decision.rule;
  intent.server = decision.server;
  intent.scope = decision.scope;
  intent.tool = decision.tool;
  if (decision.verdict == decide::Verdict::kDeny) {
    Deny(intent, decision, reply, subject.method);
    return std::nullopt;
  }
  const auto sequence = Record(intent, reply, subject.method);
  if (!sequence) return std::nullopt;
  if (decision.verdict == decide::Verdict::kApprove) {
    AnswerDenied(reply, subject.method, NoApprovalText(policy_.plan(), decision));
    audit::Outcome outcome;
    outcome.intent = *sequence;
    outcome.status = audit::OutcomeStatus::kDenied;
    outcome.error = "approval is not available yet";
    AppendOutcome(outcome);
    return std::nullopt;
  }
  return sequence;
}

void Calls::Follow(const Message& request, const ReplyTo& reply, const Subject& subject,
                   const Ground& ground, std::string_view raw_name) {
  audit::Intent intent = MakeIntent(subject, *ground.policy);
  intent.decision = decide::ToString(ground.decision.verdict);
  intent.reason = decide::ToString(ground.decision.reason);
  intent.rule = ground.decision.rule;
  intent.server = ground.decision.server;
  intent.scope = ground.decision.scope;
  const auto sequence = Record(intent, reply, subject.method);
  if (sequence) Forward(request, reply, subject, ground, raw_name, *sequence);
}

std::optional<uint64_t> Calls::Record(const audit::Intent& intent, const ReplyTo& reply,
                                      Method method) {
  const auto sequence = journal_.AppendIntent(intent);
  if (sequence) return *sequence;
  LogUnwritable(sequence.error());
  AnswerDenied(reply, method, "denied: the call cannot be audited, so it was not forwarded");
  return std::nullopt;
}

void Calls::Refuse(const ReplyTo& reply, const Subject& subject, std::string_view reason, int code,
                   std::string_view text) {
  audit::Intent intent = MakeIntent(subject, policy_);
  intent.reason = reason;
  if (const auto appended = journal_.AppendIntent(intent); !appended) {
    LogUnwritable(appended.error());
  }
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, code, text));
}

void Calls::RefuseUnknown(const ReplyTo& reply, const Subject& subject) {
  audit::Intent intent = MakeIntent(subject, policy_);
  decide::Decision decision;
  decision.reason = decide::Reason::kUnknownName;
  intent.reason = decide::ToString(decision.reason);
  Deny(intent, decision, reply, subject.method);
}

void Calls::Deny(const audit::Intent& intent, const decide::Decision& decision,
                 const ReplyTo& reply, Method method) {
  if (const auto appended = journal_.AppendIntent(intent); !appended) {
    LogUnwritable(appended.error());
  }
  if (IsUnknownName(decision)) {
    client_.Answer(reply, UnknownNameResponse(reply.raw_id, intent.kind, intent.name));
  } else {
    AnswerDenied(reply, method, DenialText(policy_, decision, intent.name));
  }
}

void Calls::AnswerDenied(const ReplyTo& reply, Method method, std::string_view text) {
  client_.Answer(reply, method == Method::kCallTool
                            ? ToolErrorResponse(reply.raw_id, text)
                            : json::ErrorResponse(reply.raw_id, kDeniedCode, text));
}

void Calls::Forward(const Message& request, const ReplyTo& reply, const Subject& subject,
                    const Ground& ground, std::string_view raw_name, uint64_t intent) {
  downstream::Instance& instance = ground.instance;
  const uint64_t id = instance.NextId();
  const std::string raw_id = std::to_string(id);
  const json::Document& doc = request.doc;
  const json::Envelope& envelope = request.envelope;

  json::Splicer splicer(doc, envelope.message);
  splicer.Replace(envelope.id, raw_id);
  if (!raw_name.empty()) splicer.Replace(subject.name_node, raw_name);
  Forwarded::Origin origin;
  origin.reply = reply;
  origin.id_key = IdKey(doc, envelope.id);
  origin.intent = intent;
  origin.begun = timers_.Now();
  origin.call.method = subject.method;
  origin.call.instance = &instance;
  origin.call.id = id;
  origin.call.name = subject.name;
  origin.call.policy = ground.policy;
  origin.call.decision = ground.decision;
  origin.call.decision.tool = {};
  if (envelope.progress_token.valid()) {
    origin.call.progress_token = doc.Raw(envelope.progress_token);
    splicer.Replace(envelope.progress_token, raw_id);
  }

  const plan::ServerRecord& server =
      ground.policy->plan().servers()[ground.decision.server.index()];
  const std::chrono::milliseconds timeout(server.call_timeout_ms);
  // The result of a task comes when the task has ended, without a sign of life before.
  const auto step = subject.method == Method::kTaskResult ? kTotalPatience * timeout : timeout;
  origin.patience = {step, kTotalPatience * timeout};
  std::string frame = LineOf(splicer);
  if (rounds_ && MayNeedInput(subject.method) && instance.maybe_stateless()) origin.frame = frame;
  const downstream::Patience patience = origin.patience;
  instance.Send(id, std::move(frame), std::make_unique<Forwarded>(*this, std::move(origin)),
                patience, Info(subject.method).offer);
}

bool Calls::Cancel(const Message& notification) {
  const json::NodeId request_id = notification.envelope.request_id;
  const std::string key = IdKey(notification.doc, request_id);
  for (Forwarded* call : open_) {
    if (call->id_key() != key) continue;
    json::Splicer splicer(notification.doc, notification.envelope.message);
    splicer.Replace(request_id, std::to_string(call->call().id));
    call->Cancel(LineOf(splicer));
    return true;
  }
  return false;
}

bool Calls::Cancel(std::string_view raw_reply_id) {
  for (Forwarded* call : open_) {
    if (call->reply().raw_id != raw_reply_id) continue;
    call->Cancel(json::Notification(
        "notifications/cancelled",
        fmt::format(R"({{"requestId":{},"reason":"cancelled by the client"}})", call->call().id)));
    return true;
  }
  return false;
}

const SentCall* Calls::FindOpen(std::string_view raw_reply_id) const {
  for (const Forwarded* call : open_) {
    if (call->reply().raw_id == raw_reply_id) return &call->call();
  }
  return nullptr;
}

const ReplyTo* Calls::LastOpen(const downstream::Instance& instance) const {
  for (auto at = open_.rbegin(); at != open_.rend(); ++at) {
    if ((*at)->call().instance == &instance) return &(*at)->reply();
  }
  return nullptr;
}

audit::Intent Calls::MakeIntent(const Subject& subject, const Policy& policy) const {
  audit::Intent intent;
  intent.plan = &policy.plan();
  intent.session = facts_.session;
  intent.client_name = facts_.client_name;
  intent.client_version = facts_.client_version;
  intent.principal = policy.principal();
  intent.workspace = policy.workspace();
  intent.subpath = policy.subpath();
  intent.method = Info(subject.method).name;
  intent.kind = Info(subject.method).kind;
  intent.name = subject.name;
  intent.arguments = subject.arguments;
  intent.decision = decide::ToString(decide::Verdict::kDeny);  // until it is decided
  intent.server = subject.server;
  return intent;
}

void Calls::AppendOutcome(const audit::Outcome& outcome) {
  // The call has been made: all that is left to do about it is to say so.
  if (const auto appended = journal_.AppendOutcome(outcome); !appended) {
    LogUnwritable(appended.error());
  }
}

}  // namespace mcplexer::mcp
