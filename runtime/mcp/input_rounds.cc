// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/input_rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

bool OfType(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

}  // namespace

void Calls::Rounds::Begin(Forwarded::Origin origin, const json::Document& doc,
                          json::NodeId result) {
  const uint32_t round_number = ++origin.rounds;
  origin.call.id = origin.call.instance->NextId();
  auto call = std::make_unique<Forwarded>(calls_, std::move(origin));
  if (round_number > kMaxRounds) {
    return call->Fail(json::kInternalErrorCode, "the server wants to know more and more");
  }
  const json::NodeId questions = doc.Find(result, "inputRequests");
  const json::NodeId state = doc.Find(result, "requestState");
  const bool asks = OfType(doc, questions, json::Type::kObject);
  const bool has_state = OfType(doc, state, json::Type::kString);
  if ((!asks && !has_state) || (questions.valid() && !asks) ||
      (asks && doc.ElementCount(questions) > kMaxQuestions)) {
    return call->Fail(json::kInternalErrorCode,
                      "the server does not say what it wants to know, or too much of it");
  }
  const auto at = rounds_.emplace(rounds_.end(), calls_.timers_);
  at->call = std::move(call);
  at->call->call().instance->Hold();
  if (has_state) at->raw_state = doc.Raw(state);
  if (asks && doc.ElementCount(questions) != 0) return AskAll(at, doc, questions);
  const uint64_t id = at->call->call().id;
  at->pause.SetAfter(kPause * round_number, [this, id] {
    if (const auto due = Find(id); due != rounds_.end()) SendAgain(due);
  });
}

void Calls::Rounds::AskAll(RoundList::iterator at, const json::Document& doc,
                           json::NodeId questions) {
  struct Question {
    std::string key;
    std::string method;
    std::string raw_params;
  };
  std::list<Question> all;
  std::string scratch;
  for (const auto [key, value] : doc.Members(questions)) {
    Question one;
    one.key = doc.Unescape(key, scratch);
    const json::NodeId method =
        OfType(doc, value, json::Type::kObject) ? doc.Find(value, "method") : json::NodeId();
    if (OfType(doc, method, json::Type::kString)) one.method = doc.Unescape(method, scratch);
    const json::NodeId params = method.valid() ? doc.Find(value, "params") : json::NodeId();
    if (params.valid()) one.raw_params = doc.Raw(params);
    json::FlattenLines(one.raw_params);
    all.push_back(std::move(one));
  }
  // Noted first: an answer may come, and end the call, before the next one is asked.
  for (const Question& one : all) at->asked.emplace(one.key, 0);
  const uint64_t id = at->call->call().id;
  const ReplyTo about = at->call->reply();
  downstream::Instance& instance = *at->call->call().instance;
  for (const Question& one : all) {
    const uint64_t question =
        asker_.Ask(instance, one.method, one.raw_params, about,
                   [this, id, key = one.key](const ServerRequests::Answer& answer) {
                     OnAnswer(id, key, answer);
                   });
    const auto open = Find(id);
    if (open == rounds_.end()) return asker_.Withdraw(question, about);
    if (const auto asked = open->asked.find(one.key); asked != open->asked.end()) {
      asked->second = question;
    }
  }
}

Calls::Rounds::RoundList::iterator Calls::Rounds::Find(uint64_t id) {
  auto at = rounds_.begin();
  while (at != rounds_.end() && at->call->call().id != id) ++at;
  return at;
}

void Calls::Rounds::OnAnswer(uint64_t id, const std::string& key,
                             const ServerRequests::Answer& answer) {
  const auto at = Find(id);
  if (at == rounds_.end() || at->asked.erase(key) == 0) return;
  if (answer.code != 0) {
    const RoundList ended = Take(at);
    return ended.front().call->Fail(answer.code, answer.message);
  }
  at->answers[key] = answer.raw_result;
  if (at->asked.empty()) SendAgain(at);
}

Calls::Rounds::RoundList Calls::Rounds::Take(RoundList::iterator at) {
  RoundList taken;
  taken.splice(taken.end(), rounds_, at);
  taken.front().pause.Cancel();
  for (const auto& [key, question] : taken.front().asked) {
    asker_.Withdraw(question, taken.front().call->reply());
  }
  taken.front().call->call().instance->Release();
  return taken;
}

bool Calls::Rounds::Drop(const Forwarded& call) {
  const auto at = Find(call.call().id);
  if (at == rounds_.end()) return false;
  const RoundList dropped = Take(at);
  return true;
}

void Calls::Rounds::OnLeft(const downstream::Instance& instance) {
  const auto of_it = [&](const Round& round) { return round.call->call().instance == &instance; };
  for (;;) {
    const auto at = std::find_if(rounds_.begin(), rounds_.end(), of_it);
    if (at == rounds_.end()) return;
    const RoundList ended = Take(at);
    ended.front().call->Fail(
        kConnectionClosedCode,
        fmt::format("server `{}`: the plan was replaced", instance.options().name));
  }
}

void Calls::Rounds::SendAgain(RoundList::iterator at) {
  RoundList taken = Take(at);
  Round& round = taken.front();
  Forwarded::Origin& origin = round.call->origin();
  const uint64_t id = origin.call.id;
  const std::string raw_id = std::to_string(id);
  json::Document doc;
  std::string scratch;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  MCPLEXER_CHECK(doc.Parse(origin.frame, limits).has_value());  // we wrote it
  const json::Envelope request = json::ReadEnvelope(doc, doc.Root(), scratch);
  json::Splicer splicer(doc, request.message);
  splicer.Replace(request.id, raw_id);
  if (request.progress_token.valid()) splicer.Replace(request.progress_token, raw_id);
  std::string responses;
  for (const auto& [key, raw] : round.answers) {
    responses += fmt::format("{}{}:{}", responses.empty() ? "" : ",", json::EscapeString(key), raw);
  }
  if (!responses.empty())
    splicer.SetMember(request.params, "inputResponses", "{" + responses + "}");
  if (!round.raw_state.empty()) splicer.SetMember(request.params, "requestState", round.raw_state);
  downstream::Instance& instance = *origin.call.instance;
  const downstream::Patience patience = origin.patience;
  const downstream::Offer offer = Info(origin.call.method).offer;
  instance.Send(id, LineOf(splicer), std::move(round.call), patience, offer);
}

}  // namespace mcplexer::mcp
