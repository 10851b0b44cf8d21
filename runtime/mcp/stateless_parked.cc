// SPDX-License-Identifier: Apache-2.0
// Calls that wait for the client: a server of the session era asks something in the middle of a
// call, which a client of the stateless era cannot be asked. So its request is answered by the
// question (`input_required`), while the call stays open at the server. The client sends the
// request again, with the answer and the state it was given; that request is decided and put on
// record like any other, and gets what the server says next.
//
// A state is 128 random bits and good for one time, for the same request of the same session.
#include <fmt/format.h>

#include <utility>

#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"
#include "runtime/mcp/stateless_session.h"

namespace mcplexer::mcp {
namespace {

std::string SubjectOf(const Message& request, Method method) {
  const json::NodeId node =
      method == Method::kReadResource ? request.envelope.uri : request.envelope.name;
  std::string scratch;
  return node.valid() ? std::string(request.doc.Unescape(node, scratch)) : std::string();
}

}  // namespace

audit::Digest StatelessSession::DigestOf(const Message& request) {
  return sha_.Of({request.envelope.method, "\n", ArgumentsOf(request)});
}

std::string StatelessSession::PurposeOf(const Message& request) {
  std::string purpose = introduction_ + "\n";
  purpose += request.envelope.method;
  const auto method = FindMethod(request.envelope.method);
  const std::string subject = method ? SubjectOf(request, *method) : std::string();
  purpose += fmt::format("\n{}:{}\n", subject.size(), subject);
  audit::AppendHex(DigestOf(request), purpose);
  return purpose;
}

size_t StatelessSession::ParkedBytes() const {
  size_t bytes = 0;
  for (const auto& [id, parked] : parked_) {
    if (parked.answer) bytes += parked.answer->size();
    for (const auto& [key, question] : parked.questions) bytes += question.raw_params.size();
  }
  return bytes;
}

void StatelessSession::OnQuestion(const json::Document& doc, const json::Envelope& request,
                                  const ReplyTo* about) {
  const std::string raw_id(doc.Raw(request.id));
  const Open* open = FindOpen(about);
  if (client_gone_) return RefuseQuestion(raw_id, "the client has gone");
  if (open == nullptr || !open->may_ask || open->unheard) {
    return RefuseQuestion(raw_id, "the client has no call open that this could belong to");
  }
  std::string raw_params;
  if (request.params.valid()) raw_params = doc.Raw(request.params);
  json::FlattenLines(raw_params);
  const uint64_t id = std::stoull(about->raw_id);
  auto at = parked_.find(id);
  const bool known = at != parked_.end();
  const SentCall* call = gateway_.FindOpen(about->raw_id);
  if (call == nullptr || (!known && parked_.size() >= limits_.parked) ||
      ParkedBytes() + raw_params.size() > limits_.parked_bytes) {
    return RefuseQuestion(raw_id, "too much waits for the client already");
  }
  if (!known) {
    at = parked_.try_emplace(id, host_.timers).first;
    at->second.call = *call;
  }
  Parked& parked = at->second;
  parked.questions.emplace(
      fmt::format("q{}", ++parked.last_key),
      Question{raw_id, std::string(request.method), std::move(raw_params), false});
  if (open->attached) AskClient(id);
}

// The server does not wait for this answer any more.
void StatelessSession::OnQuestionCancelled(const json::Document& doc,
                                           const json::Envelope& notification) {
  if (!notification.request_id.valid()) return;
  const std::string_view raw_id = doc.Raw(notification.request_id);
  for (auto& [id, parked] : parked_) {
    std::erase_if(parked.questions, [&](const auto& one) { return one.second.raw_id == raw_id; });
  }
}

void StatelessSession::RefuseQuestion(std::string_view raw_id, std::string_view why) {
  AnswerQuestion(json::ErrorResponse(raw_id, kConnectionClosedCode, why));
}

void StatelessSession::AnswerQuestion(const std::string& raw_response) {
  json::Document doc;
  std::string scratch;
  if (!doc.Parse(raw_response)) return;
  gateway_.OnResponse({doc, json::ReadEnvelope(doc, doc.Root(), scratch), false});
}

// Answers the client's request by what the servers want to know.
void StatelessSession::AskClient(uint64_t id) {
  Parked& parked = parked_.at(id);
  Open& open = open_.at(id);
  std::string requests;
  for (auto& [key, question] : parked.questions) {
    question.asked = true;
    requests +=
        fmt::format(R"({}"{}":{{"method":"{}")", requests.empty() ? "" : ",", key, question.method);
    if (!question.raw_params.empty()) requests += ",\"params\":" + question.raw_params;
    requests += '}';
  }
  states_.erase(parked.state);
  parked.state = host_.new_id();
  states_.emplace(parked.state, id);
  parked.timer.SetAfter(limits_.parked_for, [this, id] { Abandon(id); });
  open.attached = false;
  std::string frame = json::ResultResponse(
      open.reply.raw_id,
      fmt::format(R"({{{},"inputRequests":{{{}}},"requestState":"{}"}})",
                  ResultStart(raw_server_info_, "input_required"), requests, parked.state));
  const uint64_t readmitted = std::exchange(open.readmitted, 0);
  const size_t size = frame.size();
  client_.Answer(open.reply, std::move(frame));
  if (readmitted != 0) gateway_.EndReadmitted(readmitted, audit::OutcomeStatus::kOk, size);
}

void StatelessSession::Retry(const Message& request, const ReplyTo& reply,
                             const StatelessMeta& meta, const std::string& state) {
  const auto known = states_.find(state);
  if (known == states_.end()) {
    return Refuse(reply, json::kInvalidParamsCode,
                  "params.requestState is not known, or has expired");
  }
  const uint64_t id = known->second;
  const SentCall call = parked_.at(id).call;
  const bool same = Info(call.method).name == request.envelope.method &&
                    SubjectOf(request, call.method) == call.name &&
                    DigestOf(request) == open_.at(id).arguments;
  if (!same) {
    return Refuse(reply, json::kInvalidParamsCode,
                  "params.requestState belongs to another request");
  }
  const uint64_t mine = Begin(request, reply, meta);
  const auto readmitted = gateway_.Readmit(request, {std::to_string(mine), nullptr}, call);
  if (!readmitted) return Abandon(id);  // and the client has been told why
  open_.erase(mine);
  Open& open = open_.at(id);
  open.reply = reply;
  open.id_key = IdKey(request.doc, request.envelope.id);
  open.shape.raw_id = reply.raw_id;
  open.log_level = meta.log_level;
  const json::NodeId token = request.envelope.progress_token;
  open.raw_token = token.valid() ? request.doc.Raw(token) : std::string_view();
  open.readmitted = *readmitted;
  open.attached = true;
  states_.erase(known);
  Parked& parked = parked_.at(id);
  parked.state.clear();
  parked.timer.Cancel();
  TakeAnswers(parked, request);
  GoOn(id);
}

// What is in `inputResponses` for what was asked; the rest of it is nobody's.
void StatelessSession::TakeAnswers(Parked& parked, const Message& request) {
  const json::NodeId answers = request.doc.Find(request.envelope.params, "inputResponses");
  if (!answers.valid() || request.doc.TypeOf(answers) != json::Type::kObject) return;
  for (auto at = parked.questions.begin(); at != parked.questions.end();) {
    const json::NodeId answer =
        at->second.asked ? request.doc.Find(answers, at->first) : json::NodeId();
    if (!answer.valid()) {
      ++at;
      continue;
    }
    std::string raw(request.doc.Raw(answer));
    json::FlattenLines(raw);
    const std::string response = json::ResultResponse(at->second.raw_id, raw);
    at = parked.questions.erase(at);
    AnswerQuestion(response);
  }
}

// The client waits again: for what there is by now, or for what comes.
void StatelessSession::GoOn(uint64_t id) {
  const auto at = parked_.find(id);
  if (at->second.answer) {
    std::string frame = std::move(*at->second.answer);
    parked_.erase(at);
    return AnswerOpen(open_.find(id), frame);
  }
  if (!at->second.questions.empty()) return AskClient(id);  // new ones, or not answered
  parked_.erase(at);
}

// The client did not come back, or may not.
void StatelessSession::Abandon(uint64_t id) {
  if (const auto at = parked_.find(id); at != parked_.end()) {
    states_.erase(at->second.state);
    parked_.erase(at);
  }
  gateway_.Cancel(std::to_string(id));
  Forget({std::to_string(id), nullptr});  // what has been answered already
}

void StatelessSession::KeepAnswer(uint64_t id, std::string frame) {
  const auto at = parked_.find(id);
  if (at == parked_.end()) return;
  at->second.questions.clear();
  if (ParkedBytes() + frame.size() > limits_.parked_bytes) {
    frame = json::ErrorResponse(std::to_string(id), json::kInternalErrorCode,
                                "the answer came before the client had come back, and is too "
                                "large to be kept");
  }
  at->second.answer = std::move(frame);
}

}  // namespace mcplexer::mcp
