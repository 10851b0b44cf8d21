// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/forwarded_call.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/json/writer.h"
#include "runtime/mcp/input_rounds.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

struct Ending {
  audit::OutcomeStatus status;
  int code;
};

Ending EndingOf(downstream::FailureKind kind) {
  switch (kind) {
    case downstream::FailureKind::kTimedOut:
      return {audit::OutcomeStatus::kTimeout, kRequestTimeoutCode};
    case downstream::FailureKind::kGone:
      return {audit::OutcomeStatus::kInterrupted, kConnectionClosedCode};
    case downstream::FailureKind::kNotOffered:
      return {audit::OutcomeStatus::kError, json::kMethodNotFoundCode};
    case downstream::FailureKind::kUnavailable:
      break;
  }
  return {audit::OutcomeStatus::kError, kConnectionClosedCode};
}

bool NeedsInput(const json::Document& doc, const json::Envelope& response) {
  if (response.kind != json::MessageKind::kResult) return false;
  const json::NodeId type = doc.TypeOf(response.result) == json::Type::kObject
                                ? doc.Find(response.result, "resultType")
                                : json::NodeId();
  return type.valid() && doc.StringEquals(type, "input_required");
}

// What a client of the session era takes otherwise than the server says it.
void ToSessionEra(const SentCall& call, const json::Document& doc, const json::Envelope& response,
                  json::Splicer& splicer) {
  if (response.kind == json::MessageKind::kResult) {
    const json::NodeId content = doc.Find(response.result, "structuredContent");
    if (content.valid() && doc.TypeOf(content) != json::Type::kObject) {
      splicer.Replace(content, fmt::format(R"({{"result":{}}})", doc.Raw(content)));
    }
    return;
  }
  const json::NodeId code = doc.Find(response.error, "code");
  const json::NodeId data = doc.Find(response.error, "data");
  if (call.method == Method::kReadResource && code.valid() &&
      doc.Raw(code) == std::to_string(json::kInvalidParamsCode) && data.valid() &&
      doc.Find(data, "uri").valid()) {
    splicer.Replace(code, std::to_string(kResourceNotFoundCode));
  }
}

audit::OutcomeStatus StatusOf(const json::Document& doc, const json::Envelope& response) {
  if (response.kind == json::MessageKind::kErrorResponse) return audit::OutcomeStatus::kError;
  const json::NodeId is_error = doc.Find(response.result, "isError");
  return is_error.valid() && doc.TypeOf(is_error) == json::Type::kTrue
             ? audit::OutcomeStatus::kToolError
             : audit::OutcomeStatus::kOk;
}

}  // namespace

Calls::Forwarded::Forwarded(Calls& owner, Origin origin)
    : owner_(owner),
      origin_(std::move(origin)),
      place_(owner.open_.insert(owner.open_.end(), this)) {}

Calls::Forwarded::~Forwarded() {
  owner_.open_.erase(place_);
  owner_.on_settled_();
}

void Calls::Forwarded::OnProgress(const json::Document& doc, const json::Envelope& notification,
                                  json::NodeId token) {
  if (origin_.call.progress_token.empty()) return;
  json::Splicer splicer(doc, notification.message);
  splicer.Replace(token, origin_.call.progress_token);
  owner_.observer_.OnProgress(origin_.call, doc, notification.params, splicer);
  owner_.client_.Tell(LineOf(splicer), &origin_.reply);
}

void Calls::Forwarded::OnResponse(const json::Document& doc, const json::Envelope& response) {
  if (NeedsInput(doc, response) && origin_.call.instance->stateless()) {
    if (!MayNeedInput(origin_.call.method)) {
      return Fail(json::kInternalErrorCode,
                  "the server wants to know something for a request "
                  "for which it may not");
    }
    // The call goes on, and this is only the end of a part of it.
    if (owner_.rounds_) return owner_.rounds_->Begin(std::move(origin_), doc, response.result);
  }
  json::Splicer splicer(doc, response.message);
  splicer.Replace(response.id, origin_.reply.raw_id);
  if (response.kind == json::MessageKind::kResult) {
    owner_.observer_.OnResult(origin_.call, doc, response.result, splicer);
    if (NeedsInput(doc, response)) NameAsker(doc, response.result, splicer);
  }
  if (owner_.rounds_ && origin_.call.instance->stateless()) {
    ToSessionEra(origin_.call, doc, response, splicer);
  }
  std::string frame = LineOf(splicer);
  const size_t size = frame.size();
  owner_.client_.Answer(origin_.reply, std::move(frame));

  std::string scratch;
  std::string_view error;
  if (response.kind == json::MessageKind::kErrorResponse) {
    const json::NodeId message = doc.Find(response.error, "message");
    if (message.valid() && doc.TypeOf(message) == json::Type::kString) {
      error = doc.Unescape(message, scratch);
    }
  }
  Settle(StatusOf(doc, response), error, size);
}

// Clients show a question to a person, who has to know whose it is (MCP client/elicitation).
void Calls::Forwarded::NameAsker(const json::Document& doc, json::NodeId result,
                                 json::Splicer& splicer) const {
  const std::string& name_space = origin_.call.instance->options().name_space;
  const json::NodeId questions = doc.Find(result, "inputRequests");
  if (name_space.empty() || !questions.valid()) return;
  std::string scratch;
  for (const auto [key, question] : doc.Members(questions)) {
    const json::NodeId method = doc.Find(question, "method");
    const json::NodeId params = doc.Find(question, "params");
    const json::NodeId message = params.valid() ? doc.Find(params, "message") : json::NodeId();
    if (!method.valid() || !doc.StringEquals(method, "elicitation/create") || !message.valid() ||
        doc.TypeOf(message) != json::Type::kString) {
      continue;
    }
    splicer.Replace(message, json::EscapeString(fmt::format("[{}] {}", name_space,
                                                            doc.Unescape(message, scratch))));
  }
}

void Calls::Forwarded::OnFailure(const downstream::Failure& failure) {
  const Ending ending = EndingOf(failure.kind);
  owner_.client_.Answer(origin_.reply,
                        json::ErrorResponse(origin_.reply.raw_id, ending.code, failure.message));
  Settle(ending.status, failure.message, 0);
}

void Calls::Forwarded::Fail(int code, const std::string& why) {
  owner_.client_.Answer(origin_.reply, json::ErrorResponse(origin_.reply.raw_id, code, why));
  Settle(audit::OutcomeStatus::kError, why, 0);
}

void Calls::Forwarded::Cancel(std::string notification) {
  owner_.client_.Forget(origin_.reply);
  Settle(audit::OutcomeStatus::kCancelled, "cancelled by the client", 0);
  if (owner_.rounds_ && owner_.rounds_->Drop(*this)) return;  // this is gone now
  origin_.call.instance->Cancel(origin_.call.id,
                                std::move(notification));  // the last thing: this is gone now
}

void Calls::Forwarded::Settle(audit::OutcomeStatus status, std::string_view error,
                              size_t response_size) {
  const auto latency =
      std::chrono::duration_cast<std::chrono::microseconds>(owner_.timers_.Now() - origin_.begun);
  audit::Outcome outcome;
  outcome.intent = origin_.intent;
  outcome.status = status;
  outcome.error = error;
  outcome.latency_us = static_cast<uint64_t>(latency.count());
  outcome.response_size = response_size;
  owner_.AppendOutcome(outcome);
}

}  // namespace mcplexer::mcp
