// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/server_requests.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

constexpr std::string_view kSample = "sampling/createMessage";
constexpr std::string_view kElicit = "elicitation/create";
constexpr std::string_view kListRoots = "roots/list";

// Of one task, which params.taskId names.
bool IsAboutTask(std::string_view method) {
  return method == "tasks/get" || method == "tasks/result" || method == "tasks/cancel";
}

// What a client has to declare for this to be asked of it; empty for what is none of the three.
std::string_view CapabilityOf(std::string_view method) {
  if (method == kSample) return "sampling";
  if (method == kElicit) return "elicitation";
  return method == kListRoots ? "roots" : "";
}

// An error response as the call's own error.
ServerRequests::Answer ErrorOf(const Message& response) {
  ServerRequests::Answer answer;
  answer.code = json::kInternalErrorCode;
  answer.message = "the client refused what the server asks for";
  const json::NodeId code = response.doc.Find(response.envelope.error, "code");
  if (code.valid() && response.doc.IsIntegerText(code)) {
    const std::string_view raw = response.doc.Raw(code);
    std::from_chars(raw.data(), raw.data() + raw.size(), answer.code);
  }
  const json::NodeId message = response.doc.Find(response.envelope.error, "message");
  if (message.valid() && response.doc.TypeOf(message) == json::Type::kString) {
    std::string scratch;
    answer.message += fmt::format(": {}", response.doc.Unescape(message, scratch));
  }
  return answer;
}

json::NodeId ParamOf(const json::Document& doc, const json::Envelope& message,
                     std::string_view key) {
  return message.params.valid() ? doc.Find(message.params, key) : json::NodeId();
}

}  // namespace

bool ServerRequests::Offered(std::string_view method) const {
  if (method == kSample) return capabilities_.sampling;
  if (method == kElicit) return capabilities_.elicitation_form || capabilities_.elicitation_url;
  if (method == kListRoots) return capabilities_.roots;
  return capabilities_.tasks && (method == "tasks/list" || IsAboutTask(method));
}

std::string_view ServerRequests::Fault(const downstream::Instance& instance,
                                       const json::Document& doc,
                                       const json::Envelope& request) const {
  if (!request.params_fault.empty()) return request.params_fault;
  if (IsAboutTask(request.method) && client_tasks_.OwnerOf(doc, request.params) != &instance) {
    return "unknown task";
  }
  if (request.method == kSample && !capabilities_.sampling_tools &&
      ParamOf(doc, request, "tools").valid()) {
    return "the client's sampling takes no tools";
  }
  if (request.method == kElicit) {
    const json::NodeId mode = ParamOf(doc, request, "mode");
    const bool form = !mode.valid() || doc.StringEquals(mode, "form");
    const bool offered = form ? capabilities_.elicitation_form
                              : doc.StringEquals(mode, "url") && capabilities_.elicitation_url;
    if (!offered) return "the client does not offer this mode of elicitation";
  }
  return {};
}

bool ServerRequests::OnRequest(downstream::Instance& instance, const json::Document& doc,
                               const json::Envelope& request) {
  if (!Offered(request.method)) {
    const std::string_view capability = CapabilityOf(request.method);
    if (!capability.empty()) client_.OnUndeclared(capability, calls_.LastOpen(instance));
    return false;
  }
  const std::string raw_id(doc.Raw(request.id));
  const auto refuse = [&](int code, std::string_view why) {
    instance.Answer(instance.run(), json::ErrorResponse(raw_id, code, why));
    return true;
  };
  if (client_gone_) return refuse(kConnectionClosedCode, "the client has gone");
  if (const std::string_view fault = Fault(instance, doc, request); !fault.empty()) {
    return refuse(json::kInvalidParamsCode, fault);
  }
  if (open_.size() >= limits_.open || OpenOf(instance) >= limits_.open_of_one) {
    return refuse(kConnectionClosedCode, "the client is asked for too much at once");
  }

  const uint64_t id = ++last_id_;
  const std::string own_id = std::to_string(id);
  Open& open = open_.try_emplace(id, timers_).first->second;
  open.instance = &instance;
  open.run = instance.run();
  open.lists_tasks = request.method == "tasks/list";
  open.raw_id = raw_id;
  open.id_key = IdKey(doc, request.id);
  json::Splicer splicer(doc, request.message);
  splicer.Replace(request.id, own_id);
  if (request.progress_token.valid()) {
    open.progress_token = doc.Raw(request.progress_token);
    splicer.Replace(request.progress_token, own_id);
  }
  NameAsker(instance, doc, request, splicer);
  tasks_.RelateToClient(instance, doc, request.params, splicer);
  open.timer.SetAfter(limits_.patience, [this, id] {
    const auto at = open_.find(id);
    TellCancelled(id, at->second, "timed out");
    Fail(at, kRequestTimeoutCode, "the client did not answer in time");
  });
  client_.Tell(LineOf(splicer), calls_.LastOpen(instance));
  return true;
}

uint64_t ServerRequests::Ask(downstream::Instance& instance, std::string_view method,
                             std::string_view raw_params, const ReplyTo& about,
                             std::function<void(const Answer&)> then) {
  const auto refuse = [&](int code, std::string_view why) {
    then({{}, code, std::string(why)});
    return uint64_t{0};
  };
  const uint64_t id = ++last_id_;
  const std::string frame = json::Request(std::to_string(id), method, raw_params);
  json::Document doc;
  std::string scratch;
  if (!doc.Parse(frame)) return refuse(json::kInternalErrorCode, "an object has a key twice");
  const json::Envelope request = json::ReadEnvelope(doc, doc.Root(), scratch);
  const bool is_question = !CapabilityOf(method).empty();
  if (request.kind != json::MessageKind::kRequest || !is_question || !Offered(method)) {
    return refuse(json::kInternalErrorCode, "the server asks for what the client did not declare");
  }
  if (const std::string_view fault = Fault(instance, doc, request); !fault.empty()) {
    return refuse(json::kInternalErrorCode, fault);
  }
  if (client_gone_) return refuse(kConnectionClosedCode, "the client has gone");
  if (open_.size() >= limits_.open || OpenOf(instance) >= limits_.open_of_one) {
    return refuse(kConnectionClosedCode, "the client is asked for too much at once");
  }
  Open& open = open_.try_emplace(id, timers_).first->second;
  open.instance = &instance;
  open.then = std::move(then);
  open.timer.SetAfter(limits_.patience, [this, id, about] {
    TellCancelled(id, about, "timed out");
    Fail(open_.find(id), kRequestTimeoutCode, "the client did not answer in time");
  });
  json::Splicer splicer(doc, request.message);
  NameAsker(instance, doc, request, splicer);
  client_.Tell(LineOf(splicer), &about);
  return id;
}

void ServerRequests::Withdraw(uint64_t id, const ReplyTo& about) {
  if (open_.erase(id) != 0) TellCancelled(id, about, "the call was cancelled");
}

void ServerRequests::Settle(const Open& open, const Answer& answer) {
  if (open.then) return open.then(answer);
  open.instance->Answer(open.run, json::ErrorResponse(open.raw_id, answer.code, answer.message));
}

void ServerRequests::NameAsker(const downstream::Instance& instance, const json::Document& doc,
                               const json::Envelope& request, json::Splicer& splicer) const {
  if (request.method != kElicit) return;
  const std::string& name_space = instance.options().name_space;
  const json::NodeId message = ParamOf(doc, request, "message");
  if (name_space.empty() || !message.valid() || doc.TypeOf(message) != json::Type::kString) return;
  std::string scratch;
  splicer.Replace(message, json::EscapeString(
                               fmt::format("[{}] {}", name_space, doc.Unescape(message, scratch))));
}

size_t ServerRequests::OpenOf(const downstream::Instance& instance) const {
  return static_cast<size_t>(std::count_if(open_.begin(), open_.end(), [&](const auto& open) {
    return open.second.instance == &instance;
  }));
}

void ServerRequests::OnCancelled(downstream::Instance& instance, const json::Document& doc,
                                 const json::Envelope& notification) {
  if (!notification.request_id.valid()) return;
  const std::string key = IdKey(doc, notification.request_id);
  const auto at = std::find_if(open_.begin(), open_.end(), [&](const auto& open) {
    return open.second.instance == &instance && open.second.run == instance.run() &&
           open.second.id_key == key;
  });
  if (at == open_.end()) return;
  json::Splicer splicer(doc, notification.message);
  splicer.Replace(notification.request_id, std::to_string(at->first));
  client_.Tell(LineOf(splicer), calls_.LastOpen(instance));
  instance.Forget(at->second.run);
  open_.erase(at);
}

void ServerRequests::OnLost(downstream::Instance& instance) {
  client_tasks_.OnLost(instance);
  for (auto at = open_.begin(); at != open_.end();) {
    // What was asked without a session is still of use to the server when it is there again.
    if (at->second.instance == &instance && !at->second.then) {
      TellCancelled(at->first, at->second, "the server went away");
      at = open_.erase(at);
    } else {
      ++at;
    }
  }
}

ServerRequests::OpenMap::const_iterator ServerRequests::Find(const json::Document& doc,
                                                             json::NodeId raw_id) const {
  const std::string_view raw = doc.Raw(raw_id);
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), id);
  if (error != std::errc() || end != raw.data() + raw.size()) return open_.end();
  return open_.find(id);
}

void ServerRequests::OnResponse(const Message& response) {
  const json::NodeId id = response.envelope.id;
  const auto at = id.valid() ? Find(response.doc, id) : open_.cend();
  if (at == open_.end()) {
    spdlog::debug("the client answered what it is not asked");
    return;
  }
  if (at->second.then) {
    const auto asked = open_.extract(open_.find(at->first));
    Answer answer;
    if (response.ambiguous) {
      answer = {{}, json::kInternalErrorCode, "the client's answer has a key twice"};
    } else if (response.envelope.kind == json::MessageKind::kResult) {
      answer.raw_result = response.doc.Raw(response.envelope.result);
    } else {
      answer = ErrorOf(response);
    }
    return asked.mapped().then(answer);
  }
  const Open& open = at->second;
  if (response.ambiguous) {
    open.instance->Answer(open.run, json::ErrorResponse(open.raw_id, json::kInternalErrorCode,
                                                        "the client's answer has a key twice"));
  } else {
    json::Splicer splicer(response.doc, response.envelope.message);
    splicer.Replace(id, open.raw_id);
    const json::NodeId result = response.envelope.result;
    tasks_.RelateToServer(*open.instance, response.doc, result, splicer);
    if (open.lists_tasks) {
      client_tasks_.Filter(*open.instance, response.doc, result, splicer);
    } else if (open.run == open.instance->run()) {
      client_tasks_.OnResult(*open.instance, response.doc, result);
    }
    open.instance->Answer(open.run, LineOf(splicer));
  }
  open_.erase(at);
}

void ServerRequests::OnProgress(const Message& notification) const {
  const json::NodeId token = ParamOf(notification.doc, notification.envelope, "progressToken");
  if (notification.ambiguous || !token.valid()) return;
  const auto at = Find(notification.doc, token);
  if (at == open_.end() || at->second.progress_token.empty()) return;
  const Open& open = at->second;
  if (open.run != open.instance->run()) return;
  json::Splicer splicer(notification.doc, notification.envelope.message);
  splicer.Replace(token, open.progress_token);
  open.instance->Notify(LineOf(splicer));
}

void ServerRequests::OnTaskStatus(const Message& notification) const {
  if (notification.ambiguous) return;
  downstream::Instance* owner =
      client_tasks_.OwnerOf(notification.doc, notification.envelope.params);
  if (owner == nullptr) return;
  owner->Notify(LineOf(json::Splicer(notification.doc, notification.envelope.message)));
}

void ServerRequests::OnClientGone(std::string_view why) {
  client_gone_ = true;
  while (!open_.empty()) Fail(open_.begin(), kConnectionClosedCode, why);
}

void ServerRequests::TellCancelled(uint64_t id, const Open& open, std::string_view reason) {
  if (const ReplyTo* about = calls_.LastOpen(*open.instance)) {
    return TellCancelled(id, *about, reason);
  }
  client_.Tell(json::Notification("notifications/cancelled",
                                  fmt::format(R"({{"requestId":{},"reason":"{}"}})", id, reason)),
               nullptr);
}

void ServerRequests::TellCancelled(uint64_t id, const ReplyTo& about, std::string_view reason) {
  client_.Tell(json::Notification("notifications/cancelled",
                                  fmt::format(R"({{"requestId":{},"reason":"{}"}})", id, reason)),
               &about);
}

void ServerRequests::Fail(OpenMap::iterator at, int code, std::string_view why) {
  const auto failed = open_.extract(at);
  Settle(failed.mapped(), {{}, code, std::string(why)});
}

}  // namespace mcplexer::mcp
