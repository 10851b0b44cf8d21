// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/forwarded_call.h"

#include <utility>

#include "runtime/json/writer.h"
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
      begun_(owner.timers_.Now()),
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
  json::Splicer splicer(doc, response.message);
  splicer.Replace(response.id, origin_.reply.raw_id);
  if (response.kind == json::MessageKind::kResult) {
    owner_.observer_.OnResult(origin_.call, doc, response.result, splicer);
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

void Calls::Forwarded::OnFailure(const downstream::Failure& failure) {
  const Ending ending = EndingOf(failure.kind);
  owner_.client_.Answer(origin_.reply,
                        json::ErrorResponse(origin_.reply.raw_id, ending.code, failure.message));
  Settle(ending.status, failure.message, 0);
}

void Calls::Forwarded::Cancel(std::string notification) {
  owner_.client_.Forget(origin_.reply);
  Settle(audit::OutcomeStatus::kCancelled, "cancelled by the client", 0);
  origin_.call.instance->Cancel(origin_.call.id,
                                std::move(notification));  // the last thing: this is gone now
}

void Calls::Forwarded::Settle(audit::OutcomeStatus status, std::string_view error,
                              size_t response_size) {
  const auto latency =
      std::chrono::duration_cast<std::chrono::microseconds>(owner_.timers_.Now() - begun_);
  audit::Outcome outcome;
  outcome.intent = origin_.intent;
  outcome.status = status;
  outcome.error = error;
  outcome.latency_us = static_cast<uint64_t>(latency.count());
  outcome.response_size = response_size;
  owner_.AppendOutcome(outcome);
}

}  // namespace mcplexer::mcp
